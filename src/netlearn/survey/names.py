"""Names that people typed, matched against a roster: one person fits by a rule, or nobody is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from netlearn.errors import NetlearnError
from netlearn.study.rawtable import plain
from netlearn.survey.names_alike import Alike
from netlearn.survey.names_fold import Keys, Reading, as_typed, folded, in_one_case, read, spellings
from netlearn.survey.names_initials import Initials
from netlearn.survey.names_split import joined, pieces

Rule = Literal["id", "name", "alias", "email", "initials", "unresolved"]
People = set[int]


class Match(NamedTuple):
    """Whom a text stands for.

    Attributes
    ----------
    person : int or None
        Place in the roster; None if no rule finds exactly one person.
    rule : str
        What found the person.
    candidates : tuple of int
        Unresolved only: up to three people whom a reader may have in mind, those who fit or else the most alike.
    """

    person: int | None
    rule: Rule
    candidates: tuple[int, ...] = ()


class _Spelled:
    """Names by their keys, from the strictest comparison to the loosest.

    A name is also found as Last First, unless one of its parts is the name of somebody else (`taken`):
    "Peter Hansen Jens" may be Peter Hansen and another person.
    """

    def __init__(self, names: Iterable[tuple[int, Reading]], taken: dict[str, People]) -> None:
        self._strict: dict[tuple[str, ...], People] = defaultdict(set)
        self._loose: dict[tuple[str, ...], People] = defaultdict(set)
        self._longest = 0
        for person, name in names:
            self._longest = max(self._longest, len(name.words))
            free = [
                at
                for at in name.cuts
                if not any(taken.get(part, set()) - {person} for part in name.parts(at))
            ]
            for keys, loose in ((self._strict, False), (self._loose, True)):
                for key in name.written(loose) + name.turned(loose, free, last_first=False):
                    keys[key].add(person)

    def find(self, typed: Reading) -> People:
        """Return who fits at the strictest level at which anybody does.

        Another spelling and another order each loosen the comparison; neither is stricter than the other.
        """
        if len(typed.words) > self._longest:
            return set()
        if found := _of(self._strict, typed.written(loose=False)):
            return found
        cuts = typed.cuts if typed.given is None else []
        turned = _of(self._strict, typed.turned(False, cuts, last_first=True))
        if found := turned | _of(self._loose, typed.written(loose=True)):
            return found
        return _of(self._loose, typed.turned(True, cuts, last_first=True))


@dataclass(frozen=True, eq=False)
class Directory:
    """The names of a roster, ready for matching; make it with `Directory.of`.

    Attributes
    ----------
    names : tuple of str
        One per person, in the order of the roster.
    """

    names: tuple[str, ...]
    _names: _Spelled
    _aliases: _Spelled
    _codes: dict[Rule, dict[str, People]]
    _initials: Initials
    _alike: Alike
    _words: dict[str, People]
    _remarks: dict[str, People]
    _texts: dict[str, People]
    _known: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        aliases: Sequence[Sequence[str]] = (),
        emails: Sequence[str] = (),
        initials: Sequence[str] = (),
        ids: Sequence[str] = (),
    ) -> Directory:
        """Take the names of a roster, and whatever else stands for a person.

        Parameters
        ----------
        names : sequence of str
            One per person: "First Last" or "Last, First".
        aliases : sequence of sequences of str
            Further names of each person; none by default.
        emails, initials, ids : sequence of str
            One per person, "" where there is none.

        Raises
        ------
        NetlearnError
            A list that is not as long as the names.

        Examples
        --------
        >>> people = Directory.of(["Bo Ågård", "Jens Hansen", "Jens Peter Hansen"])
        >>> people.match("agaard, bo").person, people.match("Jens P. Hansen").person
        (0, 2)
        >>> people.match("Hansen")
        Match(person=None, rule='unresolved', candidates=(1, 2))
        """
        codes = {"email": emails, "initials": initials, "id": ids}
        for title, given in [("aliases", aliases), *codes.items()]:
            if given and len(given) != len(names):
                message = f"{title} has {len(given)} entries for {len(names)} names; give one for each."
                raise NetlearnError(message)
        texts = [(name, *(aliases[at] if aliases else ())) for at, name in enumerate(names)]
        first = [(at, read(name)) for at, name in enumerate(names)]
        more = [(at, read(alias)) for at, (_, *others) in enumerate(texts) for alias in others]
        both = first + more
        taken = _index((key, at) for at, name in both for (key,) in name.written(loose=True))
        shown = [
            texts[at] + tuple(given[at] for given in (initials, emails) if given) for at in range(len(names))
        ]
        return cls(
            tuple(names),
            _Spelled(first, taken),
            _Spelled(more, taken),
            {
                "id": _index((plain(text), at) for at, text in enumerate(ids)),
                "email": _index((as_typed(text).casefold(), at) for at, text in enumerate(emails)),
                "initials": _index((key, at) for at, text in enumerate(initials) for key in _listed(text)),
            },
            Initials(both),
            Alike(shown, ids),
            _index((form, at) for at, name in both for word in name.words for form in spellings(word)),
            _index((folded(name.remark), at) for at, name in both),
            _index((in_one_case(text), at) for at, whole in enumerate(texts) for text in whole),
        )

    def match(self, text: str) -> Match:
        """Find the one person for whom a text stands.

        Accepted are, if exactly one person fits: the id as it is; the full name, folded (case, accents, æ ø å,
        hyphens, a remark in parentheses, "Last, First" or "Last First"); an alias; the e-mail address; initials that
        the roster lists; given names abbreviated before a family name that is written out. Never a part of a name.

        Parameters
        ----------
        text : str
            As it was typed.

        Returns
        -------
        Match
            Rules that find different people leave the text unresolved.
        """
        if text not in self._known:
            self._known[text] = self._match(as_typed(text))
        return self._known[text]

    def split(self, text: str) -> list[str]:
        """Cut a cell with several names into the names; see `names_split.pieces`.

        Examples
        --------
        >>> Directory.of(["Ida Bak", "Ole Holm"]).split("Bak, Ida, Holm, Ole")
        ['Bak, Ida', 'Holm, Ole']
        """
        return pieces(as_typed(text), lambda piece: bool(self._people(piece)))

    def split_joined(self, text: str, separator: str) -> list[str] | None:
        """Cut ticked names that were joined, or return None; see `names_split.joined`.

        Examples
        --------
        >>> Directory.of(["Bak, Ida", "Holm, Ole"]).split_joined("Bak, Ida, Holm, Ole", ", ")
        ['Bak, Ida', 'Holm, Ole']
        """
        return joined(as_typed(text), separator, {as_typed(name) for name in self.names})

    def __repr__(self) -> str:
        return f"Directory of {len(self.names)} people"

    def _match(self, text: str) -> Match:
        reading = read(text)
        found = self._found(text, reading)
        people = set().union(*found.values())
        whole = found.keys() & {"id", "email"}
        if len(people) == 1 and (whole or not self._contradicted(text, reading, people)):
            return Match(min(people), next(iter(found)))
        return Match(None, "unresolved", self._alike.best(text, people))

    def _people(self, text: str) -> People:
        return set().union(*self._found(text, read(text)).values())

    def _found(self, text: str, reading: Reading) -> dict[Rule, People]:
        """Return who fits by each rule that anybody fits by, in the order of the rules."""
        coded = self._coded(text)
        named = self._with_remark(self._names.find(reading), reading.remark)
        also = self._with_remark(self._aliases.find(reading), reading.remark)
        if also or coded["initials"]:
            # A single word may also be the first name of somebody else.
            coded["initials"] = coded["initials"] | self._words.get(folded(" ".join(reading.units)), set())
        if not (named or also or any(coded.values())):
            fitting, meant = self._initials.find(reading)
            coded["initials"] = meant if fitting else set()
        found: dict[Rule, People] = {"id": coded["id"], "name": named, "alias": also, **coded}
        return {rule: people for rule, people in found.items() if people}

    def _coded(self, text: str) -> dict[Rule, People]:
        """Return whose id, e-mail address or listed initials a text is."""
        keys: dict[Rule, str] = {"id": plain(text), "email": text.casefold(), "initials": _closed(text)}
        return {rule: self._codes[rule].get(key, set()) for rule, key in keys.items()}

    def _with_remark(self, people: People, remark: str) -> People:
        """Let a remark such as (IT) tell namesakes apart if the roster has it too."""
        return people & self._remarks.get(folded(remark), set()) or people

    def _contradicted(self, text: str, reading: Reading, people: People) -> bool:
        """Tell whether a part of the text points to somebody else than the person found."""
        if reading.remark:
            noted = any(people & whose for whose in self._remarks.values())
            others = set().union(*self._coded(reading.remark).values())
            if (noted and not people & self._remarks.get(folded(reading.remark), set())) or others - people:
                return True
        if not reading.sides or self._texts.get(in_one_case(text)) == people:
            return False
        # "Peter Hansen, Jens" may be Jens Peter Hansen, or Peter Hansen and somebody else.
        return any(self._people(side) for side in reading.sides)


def _of(index: dict[tuple[str, ...], People], keys: Keys) -> People:
    return set().union(*(index[key] for key in keys if key in index))


def _index(entries: Iterable[tuple[str, int]]) -> dict[str, People]:
    found: dict[str, People] = defaultdict(set)
    for text, person in entries:
        if text:
            found[text].add(person)
    return dict(found)


def _closed(text: str) -> str:
    """Return initials without dots and spaces: "J. P. H." is JPH; any other text as it is."""
    letters = text.replace(".", " ").split()
    return "".join(letters) if all(len(letter) == 1 for letter in letters) else text


def _listed(initials: str) -> set[str]:
    """Return how listed initials may be typed: as listed or in capitals, never as "Ole" or "ole" for OLE."""
    closed = _closed(as_typed(initials))
    return {closed, closed.upper()}
