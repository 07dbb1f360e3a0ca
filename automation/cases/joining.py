"""Joined cases (并案): which case is answered with which, what counts for it from there, and from whom all of them are kept.

"One decision, one reply, one letter each; clocks and numbers stay apart" (docs/design.md#p21.1). What is worked out here stands in each
row (`joined_facts`), and `answered` reads it there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import numpy as np

from automation.cases.confidentiality import Confidence, judge, judge_alone
from automation.cases.joined_facts import (
    SHARED,
    JoinedFacts,
    Kept,
    answered,
    facts_in,
    is_own_blank,
    the_few,
    with_facts,
)
from automation.cases.register_lines import register_lines_of
from automation.ledger.case_numbers import says_no_repeat
from automation.ledger.model import Ledger
from automation.ledger.numbers_named import NumbersNamed
from automation.ledger.table import Array, Table, lines_at
from automation.ledger.typed.cell import as_text
from automation.ledger.year_books import closed_numbers
from sheet_schema.vocabulary import Decision

OF_THE_DECISION = ("decision", "decided_on", "reason", "procedure")
TEXTS = ("reason", "result")
"""Of these the number of the case counts in which they stand: what is written about one person is not copied to another's row."""


class Trouble(Enum):
    """Why nothing counts from the case that a row names; the value is the code of the problem."""

    ITSELF = "joined_with_itself"
    SEVERAL = "joined_with_several"
    UNKNOWN = "joined_with_unknown"
    CIRCLE = "joined_in_a_circle"
    DOUBTFUL = "joined_with_doubtful"
    VOID = "joined_with_void"
    IN_BOOK = "joined_with_book"
    GONE = "joined_with_gone"


@dataclass(frozen=True)
class Joins:
    """What the cells of *With* say. By the row's position: `leading` is the number of the case with which it is answered, `named`
    every number that its cell names, `trouble` why nothing counts from there."""

    leading: Mapping[int, str]
    named: Mapping[int, tuple[str, ...]]
    trouble: Mapping[int, Trouble]


def joins_of(ledger: Ledger) -> Joins:
    """Read the cells of *With* in the Register."""
    register, filing, index = ledger.register, ledger.filing, ledger.index
    depends = (register["joined"], register.read["joined"], register["case_no"], register.read["decision"])
    more = (register["decision"], filing["case_no"], index["case_no"], ledger.policy)
    return register.remembered(_joins, ledger, depending_on=(*depends, *more, register_lines_of(ledger)))


def _joins(ledger: Ledger) -> Joins:
    register, cases = ledger.register, register_lines_of(ledger).cases
    typed = {at: _typed(register, at) for at in np.flatnonzero(cases & (register.read["joined"] != "")).tolist()}
    typed = {at: text for at, text in typed.items() if text and not says_no_repeat(text)}
    if not typed:
        return Joins({}, {}, {})
    reader = NumbersNamed.of(ledger)
    named = {at: reader.in_text(text) for at, text in typed.items()}
    places = _places(ledger)
    trouble, leading = dict[int, Trouble](), dict[int, str]()
    for at, numbers in named.items():
        found = _trouble(ledger, places, str(register["case_no"][at]), numbers)
        if found is not None:
            trouble[at] = found
        else:
            leading[at] = numbers[0]
    for at in _in_circles(leading, register["case_no"]):
        trouble[at] = Trouble.CIRCLE
        del leading[at]
    return Joins(leading, named, trouble)


def _typed(register: Table, at: int) -> str:
    return as_text(register.read["joined"][at]).strip()


def _places(ledger: Ledger) -> dict[str, tuple[Table, int]]:
    """Where each case stands that one can be joined with: in the Register, else in Filing."""
    register, filing, cases = ledger.register, ledger.filing, register_lines_of(ledger).cases
    filed = {number: (filing, at) for at, number in enumerate(filing["case_no"].tolist()) if number}
    return filed | {str(register["case_no"][at]): (register, at) for at in np.flatnonzero(cases).tolist()}


def _trouble(
    ledger: Ledger, places: Mapping[str, tuple[Table, int]], own: str, numbers: tuple[str, ...]
) -> Trouble | None:
    """What is wrong with the numbers that a cell names; None if they are one case's."""
    if own in numbers:
        return Trouble.ITSELF
    if len(numbers) != 1:
        return Trouble.SEVERAL if numbers else Trouble.UNKNOWN
    (number,) = numbers
    if number in places:
        table, at = places[number]
        return Trouble.VOID if table["decision"][at] == Decision.VOID.key else None
    register = ledger.register
    doubtful = register_lines_of(ledger).content & (register["case_no"] == number)
    if doubtful.any():
        return Trouble.DOUBTFUL
    if number in closed_numbers(ledger):
        return Trouble.IN_BOOK
    seen = ledger.index["first_seen"][ledger.index["case_no"] == number]
    return Trouble.GONE if not np.isnat(seen).all() else Trouble.UNKNOWN


def _in_circles(leading: Mapping[int, str], numbers: Array) -> list[int]:
    """The rows from which one comes back to where one was: of a circle, and of what leads into one, nobody is first."""
    at_number = {str(numbers[at]): at for at in leading}
    lost = []
    for start in leading:
        seen, at = {start}, at_number.get(leading[start])
        while at is not None and at not in seen:
            seen.add(at)
            at = at_number.get(leading[at])
        if at is not None:
            lost.append(start)
    return lost


def with_joined_facts(ledger: Ledger, now: datetime) -> Ledger:
    """The ledger with what each row of the Register keeps of the cases that it is joined with, as of now."""
    register = ledger.register
    joins, before = joins_of(ledger), register["joined_facts"]
    groups = list(_groups(ledger, joins, _being_typed(ledger, now) if joins.named else frozenset()))
    places = _places(ledger)
    here = {*places, *register["case_no"].tolist()}
    facts = np.full(len(register), "", dtype=object)
    for at, one in with_facts(register):
        if _stays(one, joins, at) and one.group and not here & {*one.group}:
            facts[at] = one.text()  # what it is joined with stands in another workbook by now
    if groups:
        counts = _Counting(ledger, joins, now).of_all()
        at_number = {number: at for number, (table, at) in places.items() if table is register}
        leading = {str(register["case_no"][at]): number for at, number in joins.leading.items()}
        for group, kept in zip(groups, _kept(ledger, groups), strict=True):
            for number in sorted(group & at_number.keys()):
                at = at_number[number]
                with_this = tuple(sorted(one for one in group if one != number and _leads_to(leading, one, number)))
                first = joins.leading.get(at, "")
                first = first if first in group else ""
                counted = counts.get(at, {}) if first else {}
                found = JoinedFacts(first, counted, with_this, kept, tuple(sorted(group - {number})))
                facts[at] = _with_those_gone(found, facts_in(before[at]), joins, at, here).text()
    if (facts == before).all():
        return ledger
    return ledger.having(register=register.having(joined_facts=facts))


def _stays(before: JoinedFacts, joins: Joins, at: int) -> bool:
    """Whether the row still says what it said of the case that it is with."""
    return before.leading == joins.named.get(at, ("",))[0]


def _with_those_gone(
    found: JoinedFacts, before: JoinedFacts, joins: Joins, at: int, here: Collection[str]
) -> JoinedFacts:
    """The same, and what the row kept of cases that stand in a year book by now."""
    gone = tuple(number for number in before.group if number not in here)
    if not gone or not _stays(before, joins, at):
        return found
    roles = the_few(one for one in (found.kept.roles, before.kept.roles) if one is not None)
    kept = Kept(
        found.kept.restricted or before.kept.restricted,
        found.kept.unclear or before.kept.unclear,
        found.kept.parties | before.kept.parties,
        roles,
    )
    first, counts = (found.leading, found.counts) if found.leading else (before.leading, before.counts)
    joined = tuple(sorted({*found.joined, *(one for one in before.joined if one in gone)}))
    return JoinedFacts(first, counts, joined, kept, tuple(sorted({*found.group, *gone})))


def _leads_to(leading: Mapping[str, str], number: str, wanted: str) -> bool:
    while number in leading:
        number = leading[number]
        if number == wanted:
            return True
    return False


def _being_typed(ledger: Ledger, now: datetime) -> frozenset[int]:
    """The rows that somebody is still typing: until they are whole, nobody can tell by another case that they are there."""
    return judge(ledger, now).being_typed


def _groups(ledger: Ledger, joins: Joins, left_out: Collection[int] = ()) -> Iterator[frozenset[str]]:
    """The numbers of cases that are joined, directly or through others, filed ones too. What only may be meant belongs to it;
    the rows `left_out` do not yet."""
    register, together = ledger.register, dict[str, set[str]]()

    def tie(one: str, other: str) -> None:
        group = together.setdefault(one, {one}) | together.setdefault(other, {other})
        together.update(dict.fromkeys(group, group))

    hidden = {str(register["case_no"][at]) for at in left_out}
    for at, numbers in joins.named.items():
        for number in numbers if at not in left_out else ():
            if number in hidden:
                continue
            tie(str(register["case_no"][at]), number)
    if together or (register["joined_facts"] != "").any():
        for at, facts in with_facts(ledger.filing):
            for number in (facts.leading, *facts.joined):
                tie(str(ledger.filing["case_no"][at]), number or str(ledger.filing["case_no"][at]))
    live = {*register["case_no"][register_lines_of(ledger).cases].tolist()}
    seen = set[int]()
    for group in together.values():
        if id(group) not in seen and len(group) > 1 and not live.isdisjoint(group):
            yield frozenset(group)
        seen.add(id(group))


def joined_together(ledger: Ledger) -> dict[str, frozenset[str]]:
    """For each case that is joined with others, by number: itself and all of them."""
    return {number: group for group in _groups(ledger, joins_of(ledger)) for number in group}


def group_of(ledger: Ledger, number: str) -> frozenset[str]:
    """The case and all that are joined with it, as their rows say."""
    for table in (ledger.register, ledger.filing):
        for at, facts in with_facts(table):
            if table["case_no"][at] == number:
                return frozenset((number, *facts.group))
    return frozenset((number,))


def _kept(ledger: Ledger, groups: Iterable[frozenset[str]]) -> Iterator[Kept]:
    """How far each group is confidential, by what each of its rows says by itself."""
    policy, filing = ledger.policy, ledger.filing
    in_groups = frozenset().union(*groups)
    filed = lines_at(filing, [at for at, one in enumerate(filing["case_no"].tolist()) if one in in_groups])
    judged = [(table, judge_alone(table, policy)) for table in (ledger.register, filed)]
    places: dict[str, list[tuple[Confidence, int]]] = {}
    for table, confidence in judged:
        for at, number in enumerate(table["case_no"].tolist()):
            if number in in_groups:
                places.setdefault(number, []).append((confidence, at))
    for group in groups:
        rows = [place for number in group for place in places.get(number, ())]
        yield Kept(
            restricted=any(bool(one.restricted[at]) for one, at in rows),
            unclear=not all(bool(one.clear[at]) for one, at in rows),
            parties=frozenset().union(*(one.in_conflict.get(at, frozenset()) for one, at in rows)),
            roles=the_few(tuple(one.only_for[at]) for one, at in rows if at in one.only_for),
        )


class _Counting:
    """Works out what counts for each joined case."""

    def __init__(self, ledger: Ledger, joins: Joins, now: datetime) -> None:
        self._ledger, self._joins, self._places = ledger, joins, _places(ledger)
        self._filing = answered(ledger.filing)
        self._received = _received(ledger, now)
        self._found: dict[int, dict[str, str]] = {}

    def of_all(self) -> dict[int, dict[str, str]]:
        """What counts, by position and column key."""
        for at in self._joins.leading:
            self._of(at)
        return self._found

    def _of(self, at: int) -> dict[str, str]:
        if at in self._found:
            return self._found[at]
        register, number = self._ledger.register, self._joins.leading[at]
        table, there = self._places[number]
        live = table is register
        theirs = self._of(there) if live and there in self._joins.leading else {}
        cells: dict[str, str] = {}
        for key in SHARED:
            if not is_own_blank(register, key, at):
                continue
            if key in theirs and is_own_blank(table, key, there):
                cells[key] = theirs[key]
            elif text := _text(table if live else self._filing, key, there):
                cells[key] = text if key not in TEXTS or (not live and text != str(table[key][there])) else number
        if not is_own_blank(register, "decision", at):
            cells = {key: cell for key, cell in cells.items() if key not in OF_THE_DECISION}
        if not is_own_blank(register, "department", at):
            cells.pop("handler", None)
        self._found[at] = _not_before(cells, str(self._received[at]))
        return self._found[at]


def _text(table: Table, key: str, at: int) -> str:
    value = table[key][at]
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    return str(value)


def _not_before(cells: dict[str, str], received: str) -> dict[str, str]:
    """The cells as they count for a case that came on this day: what was decided before holds from then on, but what was
    answered before answers nobody who had not come yet."""
    if cells.get("decided_on", received) < received:
        cells = {**cells, "decided_on": received}
    if cells.get("replied_on", received) < received:
        cells = {key: cell for key, cell in cells.items() if key != "replied_on"}
    return cells


def _received(ledger: Ledger, now: datetime) -> Array:
    register, seen = ledger.register, register_lines_of(ledger).first_seen
    first = np.where(np.isnat(seen), np.datetime64(now.date(), "D"), seen)
    return np.where(np.isnat(register["received_on"]), first, register["received_on"])
