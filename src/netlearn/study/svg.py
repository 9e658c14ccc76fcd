"""What a drawing in SVG may hold to stand in a page that people trust: shapes, and nothing that acts or loads."""

from __future__ import annotations

import re
from typing import Any

from netlearn.study.findings import Findings

_NAMESPACE = "http://www.w3.org/2000/svg"
# Elements that run, embed or listen, whatever their namespace; and everything of HTML and of XML events.
_ACTING = {
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "handler",
    "listener",
    "link",
}
_ACTING_NAMESPACES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2001/xml-events")
_WITHIN = re.compile(
    r"#|data:(?:image/(?:png|jpe?g|gif|webp)|(?:application/(?:x-)?)?font[/-][\w.+-]+)[;,]", re.I
)
_LOADED = re.compile(
    r"\burl\(\s*[\"']?\s*([^\"')]*)|(@import\b[^;]*)|\b((?:image-set|image|src)\([^)]*)", re.I
)
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.I | re.S)
_LONGEST = 60  # characters of what is quoted


def check_svg(data: bytes, told: str, findings: Findings) -> None:
    """Add a fault for all that a logo in SVG must not hold.

    Parameters
    ----------
    data : bytes
    told : str
        What the file is called in the faults.
    findings : Findings
        A fault, with its line, if it is no well-formed SVG, has a document type or entities, scripts, event handlers
        or parts of other pages, or asks for anything outside the file.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    looked = _Looked(told, findings)
    parser = DefusedXMLParser(target=looked, forbid_dtd=True)
    looked.place = parser.parser
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        findings.fault("dress-svg-entities", told, parser.parser.CurrentLineNumber)
    except ParseError as error:
        findings.fault("dress-svg-broken", told, error.position[0])
    except (ValueError, LookupError):  # an encoding that the file names and nobody knows
        findings.fault("dress-svg-broken", told, 1)


class _Looked:
    """What a parser tells its elements to; each kind of fault is kept once for what it names."""

    def __init__(self, told: str, findings: Findings) -> None:
        self.place: Any = None
        self._told, self._findings = told, findings
        self._named: set[tuple[str, str]] = set()
        self._open: list[str] = []
        self._style: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, name = _parts(tag)
        if not self._open and (space, name) != (_NAMESPACE, "svg"):
            self.fault("dress-svg-broken")
        # What stands within a style sheet would cut its text, and a cut text cannot be looked through.
        if name.lower() in _ACTING or space in _ACTING_NAMESPACES or self._open[-1:] == ["style"]:
            self.fault("dress-svg-acts", found=f"<{name}>")
        self._open.append(name.lower())
        for key, value in attributes.items():
            self._attribute(name, *_parts(key), value.strip())

    def _attribute(self, element: str, space: str, key: str, value: str) -> None:
        name = key.lower()
        animated = value.rsplit(":", 1)[-1].lower() if name == "attributename" else ""
        if (not space and name.startswith("on")) or space in _ACTING_NAMESPACES:
            self.fault("dress-svg-acts", found=key)
        elif animated == "href" or animated.startswith("on"):
            self.fault("dress-svg-acts", found=f"<{element} {key}={value}>")
        elif name in ("href", "src", "base") and value and (name == "base" or not _WITHIN.match(value)):
            self.fault("dress-svg-outside", found=f"{key}={value}")
        else:
            self._css(value)

    def data(self, text: str) -> None:
        if self._open[-1:] == ["style"]:
            self._style.append(text)

    def end(self, tag: str) -> None:
        if self._open.pop() == "style":
            self._css("".join(self._style))
            self._style.clear()

    def pi(self, target: str, data: str | None = None) -> None:
        """Refuse a style sheet by address; other instructions are for other programs."""
        if target.lower() == "xml-stylesheet":
            self.fault("dress-svg-outside", found=f"<?{target} {data or ''}?>")

    def close(self) -> None:
        """End: what was found is in the findings."""

    def _css(self, text: str) -> None:
        for found in _LOADED.finditer(_ESCAPED.sub(_unescaped, text)):
            if found[1] is None or not _WITHIN.match(found[1].strip()):
                self.fault("dress-svg-outside", found=found[0].strip())

    def fault(self, code: str, found: str = "") -> None:
        """Add a fault with its line, once."""
        if (code, found) not in self._named:
            self._named.add((code, found))
            short = found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"
            self._findings.fault(code, self._told, self.place.CurrentLineNumber, found=short)


def _unescaped(found: re.Match[str]) -> str:
    """Return the letter that an escape in CSS stands for."""
    return chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2]


def _parts(tag: str) -> tuple[str, str]:
    """Return the namespace of a name, or "", and the name in it."""
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name
