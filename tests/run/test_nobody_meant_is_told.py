"""Whoever a case is about gets no mail of it, however the office wrote them: every way of naming, through real runs.

Each way stands in a row of one ledger as an allegation, and every fourth in another as a complaint (with LEDGER_TRIES each),
important and soon late, so that every kind of mail is called for (docs/design.md#p5.2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from automation.ledger.directory import Directory, says_nothing
from automation.ledger.workbook import Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from sheet_schema import SETTING, Language
from sheet_schema.vocabulary import Channel, Kind, Role, RuleState, Step, Unit, Who, YesNo
from tests.ledger.test_naming import SCHOOLS, table
from tests.support.ledger_in_memory import Rows, snapshot
from tests.support.sample import every

FIRST = datetime(2026, 3, 2, 9)
MOMENTS = (FIRST, FIRST + timedelta(days=3), FIRST + timedelta(days=15))
"""When alerts and assignments, the principal's alerts, reminders and digests, and all levels of the ladder are due."""
NUMBER = re.compile(r"LV-\d{5}")


def ledger(language: Language, cases: Sequence[tuple[Kind, str, str]]) -> Snapshot:
    """A school with one case for each (kind, about, summary): a third goes to each of three departments."""
    school = SCHOOLS[language]
    yes, daily = YesNo.YES.label(language), {"en": "daily", "zh": "每日"}[language]
    people = [
        {
            "name": one.name, "also_called": "; ".join(one.also_called), "email": one.email, "phone": one.phone or f"0100{i:04}",
            "role": "; ".join(Role.of(role).label(language) for role in one.roles), "digest": daily,
        }
        for i, one in enumerate(school.people)
    ]  # fmt: skip
    departments = [
        {"name": one.name, "also_called": "; ".join(one.also_called), "email": one.email, "head": one.head}
        for one in school.departments
    ]
    names = [one.name for one in school.departments[:3]]
    rules = [
        {"order": i, "enabled": RuleState.YES.label(language), "topic": f"T{i}", "department": name}
        for i, name in enumerate(names)
    ]
    rules.append({"order": 9, "enabled": RuleState.YES.label(language), "department": names[0]})
    roles = (Who.HANDLER, Who.HEAD, Role.LEADER, Role.PRINCIPAL)
    ladder = [
        {"step": Step.REPLY.label(language), "level": i, "after": i, "unit": Unit.DAY.label(language), "to": role.label(language)}
        for i, role in enumerate(roles, start=1)
    ]  # fmt: skip
    deadline = {
        "enabled": yes, "step": Step.REPLY.label(language), "who": Who.HANDLER.label(language), "amount": 7, "remind_before": "5",
        "starts_from": {"en": "received", "zh": "收到日期"}[language], "unit": Unit.DAY.label(language), "roll_forward": YesNo.NO.label(language),
    }  # fmt: skip
    register = [
        {
            "case_no": f"LV-{i:05}", "channel": Channel.LETTER.label(language), "petitioner": f"P{i}", "contact": f"138{i:08}",
            "kind": kind.label(language), "topic": f"T{i % 3}", "about": about, "summary": summary, "received_on": "2026-03-02", "important": "✓",
        }
        for i, (kind, about, summary) in enumerate(cases, start=1)
    ]  # fmt: skip
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for row in register]
    settings = [
        {"name": SETTING[key].label(language), "value": value}
        for key, value in (("blank_rows", "1"), ("storm_at", "900"))
    ]
    given: dict[str, Rows] = {
        "people": people, "departments": departments, "routing": rules, "escalation": ladder, "deadlines": [deadline],
        "register": register, "index": index, "settings": settings, "topics": [{"name": f"T{i}"} for i in range(3)],
    }  # fmt: skip
    return snapshot(language, **given)


def numbers_told(language: Language, cases: Sequence[tuple[Kind, str, str]]) -> Mapping[str, set[str]]:
    """The numbers of all cases that any mail to an address says anything of, by address."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    now = ledger(language, cases)
    for moment in MOMENTS:
        result = plan(now, Request(JOBS["run"], moment, moment, outbox=Path("out")))
        for mail in result.mails:
            said = f"{mail.rendered.subject}\n{mail.rendered.text}\n{mail.rendered.html}\n{mail.cases}"
            told[mail.to.casefold()] |= {*NUMBER.findall(said)}
        now = after_run(now, result)
    return told


def read_by(school: Directory, name: str) -> Iterator[str]:
    """Every address that the person, or the department with a # before its name, reads."""
    for person in school.people:
        if person.name == name:
            yield person.email
    for department in school.departments:
        if department.head == name or f"#{department.name}" == name:
            yield from (department.email,) if department.email else ()


@cache
def ways(language: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [*table(language)["ways"], *table(language)["strangers"]]
    return tuple((text, tuple(row["means"])) for row in rows for text in row["texts"])


@cache
def named(language: Language) -> tuple[tuple[Kind, str, tuple[str, ...]], ...]:
    """The cases: kind, way and whom it means."""
    complained_of = every(4, ways(language))
    kinds = ((Kind.ALLEGATION, ways(language)), (Kind.COMPLAINT, complained_of))
    return tuple((kind, text, means) for kind, those in kinds for text, means in those)


@cache
def told_of_named(language: Language) -> Mapping[str, set[str]]:
    return numbers_told(language, [(kind, text, "?") for kind, text, _ in named(language)])


@pytest.mark.parametrize("language", SCHOOLS)
def test_nobody_meant_is_told(language: Language) -> None:
    cases, told = named(language), told_of_named(language)
    leaks = [
        (kind.key, text, name, address)
        for i, (kind, text, means) in enumerate(cases, start=1)
        for name in means
        if kind is Kind.ALLEGATION or not name.startswith("#")
        for address in read_by(SCHOOLS[language], name)
        if f"LV-{i:05}" in told.get(address, ())
    ]
    assert leaks == []
    everybody = frozenset().union(*told.values())
    untold = [case for i, case in enumerate(cases, start=1) if f"LV-{i:05}" not in everybody]
    few = {one.name for one in SCHOOLS[language].people if Role.OFFICE.key in one.roles}
    assert [case for case in untold if not (case[0] is Kind.ALLEGATION and few <= {*case[2]})] == []


@pytest.mark.parametrize("language", SCHOOLS)
def test_an_allegation_about_somebody_unknown_stays_with_the_office(language: Language) -> None:
    texts = {text for row in table(language)["strangers"] for text in row["texts"] if not says_nothing(text)}
    told = told_of_named(language)
    office = {one.email for one in SCHOOLS[language].people if Role.OFFICE.key in one.roles}
    left = [
        (text, address)
        for i, (kind, text, _) in enumerate(named(language), start=1)
        for address in told.keys() - office
        if kind is Kind.ALLEGATION and text in texts and f"LV-{i:05}" in told[address]
    ]
    assert left == []
    assert len(texts) > 100


@pytest.mark.parametrize("language", SCHOOLS)
def test_what_names_nobody_hinders_nobody(language: Language) -> None:
    texts = table(language)["hinders_nobody"]
    cases = [(Kind.COMPLAINT, text, "?") for text in texts["about"]]
    cases += [(Kind.COMPLAINT, "", text) for text in texts["summary"]]
    told, school = numbers_told(language, cases), SCHOOLS[language]
    ours = [one.email for one in school.departments[:3]]
    ours += [one.email for one in school.people if {*one.roles} & {Role.LEADER.key, Role.PRINCIPAL.key, Role.DUTY.key}]
    missing = [
        (case, address)
        for i, case in enumerate(cases, start=1)
        for address in (ours[i % 3], *ours[3:])
        if f"LV-{i:05}" not in told[address]
    ]
    assert missing == []
