"""Reads the administrators' tabs. "A bad rule is reported beside the rule and skipped" (docs/design.md#p1.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.directory import Directory, normal
from automation.ledger.model import Deadline, Department, Duty, Person, Policy, Problem, Rule, Rung, Topic
from automation.ledger.rule_shadows import shadow_of
from automation.ledger.settings import read_settings
from automation.ledger.table import Table
from sheet_schema import Language, Word, folded, lookup
from sheet_schema import vocabulary as words

Made = TypeVar("Made")
_ADDRESS = re.compile(r"[^@\s,;<>\"()\[\]\\]+@[^@\s,;<>\"()\[\]\\]+\.[^@\s,;<>\"()\[\]\\.]+")
_CLOCK_STARTS = {
    words.Step.OBJECTION_PERIOD: {words.Start.REPLIED},
    words.Step.REVIEW: {words.Start.REVIEW, words.Start.REPLIED},
}


@dataclass
class Row:
    """One row of an administrators' tab while it is read; `wrong` collects its problems."""

    tab: Table
    position: int
    language: Language
    wrong: list[Problem] = field(default_factory=list)
    skipped: bool = False

    @property
    def number(self) -> int:
        return int(self.tab.rows[self.position])

    def text(self, key: str) -> str:
        return str(self.tab[key][self.position])

    def whole(self, key: str) -> int | None:
        value = self.tab[key][self.position]
        return None if np.isnan(value) else int(value)

    def day(self, key: str) -> date | None:
        value = self.tab[key][self.position]
        return None if np.isnat(value) else value.item()

    def several(self, key: str, choices: type[Word] | None = None) -> tuple[str, ...]:
        """The parts of a cell; with `choices` their keys, where a part that is not on the list skips the row."""
        parts = [p.strip() for p in re.split(r"[;；|｜、\n]", self.text(key)) if p.strip()]
        if choices is None:
            return tuple(parts)
        known, labels = lookup(choices), " / ".join(word.label(self.language) for word in choices)
        for part in parts:
            if folded(part) not in known:
                self.skip("not_on_list", key, value=part, choices=labels)
        return tuple(known[folded(part)] for part in parts if folded(part) in known)

    def needs(self, key: str) -> None:
        """Skip the row if this cell is blank."""
        if self.tab.read[key][self.position] == "":
            self.skip("rule_missing", key)

    def skip(self, code: str, key: str, **details: object) -> None:
        """Report a problem and leave the row out of the policy."""
        self.note(code, key, **details)
        self.skipped = True

    def note(self, code: str, key: str, **details: object) -> None:
        """Report a problem, but keep the row."""
        label = self.tab.tab[key].label(self.language)
        message, remedy = messages.problem(code, self.language, column=label, **details)
        self.wrong.append(
            Problem(tab=self.tab.tab.key, row=self.number, column=key, code=code, message=message, remedy=remedy)
        )


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
    rules = read("routing", lambda row: _rule(row, directory, topic_names))
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
    )
    return policy, [*problems, *wrong_settings, *_rule_order(tables["routing"], policy, language)]


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


def _rule(row: Row, directory: Directory, topics: Mapping[str, str]) -> Rule | None:
    state = row.text("enabled") or words.RuleState.YES.key
    if state == words.RuleState.NO:
        return None
    if row.whole("order") is None:
        row.skip("rule_missing", "order")
    department = directory.department(row.text("department"))
    if row.text("department") and not department:
        row.skip("unknown_department", "department", value=row.text("department"))
    handler = row.text("handler")
    if handler and not directory.person(handler):
        row.skip("unknown_person", "handler", value=handler)
    if not row.text("department") and not handler:
        row.skip("rule_nowhere", "department")
    named = row.several("topic")
    for topic in named:
        if normal(topic) not in topics:
            row.skip("unknown_topic", "topic", value=topic)
    return Rule(
        order=float(row.whole("order") or 0),
        state=state,
        channels=row.several("channel", words.Channel),
        kinds=row.several("kind", words.Kind),
        topics=tuple(topics.get(normal(topic), topic) for topic in named),
        identities=row.several("identity", words.Identity),
        keywords=row.several("keywords"),
        department=department,
        handler=directory.person(handler) if handler else "",
        restricted=row.text("restricted") == words.YesNo.YES,
        copy_to=row.several("copy_to"),
        note=row.text("note"),
        row=row.number,
    )


def _rule_order(table: Table, policy: Policy, language: Language) -> list[Problem]:
    """Report rules that are never reached, and a missing last rule that catches all else.

    We look only at the rules' conditions, never at cases, so that a problem tells nothing about any case. A rule with
    the same conditions but somebody else in it is no mistake: it is tried where the first leads to a conflict.
    """
    wrong: list[Problem] = []
    catcher: Rule | None = None
    for i, rule in enumerate(policy.rules):
        row = Row(table, int(np.flatnonzero(table.rows == rule.row)[0]), language)
        if catcher is not None:
            row.note("rule_unreachable", "order", other=catcher.row)
            wrong.extend(row.wrong)
        elif (above := shadow_of(rule, policy.rules[:i])) is not None:
            row.note("rule_shadowed", "order", other=above.row)
            wrong.extend(replace(problem, warning=True) for problem in row.wrong)
        elif rule.catches_all and rule.state == words.RuleState.YES:
            catcher = rule
    if catcher is None:
        message, remedy = messages.problem("no_catch_all", language)
        wrong.append(Problem(tab="routing", row=None, column="", code="no_catch_all", message=message, remedy=remedy))
    return wrong


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
