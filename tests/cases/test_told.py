"""Who is told of a notice, in which way it came to them, and who was left out for which reason: for a small school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from automation.cases.confidentiality import judge
from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients, may_be_written_to
from automation.cases.told import How, LeftOut, Told, Way, Why
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from sheet_schema import SETTING
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

AWAY = {"absent_from": "2026-03-16", "absent_until": "2026-03-20"}
PEOPLE: Mapping[str, dict[str, object]] = {
    "Ann Archer": {"role": "handler", "email": "ann@s.example", "also_called": "Annie"},
    "Ben Booth": {"role": "head", "email": "ben@s.example"},
    "Cleo Cole": {"role": "office;duty", "email": "cleo@s.example; desk@s.example"},
    "Dora Dunn": {"role": "leader", "email": "dora@s.example"},
    "Ed Eaton": {"role": "leader", "email": "ed@s.example"},
    "Gus Gray": {"role": "principal", "email": "gus@s.example"},
    "Olga Otis": {"role": "outside", "email": "olga@x.example"},
    "Pam Pitt": {"role": "handler", "email": "pam@s.example"},
    "Rory Reed": {"role": "group"},
}
DEPARTMENTS: Rows = (
    {
        "name": "Maths",
        "email": "maths@s.example; sums@s.example",
        "head": "Ben Booth",
        "leader": "Dora Dunn",
        "also_called": "Mathematics",
    },
    {"name": "Library", "head": "Pam Pitt"},
    {"name": "Garden", "email": "garden@s.example", "head": "Hal Hope"},
    {"name": "Office"},
)
LADDER: Rows = (
    {"step": "reply", "level": 1, "after": 1, "unit": "workday", "to": "handler;head"},
    {"step": "reply", "level": 2, "after": 3, "unit": "workday", "to": "leader"},
    {"step": "reply", "level": 3, "after": 5, "unit": "workday", "to": "group;principal"},
    {"step": "decide", "level": 1, "after": 1, "unit": "workday", "to": "office"},
    {"step": "decide", "level": 2, "after": 1, "unit": "workday", "to": "discipline"},
)
ANN = {"handler": "Ann Archer"}


def school(
    cells: Mapping[str, object], people: Mapping[str, dict[str, object]], duty: Rows = (), domains: str = ""
) -> Ledger:
    rows = [{"name": name, **PEOPLE[name], **people.get(name.split()[0], {})} for name in PEOPLE]
    case = line(**{"department": "Maths", "about": "-", "decision": "accept", "decided_on": "2026-03-03", **cells})
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}]
    return ledger(
        "en", register=[case], index=index, people=rows, departments=DEPARTMENTS, escalation=LADDER, duty=duty,
        routing=[{"order": 1, "enabled": "yes", "department": "Maths"}],
        settings=[{"name": SETTING["allowed_domains"].label("en"), "value": domains}],
    )  # fmt: skip


def recipients_of(read: Ledger) -> Recipients:
    return Recipients(read.policy, read.register, judge(read, NOW), NOW.date())


def notice(kind: str, slot: str, level: int = 1, step: str = "reply", at: int = 0, holder: str = "") -> Notice:
    return Notice(
        kind, "" if at == NO_CASE else "LV-00001", at, step, date(2026, 3, 20), level, slot, NOW.date(), holder
    )


def said(told: Told) -> str:
    """Each way, then each who was left out: role, address or name, how or why, and for whom they stand in."""
    ways = [f"{way.slot}>{way.reader.address}:{way.how.value}{f'({way.of})' if way.of else ''}" for way in told.ways]
    out = [f"{one.slot}>{one.name}:{one.why.value}{f'({one.of})' if one.of else ''}" for one in told.left_out]
    return " ".join(ways) + (" | " + " ".join(out) if out else "")


TOLD: list[tuple[tuple[object, ...], dict[str, object], dict[str, dict[str, object]], str]] = [
    (
        ("escalation", "outside", 9),
        {"kind": "allegation", "about": ""},
        {"Olga": {"email": "maths@s.example"}},
        " | outside>Olga Otis:shared discipline>:nobody group>Rory Reed:kept",
    ),
    (("reminder", "handler"), ANN, {}, "handler>ann@s.example:holder"),
    (("reminder", "handler"), {"handler": "Annie"}, {}, "handler>ann@s.example:holder"),
    (("reminder", "handler"), {"handler": "ann  archer"}, {}, "handler>ann@s.example:holder"),
    (("reminder", "handler"), {}, {}, "handler>maths@s.example:mailbox handler>sums@s.example:mailbox"),
    (
        ("reminder", "handler"),
        {"handler": "Zoe Zed"},
        {},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Zoe Zed:unclear",
    ),
    *(
        (
            (kind, "handler"),
            {"handler": typed},
            {},
            f"handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>{typed}:unclear",
        )
        for kind in ("assignment", "reminder", "escalation")
        for typed in ("Ann Archer; Pam Pitt", "Ms Quimby", "Ann Arche", "Maths")
    ),
    (
        ("escalation", "handler"),
        {"handler": "Ms Quimby", "department": "Library"},
        {},
        "head>pam@s.example:passed_up | handler>Ms Quimby:unclear handler>Library:no_address",
    ),
    (
        ("escalation", "handler"),
        {"handler": "Ms Quimby", "department": "Office"},
        {},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | handler>Ms Quimby:unclear handler>Office:no_address head>:no_head",
    ),
    (
        ("escalation", "handler"),
        {"handler": "Ms Quimby", "about": "Maths", "restricted": "yes"},
        {},
        "leader>dora@s.example:passed_up | handler>Ms Quimby:unclear handler>Maths:conflict head>Ben Booth:conflict",
    ),
    (("reminder", "handler"), {"handler": "Ms Quimby", "department": ""}, {}, " | handler>Ms Quimby:unclear"),
    (("reminder", "handler"), {"department": ""}, {}, " | handler>:no_department"),
    (
        ("reminder", "handler"),
        {"department": "Office"},
        {},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | handler>Office:no_address head>:no_head",
    ),
    (
        ("reminder", "handler"),
        {"department": "Library"},
        {},
        "head>pam@s.example:passed_up | handler>Library:no_address",
    ),
    (
        ("reminder", "handler"),
        {"department": "mathematics"},
        {},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {"email": ""}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:no_address",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {"email": "nonsense"}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:no_address",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": AWAY},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {**AWAY, "stand_in": "Pam Pitt"}},
        "handler>pam@s.example:stand_in(Ann Archer)",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {**AWAY, "stand_in": "Pam Pitt"}, "Pam": {**AWAY, "stand_in": "Ed Eaton"}},
        "handler>ed@s.example:stand_in(Ann Archer)",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {**AWAY, "stand_in": "Pam Pitt"}, "Pam": {**AWAY, "stand_in": "Ann Archer"}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {**AWAY, "stand_in": "Pam Pitt"}, "Pam": {**AWAY, "stand_in": "Pam Pitt"}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("reminder", "handler"),
        ANN,
        {"Ann": {**AWAY, "stand_in": "Zoe Zed"}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "about": "Pam Pitt"},
        {"Ann": {**AWAY, "stand_in": "Pam Pitt"}},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Pam Pitt:conflict(Ann Archer)",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "department": "Library"},
        {"Ann": AWAY},
        "head>pam@s.example:passed_up | handler>Ann Archer:away handler>Library:no_address",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "department": "Library"},
        {"Ann": AWAY, "Pam": AWAY},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | handler>Ann Archer:away handler>Library:no_address head>Pam Pitt:away",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "department": "Office"},
        {"Ann": AWAY},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | handler>Ann Archer:away handler>Office:no_address head>:no_head",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "department": ""},
        {"Ann": AWAY},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | handler>Ann Archer:away",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "about": "Ben Booth"},
        {"Ann": AWAY},
        "leader>dora@s.example:passed_up | handler>Ann Archer:away handler>Maths:conflict head>Ben Booth:conflict",
    ),
    (
        ("reminder", "handler"),
        {**ANN, "about": "Ben Booth; Dora Dunn"},
        {"Ann": AWAY, "Gus": {"email": ""}},
        "outside>olga@x.example:passed_up | handler>Ann Archer:away handler>Maths:conflict head>Ben Booth:conflict leader>Dora Dunn:conflict principal>Gus Gray:no_address",
    ),
    (("reminder", "handler"), {**ANN, "about": "Ann Archer"}, {}, " | handler>Ann Archer:conflict"),
    (("reminder", "handler"), {"about": "Ben Booth"}, {}, " | handler>Maths:conflict"),
    (("reminder", "head"), ANN, {}, "head>ben@s.example:holder"),
    (
        ("reminder", "head"),
        ANN,
        {"Ben": AWAY},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | head>Ben Booth:away",
    ),
    (("reminder", "head"), {"department": "Garden"}, {}, "handler>garden@s.example:mailbox | head>Hal Hope:no_row"),
    (("reminder", "head"), {"department": ""}, {}, " | head>:no_department"),
    (
        ("reminder", "head"),
        {"department": "Office"},
        {},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | head>:no_head handler>Office:no_address",
    ),
    (("reminder", "leader"), ANN, {}, "leader>dora@s.example:holder"),
    (("reminder", "leader"), {"department": "Library"}, {}, "leader>dora@s.example:holder leader>ed@s.example:holder"),
    (("reminder", "leader"), ANN, {"Dora": AWAY}, " | leader>Dora Dunn:away"),
    (("reminder", "leader"), ANN, {"Dora": {"absent_from": "2026-03-01"}}, " | leader>Dora Dunn:left"),
    (("reminder", "leader"), ANN, {"Dora": {"email": "dora at s"}}, " | leader>Dora Dunn:no_address"),
    (("reminder", "handler"), {"department": "Chess"}, {}, " | handler>:no_department"),
    (("reminder", "head"), {"department": "Chess", **ANN}, {}, " | head>:no_department"),
    (
        ("reminder", "office"),
        {"kind": "allegation", "about": ""},
        {"Cleo": {"email": "dora@s.example"}},
        "outside>olga@x.example:passed_up | office>Cleo Cole:shared discipline>:nobody",
    ),
    (("reminder", "office"), ANN, {}, "office>cleo@s.example:holder office>desk@s.example:holder"),
    (("reminder", "group"), ANN, {}, " | group>Rory Reed:no_address"),
    (("reminder", "discipline"), ANN, {}, " | discipline>:nobody"),
    (("reminder", "Pam Pitt"), ANN, {}, "Pam Pitt>pam@s.example:holder"),
    (("reminder", "Library"), ANN, {}, " | handler>Library:no_address"),
    (("reminder", "Garden"), ANN, {}, "handler>garden@s.example:mailbox"),
    (("reminder", "Zoe Zed"), ANN, {}, " | Zoe Zed>Zoe Zed:unclear"),
    (("reminder", "handler", 1, "reply", 0, "Garden · Pam Pitt"), ANN, {}, "handler>garden@s.example:mailbox"),
    (("reminder", "handler", 1, "reply", 0, "Maths · Pam Pitt"), ANN, {}, "handler>ann@s.example:holder"),
    (("reminder", "handler", 1, "reply", 0, "Mathematics"), ANN, {}, "handler>ann@s.example:holder"),
    (("reminder", "handler", 1, "reply", 0, "Chess"), ANN, {}, "handler>ann@s.example:holder"),
    (("assignment", "handler"), ANN, {}, "handler>ann@s.example:holder"),
    (("assignment", "head"), ANN, {}, "head>ben@s.example:copied"),
    (
        ("assignment", "Pam Pitt"),
        ANN,
        {"Pam": {**AWAY, "stand_in": "Ed Eaton"}},
        "Pam Pitt>ed@s.example:copied(Pam Pitt)",
    ),
    (("assignment", "head"), {**ANN, "about": "Ben Booth"}, {}, " | head>Ben Booth:conflict"),
    (("assignment", "head"), ANN, {"Ben": AWAY}, " | head>Ben Booth:away"),
    (("assignment", "Garden"), ANN, {}, "Garden>garden@s.example:copied"),
    (("assignment", "Library"), ANN, {}, "Library>pam@s.example:copied | Library>Library:no_address"),
    (
        ("handed_over", "handler"),
        {**ANN, "department": "Office"},
        {"Ann": AWAY},
        " | handler>Ann Archer:away handler>Office:no_address head>:no_head",
    ),
    (("handed_over", "handler", 1, "", 0, "Garden"), {"department": "Office"}, {}, "handler>garden@s.example:mailbox"),
    (
        ("handed_over", "handler"),
        ANN,
        {"Ann": AWAY},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("escalation", "handler"),
        {**ANN, "about": "Ann Archer"},
        {},
        "leader>dora@s.example:passed_up | handler>Ann Archer:conflict",
    ),
    (
        ("escalation", "leader", 2),
        {**ANN, "about": "Dora Dunn"},
        {},
        "principal>gus@s.example:passed_up | leader>Dora Dunn:conflict group>Rory Reed:no_address",
    ),
    (
        ("escalation", "leader", 2),
        {**ANN, "about": "Dora Dunn; Gus Gray"},
        {},
        "outside>olga@x.example:passed_up | leader>Dora Dunn:conflict group>Rory Reed:no_address principal>Gus Gray:conflict",
    ),
    (("escalation", "group", 3), ANN, {}, "outside>olga@x.example:passed_up | group>Rory Reed:no_address"),
    (
        ("escalation", "office", 1, "decide"),
        {**ANN, "about": "Cleo Cole"},
        {},
        "outside>olga@x.example:passed_up | office>Cleo Cole:conflict discipline>:nobody",
    ),
    (
        ("escalation", "leader", 1, "feedback"),
        {"about": "Dora Dunn"},
        {"Olga": {"email": ""}},
        " | leader>Dora Dunn:conflict outside>Olga Otis:no_address discipline>:nobody group>Rory Reed:no_address",
    ),
    (
        ("escalation", "handler"),
        ANN,
        {"Ann": AWAY, "Ben": AWAY},
        "handler>maths@s.example:mailbox handler>sums@s.example:mailbox | handler>Ann Archer:away",
    ),
    (
        ("escalation", "head"),
        {"department": "Library", **ANN},
        {"Pam": AWAY, "Ann": AWAY},
        "leader>dora@s.example:passed_up leader>ed@s.example:passed_up | head>Pam Pitt:away handler>Library:no_address",
    ),
    (
        ("alert", "leader"),
        {**ANN, "about": "Dora Dunn"},
        {},
        "principal>gus@s.example:passed_up | leader>Dora Dunn:conflict",
    ),
    (
        ("alert", "principal"),
        {**ANN, "about": "Gus Gray"},
        {},
        "outside>olga@x.example:passed_up | principal>Gus Gray:conflict group>Rory Reed:no_address discipline>:nobody",
    ),
    (
        ("alert", "office"),
        {**ANN, "about": "Cleo Cole"},
        {},
        "outside>olga@x.example:passed_up | office>Cleo Cole:conflict discipline>:nobody",
    ),
    (("alert", "duty"), {**ANN, "about": "Cleo Cole"}, {}, " | duty>Cleo Cole:conflict"),
    (("alert", "outside"), {**ANN, "about": "Olga Otis"}, {}, " | outside>Olga Otis:conflict"),
    (
        ("alert", "leader"),
        {"kind": "allegation", "about": ""},
        {},
        "outside>olga@x.example:passed_up | leader>Dora Dunn:kept principal>Gus Gray:kept group>Rory Reed:kept discipline>:nobody",
    ),
    (("reminder", "leader"), {"kind": "allegation", "about": ""}, {}, " | leader>Dora Dunn:kept"),
    (
        ("reminder", "office"),
        {"kind": "allegation", "about": ""},
        {},
        "office>cleo@s.example:holder office>desk@s.example:holder",
    ),
    (("alert", "leader"), {"about": "", "summary": "Dora Dunn must act"}, {}, "leader>dora@s.example:holder"),
    (("reminder", "leader"), {"about": "", "summary": "Dora Dunn must act"}, {}, " | leader>Dora Dunn:conflict"),
    (("alert", "handler"), {**ANN, "about": "Ann Archer"}, {}, " | handler>Ann Archer:conflict"),
    (
        ("digest_office", "Cleo Cole", 1, "", NO_CASE),
        {},
        {},
        "Cleo Cole>cleo@s.example:holder Cleo Cole>desk@s.example:holder",
    ),
    (
        ("digest_leader", "Dora Dunn", 1, "", NO_CASE),
        {},
        {"Dora": {**AWAY, "stand_in": "Ed Eaton"}},
        "Dora Dunn>ed@s.example:stand_in(Dora Dunn)",
    ),
    (("digest_leader", "leader", 1, "", NO_CASE), {}, {}, " | leader>leader:unclear"),
    (("failure", "administrator", 1, "", NO_CASE), {}, {}, " | administrator>:nobody"),
    (
        ("failure", "leader", 1, "", NO_CASE),
        {},
        {"Ed": {"email": ""}},
        "leader>dora@s.example:holder | leader>Ed Eaton:no_address",
    ),
    (("stop", "Garden", 1, "", NO_CASE), {}, {}, "handler>garden@s.example:mailbox"),
]


@pytest.mark.parametrize(("asked", "cells", "people", "expected"), TOLD)
def test_who_is_told_and_who_is_left_out(
    asked: tuple[object, ...], cells: dict[str, object], people: dict[str, dict[str, object]], expected: str
) -> None:
    assert said(recipients_of(school(cells, people)).told(notice(*asked))) == expected  # type: ignore[arg-type]


SHIFTS = (
    {"date": "2026-03-16", "until": "2026-03-17", "person": "Gus Gray"},
    {"date": "2026-03-18", "until": "2026-03-20", "person": "Pam Pitt"},
    {"date": "2026-03-17", "until": "2026-03-18", "person": "Ed Eaton"},
    {"date": "2026-03-19", "until": "2026-03-20", "person": "Gus Gray"},
)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        (SHIFTS, "duty>pam@s.example:holder duty>ed@s.example:holder"),
        (SHIFTS[:1], "duty>cleo@s.example:holder duty>desk@s.example:holder"),  # nobody's turn: whoever has the role
        (
            [{"date": "2026-03-18", "person": "Pam Pitt (morning), Ed Eaton (afternoon)"}],
            "duty>ed@s.example:holder duty>pam@s.example:holder duty>cleo@s.example:holder duty>desk@s.example:holder",
        ),
        # a slip in Duty must not silence an alert, nor one in the row of People of whoever is on duty
        ([{"date": "2026-03-18", "person": "Zoe Zed"}], "duty>cleo@s.example:holder duty>desk@s.example:holder"),
        (
            [{"date": "2026-03-18", "person": "Rory Reed"}],
            "duty>cleo@s.example:holder duty>desk@s.example:holder | duty>Rory Reed:no_row",
        ),
    ],
)
def test_whoever_is_on_duty(duty: Rows, expected: str) -> None:
    recipients = recipients_of(school(ANN, {"Rory": {"role": "wizard"}}, duty))
    assert said(recipients.told(notice("alert", "duty"))) == expected
    assert [one.address for one in recipients.in_role("duty")] == ["cleo@s.example", "desk@s.example"]


@pytest.mark.parametrize(
    ("domains", "ann", "olga"),
    [
        ("", True, True),
        ("s.example", True, False),
        (" S.Example ; y.example", True, False),
        ("y.example；X.example", False, True),
        ("y.example", False, False),
        ("example", True, True),  # no domain at all: said beside the setting
        ("@s.example", True, False),
        ("s.example, x.example", True, True),
        ("s.example、y.example", True, False),
        ("y.example\nx.example", False, True),
        ("ｓ．example　y.example", True, False),
        ("*.example", True, True),
        ("*.s.example", True, False),
        ("*.le", False, False),
        ("example; x.example", False, True),
        ("office@s.example", True, False),
    ],
)
def test_only_allowed_domains_are_written_to(domains: str, ann: bool, olga: bool) -> None:
    read = school(ANN, {}, domains=domains)
    readers = [
        Recipient("", address) for address in ("ann@S.example", "olga@x.example", "", "no address", "a@b@s.example")
    ]
    assert [may_be_written_to(read.policy, one) for one in readers] == [ann, olga, False, False, False]
    told = said(recipients_of(read).told(notice("reminder", "handler")))
    above = [("leader", "Dora Dunn"), ("principal", "Gus Gray"), *([] if olga else [("outside", "Olga Otis")])]
    barred = [("handler", "Ann Archer"), ("handler", "Maths"), ("head", "Ben Booth"), *above]
    left_out = " | " + " ".join(f"{slot}>{name}:not_allowed" for slot, name in barred)
    left_out += "" if olga else " group>Rory Reed:no_address"
    passed_up = "outside>olga@x.example:passed_up" if olga else ""
    assert told == ("handler>ann@s.example:holder" if ann else passed_up + left_out)


def test_a_departments_mail_goes_to_its_mailbox_else_to_its_head_or_whoever_is_there_instead() -> None:
    read = school({}, {})
    departments = {one.name: one for one in read.policy.departments}
    mailbox = recipients_of(read).told(notice("reminder", "handler")).readers[0]
    assert mailbox == recipients_of(read).of_department(departments["Maths"])[0]
    assert mailbox == Recipient("Maths", "maths@s.example", is_department=True)

    def reached(name: str, **people: dict[str, object]) -> list[str]:
        return [one.address for one in recipients_of(school({}, people)).of_department(departments[name])]

    assert [reached(name) for name in ("Maths", "Library", "Office")] == [
        ["maths@s.example", "sums@s.example"], ["pam@s.example"], [],
    ]  # fmt: skip
    assert reached("Library", Pam={**AWAY, "stand_in": "Ed Eaton"}) == ["ed@s.example"]


def test_each_notice_is_asked_for_itself() -> None:
    """Answers are remembered, by all that they depend on."""
    people = [{"name": name, **PEOPLE[name]} for name in PEOPLE]
    cells = (
        {"handler": "Ann Archer", "about": "Ann Archer"}, {"handler": "Ann Archer"}, {"handler": "Pam Pitt"}, {},
        {"handler": "Ann Archer", "about": "Dora Dunn"}, {"department": "Garden", "handler": "Ann Archer"},
    )  # fmt: skip
    lines = [
        line(f"LV-0000{at}", **{"department": "Maths", "about": "-", **one}) for at, one in enumerate(cells, start=1)
    ]
    index = [{"case_no": one["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for one in lines]
    read = ledger("en", register=lines, index=index, people=people, departments=DEPARTMENTS, escalation=LADDER)
    recipients = recipients_of(read)

    def told(kind: str, slot: str, at: int, level: int = 1, step: str = "reply", holder: str = "") -> str:
        return " ".join(one.address for one in recipients.told(notice(kind, slot, level, step, at, holder)).readers)

    for _ in range(2):
        assert [told("reminder", "handler", at) for at in range(6)] == [
            "", "ann@s.example", "pam@s.example", "maths@s.example sums@s.example", "ann@s.example", "ann@s.example",
        ]  # fmt: skip
        # a role that is no level's own is only asked to explain: that goes to nobody else
        assert [told("escalation", slot, 0, level) for slot, level in (("handler", 1), ("handler", 2), ("head", 2))] == [
            "dora@s.example", "", "ben@s.example",
        ]  # fmt: skip
        assert [told("escalation", slot, 1, level) for slot, level in (("leader", 2), ("group", 3), ("group", 1))] == [
            "dora@s.example", "olga@x.example", "",
        ]  # fmt: skip
        assert told("escalation", "leader", 4, 2) == "gus@s.example"
        assert told("escalation", "office", 0, 1, "decide") != ""
        assert told("reminder", "group", 1) == ""
        assert told("alert", "group", 1) == "olga@x.example"
        assert [told("reminder", "handler", 1, holder=name) for name in ("", "Garden")] == [
            "ann@s.example",
            "garden@s.example",
        ]
        assert [told("reminder", "leader", at) for at in (1, 4, 5)] == [
            "dora@s.example",
            "",
            "dora@s.example ed@s.example",
        ]
        assert told("failure", "leader", NO_CASE) == "dora@s.example ed@s.example"
        assert told("digest_leader", "leader", NO_CASE) == ""


def test_why_nobody_in_a_role_is_told() -> None:
    ann, ben = Recipient("Ann", "ann@s"), Recipient("Ben", "ben@s")
    held, passed = Way(ann, How.HOLDER, "handler"), Way(ben, How.PASSED_UP, "leader")
    out = [LeftOut("leader", "Dora", why) for why in (Why.NOBODY, Why.AWAY, Why.NO_ADDRESS)]
    told = Told((held, passed), (*out, LeftOut("handler", "Zoe", Why.CONFLICT), LeftOut("head", "Ben", Why.KEPT)))
    assert [told.whys(slot) for slot in ("handler", "leader", "head", "duty")] == [
        (), (Why.AWAY, Why.NO_ADDRESS, Why.NOBODY), (Why.KEPT,), (),
    ]  # fmt: skip
    assert (told.readers, told.passed_up, Told((held,)).passed_up, Told().passed_up) == ((ann, ben), True, False, False)
    assert [told.way_to(one) for one in (ben, ann, Recipient("Ben", ""))] == [passed, held, None]
