"""Finds everything that stands about one person in the tabs of a workbook, and says what of it may be about another of that name.

What is doubtful is listed apart, never guessed (docs/design.md#p23.1). A name alone tells of nobody for certain: sure is a name beside a
telephone number or address of theirs, and somebody of *People* in a place where only such are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from automation.cases.exported import naming, quotable_numbers
from automation.ledger.directory import Directory, directory_of
from automation.ledger.meant import Meant, Party
from automation.ledger.model import Ledger
from automation.ledger.names.folding import HAN, name_form
from automation.ledger.names.passages import Sought, contacts_of
from automation.ledger.people import NO_ROW, Person
from automation.ledger.petitioners import petitioners
from automation.ledger.titles_and_headers import columns_of, language_of, titles_found
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import HEADER_ROW, Cell, Grid, Snapshot
from sheet_schema import ANSWERS, FILING, REGISTER, TAB, Place, Tab


class Doubt(Enum):
    """Why something that was found may be about somebody else; SURE is no doubt."""

    SURE = "sure"
    NAME_ONLY = "name_only"
    """The name alone, and nothing beside it that is theirs."""
    OTHER_CONTACT = "other_contact"
    """The name, beside a telephone number or address that is not known as theirs."""
    CONTACT_ONLY = "contact_only"
    """A number or address of theirs beside another name or none: a family may share it."""
    PERHAPS = "perhaps"
    """A part of the name, a title or a post that may mean them."""


@dataclass(frozen=True)
class Asked:
    """Whom somebody asks about: every spelling and contact, whether the person stands in People, and whether rows of that name
    have contacts of which nobody knows which are theirs."""

    name: str
    sought: Sought
    listed: bool = False
    several: bool = False

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What a text has to hold in which a part of the name may stand: a Chinese surname, or a word of the name."""
        found = set()
        for name in self.sought.names:
            found |= {name_form(name)[:1]} if HAN.match(name) else {name_form(word) for word in name.split()}
        return frozenset(one for one in found if len(one) > 2 or HAN.match(one))


class Hit(NamedTuple):
    """A cell in which something stands about the person."""

    tab: str
    """Key of the tab, or the title of a tab of the users' own."""
    title: str
    row: int
    case_no: str
    column: str
    text: str
    doubt: Doubt
    own: bool = False
    """Whether it stands in a row of their own case, as petitioner."""


@dataclass(frozen=True)
class Named:
    """What was found in a workbook, and how many lines were not looked at since they are, or may be, of restricted cases."""

    hits: tuple[Hit, ...] = ()
    withheld: int = 0


def asked_for(ledger: Ledger, snapshots: Collection[Snapshot], name: str, contacts: Collection[str] = ()) -> Asked:
    """Whom this name and these contacts mean: with all spellings and contacts that People has, or else with the contacts that stand
    beside the name as petitioner, if they all hang together."""
    wanted = name_form(name)
    listed = [
        one
        for one in ledger.policy.named_people
        if one.row != NO_ROW and wanted in map(name_form, (one.name, *one.also_called))
    ]
    if len(listed) == 1:
        (person,) = listed
        known = (*contacts, *contacts_of(person.email), *contacts_of(person.phone))
        return Asked(
            person.name, Sought(tuple(dict.fromkeys((person.name, name, *person.also_called))), known), listed=True
        )
    sought = Sought((name,), tuple(contacts))
    if contacts:
        return Asked(name, sought)
    beside = _contacts_beside(snapshots, sought)
    groups = _joined([group for group, _ in beside])
    alone = {one for group, is_alone in beside if is_alone for one in group}
    if len(groups) == 1:
        return Asked(name, replace(sought, contacts=tuple(one for one in groups[0] if one in alone)))
    return Asked(name, sought, several=len(groups) > 1)


def named_in(ledger: Ledger, snapshot: Snapshot, asked: Asked, *, restricted: bool) -> Named:
    """Every cell of this workbook, read as `ledger`, in which something stands about the person.

    Without `restricted` no line of a case is looked at of which nothing may be quoted, and none of which that is not known.
    """
    search = _Search(ledger, asked, restricted)
    language = language_of(snapshot.grids)
    ours = {title: TAB[key] for key, title in titles_found(snapshot.grids, language).items() if TAB[key].columns}
    for title, grid in snapshot.grids.items():
        tab = ours.get(title)
        if tab is not None or not _is_page(title, snapshot):
            search.look_into(tab, grid, columns_of(tab, grid.rows[0] if grid.rows else (), language) if tab else {})
    return Named(tuple(search.hits), search.withheld)


def _is_page(title: str, snapshot: Snapshot) -> bool:
    """Whether a tab is one of the program's pages, which show again what stands elsewhere."""
    found = titles_found(snapshot.grids, language_of(snapshot.grids))
    return any(TAB[key].page and title == one for key, one in found.items())


class _Search:
    """One search through the tabs of a workbook, in which each cell is judged by what stands beside it."""

    def __init__(self, ledger: Ledger, asked: Asked, restricted: bool) -> None:
        self.hits: list[Hit] = []
        self.withheld = 0
        self._asked, self._all = asked, restricted
        self._open = quotable_numbers(ledger)
        self._names_a_case = naming(ledger, self._open)
        self._directory = _with_them(ledger, asked)
        self._sure = _sure_cases(ledger, asked)
        """The numbers of the cases that are certainly theirs."""

    def look_into(self, tab: Tab | None, grid: Grid, at: Mapping[str, int]) -> None:
        heads = [as_text(one).strip() for one in grid.rows[0]] if grid.rows else []
        skipped = {at[column.key] for column in tab or () if column.checksum and column.key in at}
        by_place = {place: key for key, place in at.items()}
        for row, cells in enumerate(grid.rows[HEADER_ROW:], start=HEADER_ROW + 1):
            texts = {
                place: text
                for place, cell in enumerate(cells, start=1)
                if cell != "" and place not in skipped and (text := _text(cell))
            }
            if not texts:
                continue
            number = texts.get(at.get("case_no", 0), "").strip()
            if not self._all and self._is_closed(tab, number, texts):
                self.withheld += 1
                continue
            doubts = dict(self._in_row(tab, number, texts, by_place))
            own = number in self._sure and tab in (REGISTER, FILING)
            for place, doubt in doubts.items():
                head = heads[place - 1] if place <= len(heads) else str(place)
                key = tab.key if tab else grid.title
                self.hits.append(
                    Hit(key, grid.title, row, case_no=number, column=head, text=texts[place], doubt=doubt, own=own)
                )

    def _is_closed(self, tab: Tab | None, number: str, texts: Mapping[int, str]) -> bool:
        """Whether a line is, or may be, of a case of which nothing may be said."""
        if tab is not None and tab.place is Place.ADMINISTRATOR:
            return False
        of_any = tab is None or tab is ANSWERS or tab in (REGISTER, FILING)
        known = number in self._open or (not number and not of_any)
        return not known or any(map(self._names_a_case, texts.values()))

    def _in_row(
        self, tab: Tab | None, number: str, texts: Mapping[int, str], by_place: Mapping[int, str]
    ) -> Iterator[tuple[int, Doubt]]:
        sought = self._asked.sought
        sure = number in self._sure
        has_contact = any(map(sought.has_contact, texts.values()))
        for place, text in texts.items():
            key = by_place.get(place, "")
            named = sought.has_name(text)
            if sought.has_contact(text):
                beside = named or sure or (self._asked.listed and tab is not None and tab.place is Place.ADMINISTRATOR)
                beside = beside or any(sought.has_name(one) for one in texts.values())
                yield place, Doubt.SURE if beside else Doubt.CONTACT_ONLY
            elif named:
                yield place, self._of_a_name(tab, key, text, sure or has_contact)
            elif self._may_mean(key, text):
                yield place, Doubt.PERHAPS

    def _of_a_name(self, tab: Tab | None, key: str, text: str, beside: bool) -> Doubt:
        if beside:
            return Doubt.SURE
        if key == "petitioner" or not self._asked.listed:
            return Doubt.OTHER_CONTACT if key == "petitioner" and self._asked.sought.contacts else Doubt.NAME_ONLY
        only_people = tab is not None and (key in _OF_PEOPLE or tab.place is Place.ADMINISTRATOR)
        return Doubt.SURE if only_people or self._means(text) else Doubt.NAME_ONLY

    def _means(self, text: str) -> bool:
        """Whether the directory takes a text to speak of them, without any doubt."""
        meant = self._read(text)
        me = Party(self._asked.name)
        return me in meant.parties and not any(me.name in names for _, names in meant.unsure)

    def _may_mean(self, key: str, text: str) -> bool:
        form = name_form(text) if len(text) < _LONG else text.casefold()
        if not any(one in form for one in self._asked.beginnings):
            return False
        meant = self._directory.meant_by(text) if key in _OF_PEOPLE and len(text) < _LONG else self._read(text)
        return Party(self._asked.name) in meant.parties or any(self._asked.name in names for _, names in meant.unsure)

    def _read(self, text: str) -> Meant:
        return self._directory.mentioned_in([text]).get(0, Meant())


_LONG = 200
_OF_PEOPLE = frozenset(
    {
        "about", "received_by", "handler", "extension_by", "leader_told", "holder", "head", "leader", "read_by", "person", "stand_in", "name",
        "also_called", "kept_from", "taken_over_by", "petitioner", "to", "from",
    }
)  # fmt: skip
"""The columns in which people are named and nothing else."""


def _text(cell: Cell) -> str:
    return as_text(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _with_them(ledger: Ledger, asked: Asked) -> Directory:
    """The directory of the ledger with the person, whether or not they stand in People."""
    policy = ledger.policy
    if asked.listed:
        return policy.directory
    them = Person(
        name=asked.name, also_called=asked.sought.names, email="", phone="", roles=(), digest="", absent_from=None,
        absent_until=None, stand_in="", row=NO_ROW,
    )  # fmt: skip
    return directory_of((*policy.directory.people, them), policy.directory.departments)


def _sure_cases(ledger: Ledger, asked: Asked) -> frozenset[str]:
    """The cases whose petitioner they certainly are: the whole name, beside a contact of theirs."""
    found = set()
    for tab in (REGISTER, FILING):
        table = ledger.tables[tab.key]
        columns = zip(table["case_no"].tolist(), table["petitioner"].tolist(), table["contact"].tolist(), strict=True)
        for number, typed, contact in columns:
            if number and asked.sought.has_contact(contact) and _is_named(typed, asked.sought):
                found.add(number)
    return frozenset(found)


def _is_named(typed: str, sought: Sought) -> bool:
    """Whether one of the petitioners in this cell has just this name."""
    return bool(typed) and any(name_form(one) in sought.name_forms for one in petitioners(typed))


def _contacts_beside(snapshots: Collection[Snapshot], sought: Sought) -> list[tuple[set[str], bool]]:
    """The contacts of each row in which a petitioner has this name, and whether nobody else brought the case."""
    found = []
    for snapshot in snapshots:
        language = language_of(snapshot.grids)
        titles = titles_found(snapshot.grids, language)
        for tab in (REGISTER, FILING):
            if (title := titles.get(tab.key)) is None:
                continue
            rows = snapshot.grids[title].rows
            at = columns_of(tab, rows[0] if rows else (), language)
            for cells in rows[HEADER_ROW:]:
                typed, contact = (_text(_at(cells, at.get(key, 0))) for key in ("petitioner", "contact"))
                names = petitioners(typed) if sought.has_name(typed) else []
                if _is_named(typed, sought):
                    found.append((set(contacts_of(contact)), len(names) == 1))
    return found


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place - 1] if 0 < place <= len(cells) else ""


def _joined(groups: list[set[str]]) -> list[list[str]]:
    """The contacts, those together that stand in one row, or each in a row with one that is the same."""
    joined: list[tuple[set[str], list[str]]] = []
    for group in groups:
        forms = set(Sought((), tuple(group)).contact_forms)
        if not forms:
            continue
        same = [one for one in joined if one[0] & forms]
        joined = [one for one in joined if not one[0] & forms]
        typed = [contact for one in same for contact in one[1]] + sorted(group)
        joined.append((forms.union(*(one[0] for one in same)), list(dict.fromkeys(typed))))
    return [typed for _, typed in joined]
