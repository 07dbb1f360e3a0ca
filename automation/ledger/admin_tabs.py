"""Reads the administrators' tabs. "A bad rule is reported beside the rule and skipped" (docs/design.md#p1.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import numpy as np

from automation.ledger.admin_row import Row
from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.directory import Directory
from automation.ledger.model import Problem
from automation.ledger.normal_form import normal
from automation.ledger.people import Department, Person
from automation.ledger.policy import Deadline, Duty, Policy, Rung, Topic
from automation.ledger.routing_tab import read_rule, rule_order
from automation.ledger.settings import read_settings
from automation.ledger.table import Table
from sheet_schema import Language, folded
from sheet_schema import vocabulary as words

Made = TypeVar("Made")
_ADDRESS = re.compile(r"[^@\s,;<>\"()\[\]\\]+@[^@\s,;<>\"()\[\]\\]+\.[^@\s,;<>\"()\[\]\\.]+")
_CLOCK_STARTS = {
    words.Step.OBJECTION_PERIOD: {words.Start.REPLIED},
    words.Step.REVIEW: {words.Start.REVIEW, words.Start.REPLIED},
}


def read_policy(
    tables: Mapping[str, Table], language: Language, bad: frozenset[tuple[str, int]] = frozenset()
) -> tuple[Policy, list[Problem]]:
    """Read all rows that are correct, and report a problem for each that is not.

    `bad` holds (tab key, row) of the rows with a cell that could not be read: already reported, and skipped here.
    """
    problems: list[Problem] = []

    def read(key: str, make: Callable[[Row], Made]) -> tuple[Made, ...]:
        return tuple(_read_rows(tables[key], make, language, bad, problems))

    departments = read("departments", _department)
    people = read("people", _person)
    _report_doubles(tables["departments"], departments, language, problems)
    _report_doubles(tables["people"], people, language, problems)
    directory = Directory(people, departments)
    topics = read("topics", _topic)
    topic_names = {normal(topic.name): topic.name for topic in topics}
    settings, wrong_settings = read_settings(tables["settings"], language)
    rules = read("routing", lambda row: read_rule(row, directory, topic_names))
    policy = Policy(
        settings=settings,
        departments=departments,
        people=people,
        topics=topics,
        rules=tuple(sorted((rule for rule in rules if rule), key=lambda rule: (rule.order, rule.row))),
        deadlines=tuple(rule for rule in read("deadlines", _deadline) if rule),
        ladder=tuple(rung for rung in read("escalation", _rung) if rung),
        duty=tuple(turn for turn in read("duty", lambda row: _duty(row, directory)) if turn),
        calendar=Calendar(days for days in read("calendar", _calendar_days) if days),
        named_people=people,
        named_departments=departments,
    )
    return policy, [*problems, *wrong_settings, *rule_order(tables["routing"], policy, language)]


def _read_rows(
    table: Table,
    make: Callable[[Row], Made],
    language: Language,
    bad: frozenset[tuple[str, int]],
    problems: list[Problem],
) -> Iterator[Made]:
    for position in range(len(table)):
        row = Row(table, position, language)
        if not any(table.read[column.key][position] != "" for column in table.tab if column.staff):
            continue  # people typed nothing here, only the program did
        entry = make(row)
        problems.extend(row.wrong)
        if not row.skipped and (table.tab.key, row.number) not in bad:
            yield entry


def _department(row: Row) -> Department:
    row.needs("name")
    _check_name(row)
    return Department(
        name=row.text("name"),
        also_called=row.several("also_called"),
        email=_address(row),
        head=row.text("head"),
        leader=row.text("leader"),
        row=row.number,
    )


def _person(row: Row) -> Person:
    row.needs("name")
    _check_name(row)
    start, end = row.day("absent_from"), row.day("absent_until")
    if start and end and end < start:
        row.note("until_before", "absent_until")
    return Person(
        name=row.text("name"),
        also_called=row.several("also_called"),
        email=_address(row),
        phone=row.text("phone"),
        roles=row.several("role", words.Role),
        digest=row.text("digest"),
        absent_from=start,
        absent_until=end,
        stand_in=row.text("stand_in"),
        row=row.number,
    )


def _check_name(row: Row) -> None:
    """Report a name of one letter: most summaries contain it, so its owner would be kept out of nearly every case."""
    for spelling in (row.text("name"), *row.several("also_called")):
        if len(normal(spelling)) == 1:
            row.note("reserved_name", "name", value=spelling)


def _address(row: Row) -> str:
    email = row.text("email")
    if email and not all(_ADDRESS.fullmatch(part) for part in row.several("email")):
        row.note("bad_address", "email", value=email)
        return ""
    return email


def _report_doubles(
    table: Table,
    entries: tuple[Department, ...] | tuple[Person, ...],
    language: Language,
    problems: list[Problem],
) -> None:
    seen: set[str] = set()
    for entry in entries:
        if normal(entry.name) in seen:
            row = Row(table, int(np.flatnonzero(table.rows == entry.row)[0]), language)
            row.note("twice", "name", value=entry.name)
            problems.extend(row.wrong)
        seen.add(normal(entry.name))


def _topic(row: Row) -> Topic:
    row.needs("name")
    return Topic(row.text("name"), row.text("retention"), row.number)


def _deadline(row: Row) -> Deadline | None:
    if row.text("enabled") == words.YesNo.NO:
        return None
    for key in ("step", "starts_from", "amount", "unit"):
        row.needs(key)
    step, start = row.text("step"), row.text("starts_from")
    if (
        step
        and start
        and start not in _CLOCK_STARTS.get(words.Step.of(step), {words.Start.RECEIVED, words.Start.ACCEPTED})
    ):
        named = words.Step.of(step).label(row.language), words.Start.of(start).label(row.language)
        row.skip("bad_start", "starts_from", value=named[0], other=named[1])
    return Deadline(
        kind=row.text("kind"),
        channel=row.text("channel"),
        step=step,
        who=row.text("who") or words.Who.OFFICE.key,
        starts_from=start,
        amount=row.whole("amount") or 0,
        unit=row.text("unit"),
        roll_forward=row.text("roll_forward") == words.YesNo.YES,
        extend_up_to=row.whole("extend_up_to") or 0,
        remind_before=_reminders(row),
        basis=row.text("basis"),
        row=row.number,
    )


def _reminders(row: Row) -> tuple[int, ...]:
    """Read `7,3,1` as (7, 3, 1), largest first."""
    text = folded(row.text("remind_before"))
    parts = [part.strip() for part in re.split(r"[,;、，\s]+", text) if part.strip()]
    if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        row.note("bad_reminders", "remind_before", value=row.text("remind_before"))
        return ()
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _rung(row: Row) -> Rung | None:
    for key in ("step", "level", "after", "to"):
        row.needs(key)
    return Rung(
        step=row.text("step"),
        level=row.whole("level") or 0,
        after=row.whole("after") or 0,
        unit=row.text("unit") or words.Unit.DAY.key,
        to=row.several("to", words.Role),
        ask_explanation=row.text("ask_explanation") == words.YesNo.YES,
        row=row.number,
    )


def _duty(row: Row, directory: Directory) -> Duty | None:
    for key in ("date", "person"):
        row.needs(key)
    person = directory.person(row.text("person"))
    if row.text("person") and not person:
        row.note("unknown_person", "person", value=row.text("person"))
    start = row.day("date")
    until = _until(row, start)
    if start is None or until is None:
        return None
    return Duty(start, until, person or row.text("person"), row.text("phone"), row.number)


def _calendar_days(row: Row) -> CalendarDays | None:
    for key in ("date", "kind"):
        row.needs(key)
    start = row.day("date")
    until = _until(row, start)
    if start is None or until is None or not row.text("kind"):
        return None
    return CalendarDays(start, until, row.text("kind"), row.text("name"))


def _until(row: Row, start: date | None) -> date | None:
    """The last day of a range: the first day where the cell is blank, None where it cannot be."""
    until = row.day("until") or start
    if start and until and until < start:
        row.skip("until_before", "until")
        return None
    return until
