"""Each indicator's figure and the cases behind it, in the register and in Filing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from automation.cases.cases import cases_of
from automation.cases.indicator_text import missed, target, value_text
from automation.cases.indicators import Value, indicators, month_of, stock_of, values
from automation.steps.digests import visible_to
from automation.steps.validation import derive
from tests.support.ledger_in_memory import Rows, ledger, line

NOW = datetime(2026, 3, 18, 9)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
BY_KEY = {one.key: one for one in indicators(5)}
DEADLINES: Rows = [
    {
        "enabled": "是",
        "step": step,
        "who": "经办人",
        "starts_from": start,
        "amount": amount,
        "unit": "日",
        "roll_forward": "否",
    }
    for step, start, amount in (
        ("告知", "收到日期", 10),
        ("答复", "受理日期", 10),
        ("法定时限", "受理日期", 60),
        ("反馈交办方", "收到日期", 12),
    )
]


def stock(register: Rows, filing: Rows = (), reader: str = "李敏"):
    index = [
        {"case_no": row["case_no"], "first_seen": "2026-03-01", "issued_on": "2026-03-01"}
        for row in (*register, *filing)
    ]
    read = ledger(register=register, filing=filing, index=index, deadlines=DEADLINES)
    cases = cases_of(derive(read, NOW).ledger, NOW)
    person = next(one for one in cases.ledger.policy.people if one.name == reader)
    return stock_of(cases, visible_to(person, cases.ledger.policy))


def case(number: int, **cells: object) -> dict[str, object]:
    """A case accepted on the day it was received, unless `cells` say otherwise."""
    day = cells.get("received_on", "2026-03-02")
    return line(f"LV-{number:05d}", **{"decision": "受理", "decided_on": day, **cells})


DONE = {"outcome": "支持", "replied_on": "2026-03-10", "notified_on": "2026-03-05"}
LATE = {"outcome": "支持", "replied_on": "2026-03-16", "notified_on": "2026-03-15"}


@pytest.mark.parametrize(
    ("key", "register", "expected"),
    [
        # due on the 12th: told on the 5th, told on the 15th (late); received on the 16th and not due yet
        (
            "notified_in_time",
            [case(1, **DONE), case(2, **LATE), case(3, received_on="2026-03-16")],
            Value(1, 2, ("LV-00002",)),
        ),
        # nobody to tell: anonymous without contact
        ("notified_in_time", [case(1, petitioner="匿名", contact="")], Value(0, 0)),
        (
            "replied_in_time",
            [case(1, **DONE), case(2, **LATE), case(3), case(4, received_on="2026-03-16")],
            Value(1, 3, ("LV-00002", "LV-00003")),
        ),
        (
            "within_legal_limit",
            [case(1, received_on="2026-01-02", replied_on="2026-03-02", outcome="支持")],
            Value(1, 1),
        ),
        # received in March: answered; late and still open; not due yet; a repeat
        (
            "first_time_settled",
            [case(1, **DONE), case(2), case(3, received_on="2026-03-16"), case(4, **DONE, repeat_of="LV-00001")],
            Value(1, 2, ("LV-00002",)),
        ),
        (
            "satisfied",
            [case(1, **DONE, satisfaction="满意"), case(2, **DONE, satisfaction="不满意"), case(3, **DONE)],
            Value(1, 2, ("LV-00002",)),
        ),
        ("rated", [case(1, **DONE, satisfaction="满意"), case(2, **DONE)], Value(1, 2, ("LV-00002",))),
        ("days_taken", [case(1, **DONE), case(2, **LATE)], Value(11, 2, ("LV-00001", "LV-00002"), 11)),
        (
            "days_taken",
            [case(1, replied_on="2026-03-01", outcome="支持")],
            Value(0, 0),
        ),  # replied before it was received: a slip, not minus one day
        ("repeated", [case(1), case(2, repeat_of="LV-00001"), case(3, repeat_of="无")], Value(1, 3, ("LV-00002",))),
        (
            "reported_back_in_time",
            [
                case(1, channel="上级交办", superior_ref="x", superior_due="2026-03-10", fed_back_on="2026-03-10"),
                case(2, channel="领导交办"),
            ],
            Value(1, 2, ("LV-00002",)),
        ),
        ("collective", [case(1, people=5), case(2, people=4)], Value(1, 1, ("LV-00001",))),
        ("collective", [case(1, petitioner="王芳、李明、张伟、刘洋、陈静"), case(2)], Value(1, 1, ("LV-00001",))),
        ("collective", [case(1, people=30, channel="来信"), case(2, people="约30")], Value(1, 1, ("LV-00002",))),
        ("joint", [case(1, people=30, channel="来信"), case(2, people=30)], Value(1, 1, ("LV-00001",))),
        # what is void counts nowhere
        *(
            (key, [case(1, people=9, leapfrog="✓", decision="作废", reason="x")], Value(0, 0))
            for key in ("received", "collective", "leapfrog")
        ),
        ("leapfrog", [case(1, leapfrog="✓", channel="来信")], Value(0, 0)),
        ("repeat_collective", [case(1, people=5), case(2, people=6, repeat_of="LV-00001")], Value(1, 1, ("LV-00002",))),
        ("leapfrog", [case(1, leapfrog="✓"), case(2)], Value(1, 1, ("LV-00001",))),
        ("received", [case(1), case(2, received_on="2026-02-28")], Value(1, 1, ("LV-00001",))),
    ],
)
def test_over_march(key: str, register: Rows, expected: Value) -> None:
    assert values(BY_KEY[key], stock(register), MARCH) == expected


def test_filed_cases_count_too() -> None:
    found = stock([case(1, **LATE)], [case(2, **DONE), case(3, **DONE)])
    assert values(BY_KEY["replied_in_time"], found, MARCH) == Value(2, 3, ("LV-00001",))


def test_a_reader_in_conflict_sees_figures_without_the_case() -> None:
    register, filing = [case(1), case(2, about="王强")], [case(3, **DONE), case(4, **DONE, about="王强")]
    assert values(BY_KEY["received"], stock(register, filing), MARCH).numbers == (
        "LV-00001",
        "LV-00002",
        "LV-00003",
        "LV-00004",
    )
    about_li = stock([case(1), case(2, about="李敏")], [case(3), case(4, about="李敏")])
    assert values(BY_KEY["received"], about_li, MARCH).numbers == ("LV-00001", "LV-00003")


def test_every_indicator_of_nothing() -> None:
    """Nothing of nothing is shown as a dash, never as 100 % (docs/design.md#p4.23)."""
    empty = stock([])
    shown = {key: value_text(one, values(one, empty, MARCH), "en") for key, one in BY_KEY.items()}
    assert shown == {
        **dict.fromkeys(BY_KEY, "–"), "received": "0", "collective": "0", "joint": "0", "repeat_collective": "0", "leapfrog": "0",
        "waited": "0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "en", "zh", "falls_short"),
    [
        ("replied_in_time", Value(199, 200, ("LV-1",)), "99% (199/200)", "99%（199/200）", True),
        ("replied_in_time", Value(2, 2), "100% (2/2)", "100%（2/2）", False),
        ("leapfrog", Value(1, 1), "1", "1", True),
        ("satisfied", Value(0, 1), "0% (0/1)", "0%（0/1）", False),
        ("days_taken", Value(12.55, 2, (), 10), "12.6; 10", "12.6；10", False),
    ],
)
def test_how_a_value_is_shown(key: str, value: Value, en: str, zh: str, *, falls_short: bool) -> None:
    one = BY_KEY[key]
    assert (value_text(one, value, "en"), value_text(one, value, "zh"), missed(one, value)) == (en, zh, falls_short)


def test_targets() -> None:
    shown = {key: target(one, "en") for key, one in BY_KEY.items()}
    in_time = (
        "notified_in_time",
        "replied_in_time",
        "within_legal_limit",
        "first_time_settled",
        "reported_back_in_time",
    )
    assert shown == {
        **dict.fromkeys(BY_KEY, ""),
        **dict.fromkeys(in_time, "100%"),
        **dict.fromkeys(("collective", "repeat_collective", "leapfrog"), "0"),
    }


@pytest.mark.parametrize(
    ("back", "first", "last"),
    [
        (0, "2026-03-01", "2026-03-31"),
        (1, "2026-02-01", "2026-02-28"),
        (2, "2026-01-01", "2026-01-31"),
        (3, "2025-12-01", "2025-12-31"),
    ],
)
def test_months(back: int, first: str, last: str) -> None:
    assert month_of(date(2026, 3, 18), back) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("about", "repeats"), [("", 1), ("李敏", 0), ("赵刚", 1)])
def test_a_repeat_does_not_tell_its_reader_of_a_case_they_must_not_know_of(about: str, repeats: int) -> None:
    found = values(BY_KEY["repeated"], stock([case(1, about=about), case(2, repeat_of="LV-00001")]), MARCH)
    assert found.part == repeats
