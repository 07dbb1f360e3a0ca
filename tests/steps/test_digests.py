"""Whose digest is due on which day, and which cases it lists for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from automation.cases.cases import Cases, cases_of
from automation.steps.digests import digest, lists_for, visible_to
from automation.steps.needs_attention import Attention, attention
from automation.steps.validation import derive
from tests.support.ledger_in_memory import Rows, ledger, line

PEOPLE: Rows = (
    {"name": "李敏", "role": "信访办", "email": "li@s.example"},
    {"name": "赵刚", "role": "分管领导", "email": "zhao@s.example", "digest": "每周"},
    {"name": "孙校长", "role": "校长", "email": "sun@s.example", "digest": "每日"},
    {"name": "王强", "role": "部门负责人", "email": "wang@s.example", "digest": "每周"},
    {"name": "周立", "role": "经办人", "email": "zhou@s.example", "digest": "不发送"},
)
DEPARTMENTS: Rows = ({"name": "教务处", "head": "王强", "leader": "赵刚"}, {"name": "总务处", "head": "周立"})
ROUTING: Rows = ({"order": 1, "enabled": "启用", "department": "教务处"},)
RULE = {
    "enabled": "是",
    "step": "答复",
    "who": "经办人",
    "starts_from": "收到日期",
    "amount": 20,
    "unit": "日",
    "roll_forward": "否",
    "remind_before": "7",
}


def cases_at(moment: str, register: Rows, seen: str = "2026-03-02", **tabs: Rows) -> Cases:
    now = datetime.fromisoformat(moment)
    index = [{"case_no": row["case_no"], "first_seen": seen, "issued_on": seen} for row in register]
    given = {
        "people": PEOPLE,
        "departments": DEPARTMENTS,
        "deadlines": [RULE],
        "index": index,
        "register": register,
        "duty": [],
        "routing": ROUTING,
        "escalation": [],
        **tabs,
    }
    return cases_of(derive(ledger(**given), now).ledger, now)


ACCEPTED = {"decision": "受理", "decided_on": "2026-03-03", "department": "教务处"}
QUIET = [line(**ACCEPTED, received_on="2026-03-17")]
LATE = [line(**ACCEPTED, received_on="2026-02-02")]


@pytest.mark.parametrize(
    ("moment", "register", "due"),
    [
        # a Wednesday: weekly also when nothing is late; daily only with content (docs/design.md#p4.14)
        (
            "2026-03-18T09:00",
            QUIET,
            [("digest_leader", "赵刚", date(2026, 3, 16)), ("digest_leader", "王强", date(2026, 3, 16))],
        ),
        (
            "2026-03-18T09:00",
            LATE,
            [
                ("digest_office", "李敏", date(2026, 3, 18)),
                ("digest_leader", "赵刚", date(2026, 3, 16)),
                ("digest_leader", "孙校长", date(2026, 3, 18)),
                ("digest_leader", "王强", date(2026, 3, 16)),
            ],
        ),
        ("2026-03-21T09:00", LATE, []),  # a Saturday
        (
            "2026-03-23T09:00",
            QUIET,
            [("digest_leader", "赵刚", date(2026, 3, 23)), ("digest_leader", "王强", date(2026, 3, 23))],
        ),
    ],
)
def test_whose_is_due(moment: str, register: Rows, due: list[object]) -> None:
    cases = cases_at(moment, register)
    assert [(one.kind, one.slot, one.due_on) for one in digest(cases, cases.now)] == due


AWAY = {**PEOPLE[2], "absent_from": "2026-03-01", "stand_in": "周立"}


@pytest.mark.parametrize(
    ("about", "due"), [("-", ["李敏", "赵刚", "孙校长", "王强"]), ("周立", ["李敏", "赵刚", "王强"])]
)
def test_a_stand_in_gets_no_digest_that_is_only_due_for_a_case_about_them(about: str, due: list[str]) -> None:
    """The principal is away and would read of one late case; whoever reads it instead must not know of it."""
    people = (*PEOPLE[:2], AWAY, PEOPLE[3], {"name": "周立", "role": "校长", "email": "zhou@s.example"})
    cases = cases_at("2026-03-18T09:00", [line(**ACCEPTED, received_on="2026-02-02", about=about)], people=people)
    assert [one.slot for one in digest(cases, cases.now) if one.slot != "周立"] == due


def lists(cases: Cases, reader: str) -> dict[str, list[str]]:
    person = next(one for one in cases.ledger.policy.people if one.name == reader)
    lists = lists_for(cases, person)
    numbers = cases.register["case_no"]
    return {
        key: [numbers[i] for i in getattr(lists, key).tolist()]
        for key in ("late", "soon", "superiors", "instructions", "open")
    }


REGISTER = [
    line("LV-00001", **ACCEPTED, received_on="2026-02-20"),  # due 12 March: late
    line("LV-00002", **ACCEPTED, received_on="2026-02-02"),  # due 22 February: later still
    line("LV-00003", **ACCEPTED, received_on="2026-03-04"),  # due 24 March: soon
    line(
        "LV-00004",
        **{**ACCEPTED, "department": "总务处"},
        channel="上级交办",
        superior_ref="x",
        superior_due="2026-05-01",
        received_on="2026-03-16",
    ),
    line("LV-00005", **ACCEPTED, received_on="2026-03-16", leader_note="请尽快回复"),
    line("LV-00006", **ACCEPTED, received_on="2026-02-02", about="赵刚"),
    line("LV-00007", received_on="2026-02-02", decision="作废", decided_on="2026-02-02", reason="误登"),
]
EVERYTHING = {
    "late": ["LV-00002", "LV-00006", "LV-00001"],
    "soon": ["LV-00003"],
    "superiors": ["LV-00004"],
    "instructions": ["LV-00005"],
    "open": ["LV-00002", "LV-00006", "LV-00001", "LV-00003", "LV-00004", "LV-00005"],
}


@pytest.mark.parametrize(
    ("reader", "without"),
    [
        ("李敏", set()),
        ("孙校长", set()),
        ("赵刚", {"LV-00006"}),  # not the case about him
        ("王强", {"LV-00004"}),  # a head reads of his own department only
        ("周立", {"LV-00001", "LV-00002", "LV-00003", "LV-00005", "LV-00006"}),
    ],
)
def test_what_each_reader_is_told(reader: str, without: set[str]) -> None:
    shown = lists(cases_at("2026-03-18T09:00", REGISTER), reader)
    assert shown == {
        key: [number for number in numbers if number not in without] for key, numbers in EVERYTHING.items()
    }


WANTED_BACK = [
    line(
        "LV-00001",
        **ACCEPTED,
        channel="上级交办",
        superior_ref="x",
        superior_due="2026-05-01",
        received_on="2026-03-16",
    ),
    line(
        "LV-00002",
        **ACCEPTED,
        channel="上级交办",
        superior_ref="y",
        superior_due="2026-03-20",
        received_on="2026-03-16",
    ),
    line("LV-00003", **ACCEPTED, channel="领导交办", received_on="2026-03-16"),
    line("LV-00004", **ACCEPTED, channel="领导交办", received_on="2026-03-16", fed_back_on="2026-03-17"),
]
"""Each answer is due on 5 April, or on the authority's own day if that is earlier; a leader named no day."""


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ("孙校长", [("LV-00002", "feedback", "2026-03-20"), ("LV-00001", "feedback", "2026-05-01"), ("LV-00003", "feedback", "NaT")]),
        ("王强", [("LV-00002", "reply", "2026-03-20"), ("LV-00001", "reply", "2026-04-05"), ("LV-00003", "reply", "2026-04-05")]),
    ],
)  # fmt: skip
def test_what_is_wanted_back_shows_the_day_by_which_it_is(reader: str, shown: list[tuple[str, str, str]]) -> None:
    """And not that of whatever else is due before; a department reads the day of its own answer (docs/design.md#p4.26)."""
    notify = {**RULE, "step": "告知", "amount": 5}
    cases = cases_at("2026-03-18T09:00", WANTED_BACK, deadlines=[RULE, notify])
    found = lists_for(cases, next(one for one in cases.ledger.policy.people if one.name == reader))
    step, due = found.shown["superiors"]
    numbers = cases.register["case_no"]
    assert [(numbers[i], step[i], str(due[i])) for i in found.superiors.tolist()] == shown


def test_a_date_that_moved_under_an_untouched_row_is_told_for_a_week() -> None:
    """When a due date moves though nobody touched the row, the digest says so (docs/design.md#p3.14)."""
    register = [line(**ACCEPTED, received_on="2026-03-02")]
    first = cases_at("2026-03-16T09:00", register).ledger
    written = {key: first.index[key][0] for key in ("case_no", "first_seen", "issued_on", "fingerprint")}
    row = {**register[0], "step": "答复", "due_on": "2026-03-22"}
    moved_on = []
    for moment, amount, cells in (
        ("2026-03-17T09:00", 20, row),
        ("2026-03-17T09:00", 25, row),
        ("2026-03-17T09:00", 25, {**row, "summary": "改过"}),
    ):
        cases = cases_at(moment, [cells], index=[written], deadlines=[{**RULE, "amount": amount}])
        moved_on.append(str(cases.ledger.index["due_moved_on"][0]))
    assert moved_on == ["NaT", "2026-03-17", "NaT"]
    for days, shown in ((0, 1), (7, 1), (8, 0)):
        moment = datetime.fromisoformat("2026-03-17T09:00") + timedelta(days=days)
        cases = cases_at(moment.isoformat(), [row], index=[{**written, "due_moved_on": "2026-03-17"}])
        assert len(lists_for(cases, cases.ledger.policy.people[0]).moved) == shown


RUNS = [
    {"run": "r", "at": datetime.fromisoformat(f"2026-03-{day:02d}T09:00"), "command": "run"}
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 16, 17)
]
NO_TOPIC = [line(topic="没有此项", received_on="2026-03-16")]


@pytest.mark.parametrize(
    ("since", "moment", "said"),
    [
        (None, "2026-03-18T09:00", 0),
        # by 07:00 a problem must be two hours old (`problem_grace`, docs/design.md#p4.4)
        ("2026-03-18T04:59", "2026-03-18T09:00", 1),
        ("2026-03-18T05:01", "2026-03-18T09:00", 0),
        ("2026-03-18T08:00", "2026-03-18T17:00", 0),
    ],
)
def test_a_row_being_typed_is_not_nagged_about(since: str | None, moment: str, said: int) -> None:
    index = {"case_no": "LV-00001", "first_seen": "2026-03-16", "issued_on": "2026-03-02"}
    if since:
        index |= {"problem_codes": "unknown_topic", "problems_since": datetime.fromisoformat(since)}
    cases = cases_at(moment, NO_TOPIC, index=[index])
    person = cases.ledger.policy.people[0]
    found = attention(cases, visible_to(person, cases.ledger.policy))
    assert len({one.case_no for one in found.rows}) == said


def test_days_without_a_run_and_days_without_duty() -> None:
    duty = [
        {"date": "2026-03-01", "until": "2026-03-19", "person": "李敏"},
        {"date": "2026-03-24", "person": "李敏"},
    ]
    cases = cases_at("2026-03-18T09:00", QUIET, runs=RUNS, duty=duty)
    found = attention(cases, visible_to(cases.ledger.policy.people[0], cases.ledger.policy))
    assert (found.missed_runs, found.no_duty) == (
        (date(2026, 3, 13),),
        (date(2026, 3, 20), date(2026, 3, 23)),
    )


@pytest.mark.parametrize(
    ("state", "about", "seen"),
    [
        ("failed", "", True),
        ("uncertain", "", True),
        ("sent", "", False),
        ("void", "", False),
        ("failed", "李敏", False),
    ],
)
def test_mails_that_reached_nobody(state: str, about: str, *, seen: bool) -> None:
    notice = {
        "key": "k",
        "case_no": "LV-00001",
        "kind": "reminder",
        "state": state,
        "to": "x@s.example",
        "claimed_at": datetime.fromisoformat("2026-03-17T09:00"),
    }
    cases = cases_at("2026-03-18T09:00", [line(**ACCEPTED, about=about)], notices=[notice])
    found = attention(cases, visible_to(cases.ledger.policy.people[0], cases.ledger.policy))
    assert found.stuck_mails == ((0,) if seen else ())


def test_nothing_is_nothing() -> None:
    assert not Attention().anything


@pytest.mark.parametrize("told", ["信访办", "分管领导", "校长"])
@pytest.mark.parametrize(("moment", "step"), [("2026-03-20T09:00", "notify"), ("2026-03-27T09:00", "reply")])
def test_a_notice_of_which_somebody_was_told_hides_no_late_answer(told: str, moment: str, step: str) -> None:
    """The notice was due on 16 March, the reply on 23 March: of which nobody was told yet."""
    notice = {**RULE, "step": "告知", "who": "信访办", "starts_from": "受理日期", "amount": 13}
    rung = {"step": "告知", "level": 1, "after": 1, "unit": "工作日", "to": told}
    case = line(**ACCEPTED, received_on="2026-03-03")
    cases = cases_at(moment, [case], deadlines=[RULE, notice], escalation=[rung])
    for person in cases.ledger.policy.people[:3]:
        found = lists_for(cases, person)
        assert [str(found.shown["late"][0][at]) for at in found.late] == [step]
