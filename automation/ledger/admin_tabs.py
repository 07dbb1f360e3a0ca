"""Reads the administrators' tabs. "A bad rule is reported beside the rule and skipped" (docs/design.md#p1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from automation.ledger.addresses import addresses_in, only_addresses
from automation.ledger.admin_row import Row
from automation.ledger.admin_rows import AdminRows
from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.deadline_cells import longest_wait, reminders
from automation.ledger.directory import Directory
from automation.ledger.equal_rows import equal_rows
from automation.ledger.model import Problem
from automation.ledger.name_cells import NameCells
from automation.ledger.normal_form import normal
from automation.ledger.people import Department, Person
from automation.ledger.policy import Deadline, Duty, Policy, Rung, Topic, Tried
from automation.ledger.problems import ALERTED
from automation.ledger.routing_tab import read_rule, rule_order
from automation.ledger.rule_days import RuleDays
from automation.ledger.rule_successions import successions, taken_over
from automation.ledger.settings import read_settings
from automation.ledger.table import Table
from automation.ledger.typed.cell import as_text
from automation.ledger.wording.reading import read_wording
from sheet_schema import vocabulary as words

Made = TypeVar("Made")
Entry = TypeVar("Entry", Person, Department)
ADMINISTRATION = (
    "routing", "departments", "people", "topics", "deadlines", "escalation", "calendar", "duty", "settings", "wording",
)  # fmt: skip
"""The tabs that a policy is read from."""
_CLOCK_STARTS = {
    words.Step.TELL_EXTENSION: {words.Start.EXTENDED},
    words.Step.TELL_RESULT: {words.Start.CONCLUDED},
    words.Step.OBJECTION_PERIOD: {words.Start.REPLIED},
    words.Step.REVIEW: {words.Start.REVIEW, words.Start.REPLIED},
    words.Step.SECOND_PERIOD: {words.Start.REVIEW_DONE},
    words.Step.SECOND_REVIEW: {words.Start.SECOND_REVIEW, words.Start.PANEL},
    words.Step.PANEL: {words.Start.SECOND_REVIEW},
}


def policy_of(tables: Mapping[str, Table], found: Sequence[Problem]) -> tuple[Policy, list[Problem]]:
    """What `read_policy` makes of the tables, worked out once for the same administrators' tabs with the same problems."""
    own = [one for one in found if one.tab in ADMINISTRATION]
    known = tables["people"].remembered(_policies_of, *(tables[key] for key in ADMINISTRATION))
    policy_and_problems = next((result for problems, result in known if problems == own), None)
    if policy_and_problems is None:
        policy_and_problems = read_policy(tables, own)
        known.append((own, policy_and_problems))
    policy, problems = policy_and_problems
    return policy, [*(one for one in found if one.tab not in ADMINISTRATION), *problems]


def _policies_of(*_: Table) -> list[tuple[list[Problem], tuple[Policy, list[Problem]]]]:
    """What these tables were read as before, by the problems with their cells."""
    return []


def read_policy(tables: Mapping[str, Table], found: Sequence[Problem] = ()) -> tuple[Policy, list[Problem]]:
    """Read all rows that are correct, and report a problem for each that is not.

    `found` are the problems with cells that could not be read; they come back among the problems, and say what becomes of
    their row. A row that needs such a cell is skipped, but the names in it still count (docs/design.md#p5.3).
    """
    tabs = AdminRows(tables, found)
    departments, people = tabs.read("departments", _department), tabs.read("people", _person)
    _report_doubles(departments)
    _report_doubles(people)
    names = NameCells(
        Directory(
            tuple(_with_every_address(row, person) for row, person in people if person.name),
            tuple(_with_every_address(row, department) for row, department in departments if department.name),
        )
    )
    departments = [(row, _with_names(row, department, names)) for row, department in departments]
    people = [(row, replace(person, stand_in=names.person_or_typed(row, "stand_in"))) for row, person in people]
    duty = _correct(tabs.read("duty", lambda row: _duty(row, names)))
    topics = _correct(tabs.read("topics", _topic))
    topic_names = {normal(topic.name): topic.name for topic in topics}
    settings, wrong_settings = read_settings(tables["settings"])
    wording, wrong_texts = read_wording(tables["wording"])
    deadlines, rungs = tabs.read("deadlines", _deadline), tabs.read("escalation", _rung)
    calendar = tabs.read("calendar", _calendar_days)
    rules = _correct(tabs.read("routing", lambda row: read_rule(row, names, topic_names)))
    policy = Policy(
        settings=settings,
        departments=_correct(departments),
        people=_correct(people),
        topics=topics,
        rules=tuple(sorted((rule for rule in rules if rule), key=lambda rule: (rule.order, rule.row))),
        deadlines=_in_force(deadlines),
        ladder=taken_over(_in_force(rungs)),
        duty=tuple(turn for turns in duty for turn in turns),
        calendar=Calendar(_in_force(calendar)),
        named_people=names.everybody(),
        named_departments=tuple(
            _with_every_address(row, department) for row, department in departments if department.name
        ),
        wording=wording,
        tried=Tried(
            _tried(deadlines),
            _tried(rungs),
            tuple((row.number, days) for row, days in calendar if _tried([(row, days)]) and days),
        ),
    )
    wrong = [*tabs.problems(), *wrong_settings, *wrong_texts]
    return policy, [*wrong, *rule_order(tables["routing"], policy), *equal_rows(policy), *successions(policy)]


def deadlines_in(table: Table) -> tuple[Deadline, ...]:
    """The rows of Deadlines alone that are correct and in force."""
    return _in_force(AdminRows({"deadlines": table}, ()).read("deadlines", _deadline))


def rungs_in(table: Table) -> tuple[Rung, ...]:
    """The rows of Escalation alone that are correct and in force."""
    return _in_force(AdminRows({"escalation": table}, ()).read("escalation", _rung))


def calendar_days_in(table: Table) -> tuple[CalendarDays, ...]:
    """The rows of Calendar alone that are correct and in force."""
    return _in_force(AdminRows({"calendar": table}, ()).read("calendar", _calendar_days))


def _in_force(read: Iterable[tuple[Row, Made | None]]) -> tuple[Made, ...]:
    """The rules of the rows that can be used and count."""
    return tuple(rule for rule in _correct(one for one in read if not _is_tried(one[0])) if rule)


def _tried(read: Iterable[tuple[Row, Made | None]]) -> tuple[Made, ...]:
    """The rules of the rows that can be used and are only tried (docs/design.md#p3.19)."""
    return tuple(rule for rule in _correct(one for one in read if _is_tried(one[0])) if rule)


def _is_tried(row: Row) -> bool:
    return row.text("enabled") == words.InForce.TRY


def _correct(read: Iterable[tuple[Row, Made]]) -> tuple[Made, ...]:
    """The entries of the rows that can be used."""
    return tuple(entry for row, entry in read if not row.skipped)


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
        chat=row.text("chat"),
    )


def _with_names(row: Row, department: Department, names: NameCells) -> Department:
    """The department with the names of its people as they stand in People.

    Where it is not plain who is the head, everybody whom the cell could name may open the mailbox, and so may whoever it
    leaves open.
    """
    head, leader = names.person_or_typed(row, "head"), names.person_or_typed(row, "leader")
    readers = dict.fromkeys((*names.people(row, "read_by"), *names.doubtful(row.text("head"))))
    others = [text for key in ("head", "read_by") for text in names.left_open(row, key)]
    return replace(department, head=head, leader=leader, read_by=tuple(readers), left_open=tuple(others))


def _person(row: Row) -> Person:
    row.needs("name")
    _check_name(row)
    start, end = row.day("absent_from"), row.day("absent_until")
    if start and end and end < start:
        row.note("absence_backwards", "absent_until")
    address_as = _address_form(row)
    return Person(
        name=row.text("name"),
        also_called=tuple(dict.fromkeys((*row.several("also_called"), *([address_as] if address_as else ())))),
        email=_address(row),
        phone=row.text("phone"),
        roles=row.several("role", words.Role),
        digest=row.text("digest"),
        absent_from=start,
        absent_until=end,
        stand_in=row.text("stand_in"),
        row=row.number,
        language=row.text("language"),
        address_as=address_as,
        chat=row.text("chat"),
        told_by=row.text("told_by"),
    )


def _address_form(row: Row) -> str:
    """How mails greet somebody, on one line and without the comma or colon that the greeting has itself."""
    return " ".join(row.text("address_as").split()).rstrip(",，:： ")


def _check_name(row: Row) -> None:
    """Report a name of one letter: most summaries contain it, so its owner would be kept out of nearly every case."""
    for spelling in (row.text("name"), *row.several("also_called")):
        if len(normal(spelling)) == 1:
            row.note("reserved_name", "name", value=spelling)


def _address(row: Row) -> str:
    email = row.text("email")
    if not only_addresses(email):
        row.note("bad_address", "email", value=email)
        return ""
    return ";".join(addresses_in(email))


def _with_every_address(row: Row, entry: Entry) -> Entry:
    """The entry with all addresses that stand in its cell, even where the cell as a whole cannot be used."""
    if entry.email:
        return entry
    typed = as_text(row.tab.read["email"][row.position])
    return replace(entry, email=";".join(addresses_in(typed)))


def _report_doubles(read: Sequence[tuple[Row, Entry]]) -> None:
    seen: set[str] = set()
    for row, entry in read:
        if entry.name and normal(entry.name) in seen:
            row.note("twice", "name", value=entry.name)
        seen.add(normal(entry.name))


def _topic(row: Row) -> Topic:
    row.needs("name")
    return Topic(row.text("name"), row.text("retention"), row.number)


def _deadline(row: Row) -> Deadline | None:
    if row.text("enabled") == words.InForce.NO:
        return None
    for key in ("step", "starts_from", "amount", "unit"):
        row.needs(key)
    step, start = row.text("step"), row.text("starts_from")
    if (
        step
        and start
        and start not in _CLOCK_STARTS.get(words.Step.of(step), {words.Start.RECEIVED, words.Start.ACCEPTED})
    ):
        row.skip("bad_start", "starts_from", value=words.Step.of(step), other=words.Start.of(start))
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
        remind_before=reminders(row),
        basis=row.text("basis"),
        row=row.number,
        days=_rule_days(row),
        open_cases=row.text("open_cases") == words.YesNo.YES,
        wait_up_to=longest_wait(row, step),
    )


def _rung(row: Row) -> Rung | None:
    if row.text("enabled") == words.InForce.NO:
        return None
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
        days=_rule_days(row),
    )


def _rule_days(row: Row, begins: str = "from", ends: str = "until") -> RuleDays:
    first, last = row.day(begins), row.day(ends)
    if first and last and last < first:
        row.skip("until_before", ends)
    return RuleDays(first, last)


def _duty(row: Row, names: NameCells) -> tuple[Duty, ...]:
    """Who is on duty; where that is not plain, everybody who may be, so that an alert goes to whoever has the role, too."""
    for key in ("date", "person"):
        row.needs(key)
    people, others = names.each_person(row, "person"), names.everybody_meant(row, "person")
    row.skipped |= not (people or others)
    start = row.day("date")
    until = _until(row, start)
    if start is None or until is None:
        return ()
    if others and not row.skipped:
        row.wrong = [replace(one, said=(*one.said, ALERTED)) if one.column == "person" else one for one in row.wrong]
    phone, number = row.text("phone"), row.number
    return (
        *(Duty(start, until, person, phone, number) for person in people),
        *(Duty(start, until, person, "", number, sure=False) for person in others if person not in people),
    )


def _calendar_days(row: Row) -> CalendarDays | None:
    if row.text("enabled") == words.InForce.NO:
        return None
    for key in ("date", "kind"):
        row.needs(key)
    start = row.day("date")
    until = _until(row, start)
    if start is None or until is None or not row.text("kind"):
        return None
    days = _rule_days(row, "in_force_from", "in_force_until")
    return CalendarDays(start, until, row.text("kind"), row.text("name"), days=days, row=row.number)


def _until(row: Row, start: date | None) -> date | None:
    """The last day of a range: the first day where the cell is blank, None where it cannot be."""
    until = row.day("until") or start
    if start and until and until < start:
        row.skip("until_before", "until")
        return None
    return until
