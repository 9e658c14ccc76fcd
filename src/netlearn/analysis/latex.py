"""Tables in LaTeX: every text is text, whatever somebody called a department."""

from __future__ import annotations

import re
from collections.abc import Sequence

PACKAGES = r"% \usepackage{booktabs,array} \usepackage[T1]{fontenc}"
LINE, BETWEEN = 106, 2
"""Characters that fit on a line of a page in the size of the tables, and between two columns."""
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\char34{}",
        "`": r"\textasciigrave{}",
        # After the end of a row these would belong to it.
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        "\N{NO-BREAK SPACE}": "~",
        "\N{NARROW NO-BREAK SPACE}": r"\,",
        "\N{SOFT HYPHEN}": r"\-",
        # Only the sign: the digits stay text, so that a decimal comma is no list.
        "\N{MINUS SIGN}": "$-$",
        "\N{RIGHTWARDS ARROW}": r"$\rightarrow$",
        "\N{MULTIPLICATION SIGN}": r"$\times$",
        "\N{LESS-THAN OR EQUAL TO}": r"$\leq$",
        "\N{GREATER-THAN OR EQUAL TO}": r"$\geq$",
        "\N{INFINITY}": r"$\infty$",
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": r"\guillemotleft{}",
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": r"\guillemotright{}",
    }
)
_INVISIBLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def escape_latex(text: str) -> str:
    r"""Return a text as LaTeX prints it; Danish letters stay as they are.

    Examples
    --------
    >>> escape_latex("R&D_$x$"), escape_latex("<Æ>")
    ('R\\&D\\_\\$x\\$', '\\textless{}Æ\\textgreater{}')
    """
    plain = _INVISIBLE.sub(" ", text).translate(_SPECIAL)
    return re.sub(r"([-,'])(?=\1)", r"\1{}", plain)  # else two of them become another sign


def latex_table(
    caption: str,
    lines: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    notes: Sequence[str] = (),
    label: str = "",
) -> str:
    """Return a table with the rules of booktabs.

    Parameters
    ----------
    caption : str
    lines : sequence of rows
        The headings first.
    numeric : sequence of bool
        Columns that stand to the right.
    notes : sequence of str
        Under the table.
    label : str
        Letters, digits and ":._-"; none if empty.
    """
    head, *rows = (" & ".join(escape_latex(cell) for cell in line) + r" \\" for line in lines)
    named = [rf"\label{{{re.sub('[^A-Za-z0-9:.-]', '-', label)}}}"] if label else []
    under = [rf"\par\smallskip{{\footnotesize\raggedright {escape_latex(note)}\par}}" for note in notes]
    return "\n".join(
        [
            PACKAGES,
            r"\begin{table}[htbp]",
            r"\centering",
            rf"\caption{{{escape_latex(caption)}}}",
            *named,
            r"\footnotesize\setlength{\tabcolsep}{4pt}",
            rf"\begin{{tabular}}{{@{{}}{''.join(_layout(lines, numeric))}@{{}}}}",
            r"\toprule",
            head,
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            *under,
            r"\end{table}",
            "",
        ]
    )


def _layout(lines: Sequence[Sequence[str]], numeric: Sequence[bool]) -> list[str]:
    """Return how each column stands: as wide as its texts, or broken where the line would be too long."""
    texts = list(zip(*lines, strict=True))
    widths = [max(len(cell) for cell in column) for column in texts]
    plain = ["r" if right else "l" for right in numeric]
    room = LINE - BETWEEN * (len(widths) - 1)
    if sum(widths) <= room:
        return plain
    words = [_longest(column, right) for column, right in zip(texts, numeric, strict=True)]
    for at, share in _shares(widths, words, room).items():
        side = r"\raggedleft" if numeric[at] else r"\raggedright"
        plain[at] = rf">{{{side}\arraybackslash}}p{{{share / LINE:.2f}\linewidth}}"
    return plain


def _longest(column: Sequence[str], numeric: bool) -> int:
    """Return the length of what must not be broken: a number, a word."""
    whole = [len(cell) for cell in column[1:]] if numeric else []
    return max(
        *whole, *(len(part) for cell in column[: 1 if numeric else None] for part in cell.split(" ")), 0
    )


def _shares(widths: Sequence[int], words: Sequence[int], room: float) -> dict[int, float]:
    """Return how wide the long columns are: they share what the others leave, none narrower than its longest word."""
    long = [at for at, width in enumerate(widths) if width > room / len(widths)]
    left = room - sum(width for at, width in enumerate(widths) if at not in long)
    fixed: dict[int, float] = {}
    while rest := [at for at in long if at not in fixed]:
        free = left - sum(fixed.values())
        total = sum(widths[at] ** 0.75 for at in rest)
        shares = {at: free * widths[at] ** 0.75 / total for at in rest}
        narrow = {at: float(words[at]) for at in rest if shares[at] < words[at]}
        fixed |= narrow or shares
    return fixed
