"""What has happened to a case according to Index, its row, History, Notices and Filing, oldest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import numpy as np

from automation.cases.confidentiality import Confidence, judge, judge_table
from automation.cases.extension_words import found_to_count
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.ledger.table import Table, positions_of
from automation.ledger.typed.cell import as_text
from automation.reports.case.events import By, Event, What, at, in_order_of_role
from automation.reports.case.one_case import OneCase
from sheet_schema import FILING, REGISTER, folded, keys_by_spelling
from sheet_schema.sending_words import ChangedBy
from sheet_schema.vocabulary import Decision, NoticeKind, NoticeState

_DATED = {
    What.RECEIVED: ("received_on", {"channel": "channel", "person": "received_by"}),
    What.DECIDED: ("decided_on", {"decision": "decision", "procedure": "procedure", "why": "reason"}),
    What.NOTIFIED: ("notified_on", {}),
    What.TOLD_OF_EXTENSION: ("told_of_extension_on", {}),
    What.CONCLUDED: ("concluded_on", {}),
    What.REPLIED: ("replied_on", {"outcome": "outcome"}),
    What.FED_BACK: ("fed_back_on", {"ref": "superior_ref"}),
    What.REVIEW_ASKED: ("review_on", {}),
    What.REVIEW_DONE: ("review_done_on", {}),
    What.SECOND_REVIEW_ASKED: ("second_review_on", {}),
    What.PANEL: ("panel_on", {}),
    What.SECOND_REVIEW_DONE: ("second_review_done_on", {}),
}
"""What staff type with a day: the column of the day, and the cells that belong to it."""
_COLUMNS = keys_by_spelling(REGISTER)
_SEAL = {folded(name) for name in FILING["seal"].labels()}


@dataclass(frozen=True, slots=True)
class Filling:
    """A line of History: a cell that the job filled in, or that a person changed. `column` is a key, or a label that the
    Register does not have.
    """

    at: datetime
    column: str
    before: str
    after: str
    why: str
    coming: bool
    by_person: bool = False


def past(case: OneCase, whole: Ledger) -> list[Event]:
    """Everything that has happened. `whole` is the complete ledger, for other cases that name this one."""
    done = [line for line in fillings(case) if line.by_person or not line.coming]
    events = [*_numbered(case, done), *_from_index(case), *_dated(case, done), *_filled(case, done)]
    events += [*_repeats(case, whole), *_mails(case.ledger.tables["notices"]), *_closed(case), *_archived(case)]
    return sorted(events, key=lambda event: event.order)


def fillings(case: OneCase) -> list[Filling]:
    """The case's lines of History, in the order written."""
    history = case.ledger.tables["history"]
    columns = (history[key].tolist() for key in ("at", "column", "before", "after", "why", "who"))
    return [
        Filling(
            at=moment,
            column=_COLUMNS.get(folded(label), label),
            before=before,
            after=after,
            why=why,
            coming=coming,
            by_person=who == ChangedBy.PERSON.key,
        )
        for moment, label, before, after, why, who, coming in zip(*columns, case.coming.tolist(), strict=True)
        if moment is not None
    ]


def changes(lines: Iterable[Filling]) -> Iterator[Event]:
    """What the job filled in, and what people changed. Department and handler that the job gave at once for one reason are
    one event.
    """
    for (moment, why, by_person), group in groupby(lines, key=lambda line: (line.at, line.why, line.by_person)):
        cells = list(group)
        if by_person:
            yield from (_altered(cell) for cell in cells)
            continue
        given = {cell.column: cell.after for cell in cells if cell.column in ("department", "handler")}
        if given:
            yield at(moment, What.ASSIGNED, By.JOB, **given, why=why)
        for cell in cells:
            if cell.column not in given:
                what, by = (What.RESEALED, By.STAFF) if folded(cell.column) in _SEAL else (What.CHANGED, By.JOB)
                yield at(moment, what, by, column=cell.column, before=cell.before, after=cell.after, why=cell.why)


def _altered(line: Filling) -> Event:
    facts = {"column": line.column, "before": line.before, "after": line.after, "why": line.why}
    return at(line.at, What.ALTERED, By.STAFF, **facts)


def _numbered(case: OneCase, done: Iterable[Filling]) -> Iterator[Event]:
    """The day the number was issued and, for a row inserted without one, why."""
    inserted = [line for line in done if line.column == "case_no" and line.after == case.number and not line.by_person]
    for day in _days(case.ledger.index, "issued_on", case.number):
        whys = [line.why for line in inserted if line.at.date() == day]
        yield Event(day, What.NUMBERED, By.JOB, None, {"why": whys[0]} if whys else {})


def _from_index(case: OneCase) -> Iterator[Event]:
    """What only Index knows: when the row was first seen, when its due date moved by itself, the extension."""
    index, register = case.ledger.index, case.register
    for day in _days(index, "first_seen", case.number):
        yield Event(day, What.FIRST_SEEN, By.JOB)
    for day in _days(index, "due_moved_on", case.number):
        yield Event(day, What.DUE_MOVED, By.JOB)
    said = index["extension_counts"][index["case_no"] == case.number].tolist()
    if not all(map(found_to_count, said)):
        return
    extended_to = _days(index, "extended_to", case.number)
    for day, to in zip(_days(index, "extension_seen", case.number), extended_to, strict=False):
        facts = {"to": to, "person": register["extension_by"][0], "why": register["extension_reason"][0]}
        yield Event(day, What.EXTENDED, By.STAFF, None, facts)


def _dated(case: OneCase, done: Iterable[Filling]) -> Iterator[Event]:
    """What has a day in the row. Staff typed it, unless History says that the job filled it in."""
    register = case.register
    for what, (column, others) in _DATED.items():
        day = register[column][0].item()
        if day is None or (what is What.PANEL and day > case.now.date()):
            continue
        facts: dict[str, object] = {name: register[key][0] for name, key in others.items() if register[key][0]}
        if what is What.DECIDED and register["decision"][0] == Decision.ACCEPT.key:
            facts.pop("why", None)
        filled = [line for line in done if _is_of(line, column, day)]
        if filled:
            facts["why"] = "; ".join(part for part in (str(facts.get("why", "")), filled[-1].why) if part)
        yield Event(day, what, By.JOB if filled else By.STAFF, None, facts)


def _is_of(line: Filling, column: str, day: date) -> bool:
    return line.column == column and line.after == as_text(day) and not line.by_person


def _filled(case: OneCase, done: Iterable[Filling]) -> Iterator[Event]:
    """What the job filled in and people changed, without what the job filled in and is listed with a day of its own."""
    days = {column: case.register[column][0].item() for column, _ in _DATED.values()}
    issued = _days(case.ledger.index, "issued_on", case.number)

    def listed_already(line: Filling) -> bool:
        if line.by_person:
            return False
        if line.column == "case_no":
            return line.at.date() in issued
        return line.column in days and days[line.column] is not None and _is_of(line, line.column, days[line.column])

    yield from changes(line for line in done if not listed_already(line))


def _repeats(case: OneCase, whole: Ledger) -> Iterator[Event]:
    """The earlier case this one repeats, and later cases that name this one; never a restricted case, nor one that somebody must not know of."""
    register = case.register
    came = register["received_on"][0].item() or next(iter(_days(case.ledger.index, "first_seen", case.number)), None)
    filed = judge_table(whole.filing, whole.policy, case.now.date())
    tables = ((whole.register, judge(whole, case.now)), (whole.filing, filed))
    earlier = tidy_number(register["repeat_of"][0])
    if earlier not in ("", case.number) and came is not None and any(_may_be_named(*pair, earlier) for pair in tables):
        yield Event(came, What.REPEATS, By.STAFF, None, {"case_no": earlier})
    for table, confidence in tables:
        for i in np.flatnonzero(table["repeat_of"] != "").tolist():
            number = table["case_no"][i]
            names = tidy_number(table["repeat_of"][i]) == case.number
            if names and number != case.number and number and confidence.nameable[i]:
                days = (table["received_on"][i].item(), *_days(whole.index, "first_seen", number))
                if day := next((known for known in days if known is not None), None):
                    yield Event(day, What.NAMED, By.STAFF, None, {"case_no": number})


def _may_be_named(table: Table, confidence: Confidence, number: str) -> bool:
    place = int(positions_of(np.asarray([number], dtype=object), table["case_no"])[0])
    return place >= 0 and bool(confidence.nameable[place])


def _mails(notices: Table) -> Iterator[Event]:
    """Each notice and what became of it, one event for all its addresses, and one for all superseded levels."""
    keys = (
        "claimed_at",
        "kind",
        "step",
        "due_on",
        "level",
        "slot",
        "holder",
        "state",
        "done_at",
        "retry_at",
        "error",
        "to",
    )
    gathered: dict[tuple[object, ...], list[str]] = {}
    for *cells, to in zip(*(notices[key].tolist() for key in keys), strict=True):
        seen = dict(zip(keys, cells, strict=False))
        if seen["state"] == NoticeState.SUPERSEDED.key:
            seen |= {"level": "", "done_at": None}
        gathered.setdefault(tuple(seen.values()), []).append(to)
    slot = keys.index("slot")
    for same, addresses in sorted(gathered.items(), key=lambda one: in_order_of_role(str(one[0][slot]))):
        facts = {key: value for key, value in zip(keys, same, strict=False) if value}
        facts |= {"level": int(level)} if re.fullmatch(r"-?\d{1,9}", level := str(facts.get("level", ""))) else {}
        moment = facts.pop("claimed_at", None)
        if isinstance(moment, datetime):
            passed = facts.get("state") == NoticeState.SUPERSEDED.key
            reached = {"to": tuple(sorted(filter(None, addresses)))}
            same_hands = facts.get("kind") == NoticeKind.ASSIGNMENT and reached["to"]
            more = {"count": len(addresses), **(reached if same_hands else {})} if passed else reached
            yield at(moment, What.MAIL, By.JOB, **facts, **more)


def _closed(case: OneCase) -> Iterator[Event]:
    day = case.register["closed_on"][0].item()
    if day is not None:
        yield Event(day, What.CLOSED, By.JOB)


def _archived(case: OneCase) -> Iterator[Event]:
    """When it was filed, under which number, and who took it over."""
    if not case.filed:
        return
    row = {key: case.filing[key][0] for key in ("filed_on", "taken_over_on", "taken_over_by")}
    if (day := row["filed_on"].item()) is not None:
        yield Event(day, What.FILED, By.JOB, None, filed_facts(case.filing))
    if (day := row["taken_over_on"].item()) is not None:
        yield Event(day, What.TAKEN_OVER, By.STAFF, None, {"person": row["taken_over_by"]})


def filed_facts(filing: Table) -> dict[str, object]:
    """Archive number, retention and seal of a line of Filing, as far as it has them."""
    number, retention, seal = (filing[key][0] for key in ("archive_no", "retention", "seal_no"))
    facts = {"archive_no": number, "retention": retention, "seal_no": None if np.isnan(seal) else int(seal)}
    return {key: value for key, value in facts.items() if value}


def _days(index: Table, column: str, number: str) -> list[date]:
    """The case's days in this column of Index; empty if blank."""
    found = index[column][index["case_no"] == number]
    return [day for day in found.tolist() if day is not None]
