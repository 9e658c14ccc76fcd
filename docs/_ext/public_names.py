"""The directive `public-names`: the reference of every public name that lives in the rooms it lists.

Each line names a module below `netlearn`, or a room whose modules are all meant. A name that is added to one of them
stands in the reference from then on; one whose module no page lists makes tests/test_docs_site.py fail.
"""

from __future__ import annotations

import inspect
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import netlearn


def home_of(name: str) -> str:
    """Return the module in which a public name lives, below `netlearn`."""
    return str(netlearn._MODULE[name]).removeprefix("netlearn.")


def names_in(rooms: list[str]) -> list[str]:
    """List the public names of some rooms, in the order of the rooms; classes first, then by name."""
    found: list[str] = []
    for room in rooms:
        here = [name for name in netlearn.__all__ if f"{home_of(name)}.".startswith(f"{room}.")]
        found += sorted(here, key=lambda name: (not name[0].isupper(), name.lower()))
    return found


def target_of(name: str) -> str:
    """Return what a reader writes, except for a module, which has one name only."""
    value = getattr(netlearn, name)
    return value.__name__ if inspect.ismodule(value) else f"netlearn.{name}"


def entry(name: str) -> list[str]:
    """Return the lines of reStructuredText that document one name."""
    value, target = getattr(netlearn, name), target_of(name)
    if inspect.ismodule(value):
        return [f".. automodule:: {target}", "   :members:", ""]
    if inspect.isclass(value):
        kind = "exception" if issubclass(value, Exception) else "class"
        return [f".. auto{kind}:: {target}", "   :members:", ""]
    return [f".. autofunction:: {target}", ""]


class PublicNames(SphinxDirective):
    """A table of names with what each does, then each in full."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return what the lines above give."""
        names = names_in([line.strip() for line in self.content if line.strip()])
        if not names:
            raise self.error(f"no public name of netlearn lives in {list(self.content)}")
        lines = [
            ".. autosummary::",
            "   :nosignatures:",
            "",
            *(f"   {target_of(name)}" for name in names),
            "",
        ]
        for name in names:
            lines += entry(name)
        return self.parse_text_to_nodes("\n".join(["````{eval-rst}", *lines, "````"]))


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known to Sphinx."""
    app.add_directive("public-names", PublicNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
