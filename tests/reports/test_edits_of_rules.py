"""No edit of rules or calendar that is dated D changes a byte of a report on a period that ends before D (docs/design.md#p3.17).

Fifty ledgers and edits here; thousands with `LEDGER_RULE_EDITS=10000 pytest tests/reports/test_edits_of_rules.py`.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from automation.cases.cases import Cases, cases_of
from automation.ledger.model import Ledger
from automation.ledger.rules_seen import with_rules_seen
from automation.reports.as_json import as_json
from automation.reports.build import report_of
from automation.reports.model import Period
from automation.steps.rule_edits import dated_rules
from automation.steps.validation import derive
from tests.support.ledger_in_memory import Rows, ledger, line

Row = dict[str, object]
COUNT = int(os.environ.get("LEDGER_RULE_EDITS", "50"))
NOW = datetime(2026, 6, 18, 9)
BEGIN = date(2026, 1, 5)
STARTS = {
    "受理": ("收到日期",), "告知": ("收到日期",), "答复": ("收到日期", "受理日期"), "法定时限": ("收到日期", "受理日期"),
    "反馈交办方": ("收到日期", "受理日期"), "复查": ("申请复查日期",), "异议期": ("答复日期",),
}  # fmt: skip
KINDS, CHANNELS = ("", "申诉求决", "咨询", "建议"), ("", "来访", "上级交办", "领导交办")
TODAYS = {"now", "late", "ages", "due_on", "step", "days_late", "integrity"}
"""What a report says of its own day, and not of its period."""
OF_TODAY = ("first_time_settled",)
"""The figures that leave out what is not late yet on the report's own day."""


def some_rule(random: Random) -> Row:
    step = random.choice([*STARTS])
    return {
        "enabled": random.choice(("是", "是", "否")), "step": step, "starts_from": random.choice(STARTS[step]), "kind": random.choice(KINDS),
        "channel": random.choice(CHANNELS), "amount": random.choice((0, 2, 5, 10, 15, 30, 60)), "who": "经办人",
        "unit": random.choice(("日", "工作日", "上课日")), "roll_forward": random.choice(("是", "否")),
        "extend_up_to": random.choice(("", 30)),
    }  # fmt: skip


def some_rules(random: Random) -> list[Row]:
    """Rules of which none is a rival of another: which of two counts is said by their order, and by a problem beside them."""
    rules = ({**some_rule(random), "enabled": "是"} for _ in range(16))
    return [*{tuple(str(rule[key]) for key in ("step", "kind", "channel")): rule for rule in rules}.values()]


def some_case(random: Random, number: int) -> Row:
    def later(day: date, most: int) -> date:
        return min(day + timedelta(random.randrange(most)), NOW.date())

    received = BEGIN + timedelta(random.randrange(160))
    cells: Row = {
        "received_on": str(received),
        "kind": random.choice(KINDS[1:]),
        "channel": random.choice(CHANNELS[1:]),
    }
    if random.random() < 0.8:
        decided = later(received, 20)
        cells |= {
            "decision": random.choice(("受理", "受理", "受理", "不予受理")),
            "decided_on": str(decided),
            "reason": "有理",
        }
        if random.random() < 0.7:
            cells |= {"notified_on": str(later(decided, 20))}
        if random.random() < 0.6:
            replied = later(decided, 70)
            cells |= {"replied_on": str(replied), "outcome": "支持"}
            if random.random() < 0.3:
                cells |= {"review_on": str(later(replied, 40))}
    if random.random() < 0.3:
        cells |= {
            "superior_ref": "7号",
            "superior_due": str(later(received, 60)),
            "fed_back_on": str(later(received, 90)),
        }
    if random.random() < 0.2:
        cells |= {
            "extended_to": str(received + timedelta(random.randrange(20, 90))),
            "extension_by": "赵刚",
            "extension_reason": "调查",
        }
    return line(f"LV-{number:05d}", **cells)


def day_off(random: Random) -> Row:
    first = BEGIN + timedelta(random.randrange(200))
    kind = random.choice(("放假", "调休上班", "校历假期"))
    return {"date": str(first), "until": str(first + timedelta(random.randrange(8))), "kind": kind, "name": "假"}


def by_hand(random: Random, rules: list[Row], day: date) -> list[Row]:
    """The rules with rows ended and rows begun, each with its day."""
    ended = [{**rule, **({"until": str(day - timedelta(1))} if random.random() < 0.5 else {})} for rule in rules]
    new = [{**some_rule(random), "from": str(day), "open_cases": random.choice(("", "是"))} for _ in range(5)]
    new += [{**rule, "amount": random.choice((1, 9, 40)), "from": str(day)} for rule in rules if random.random() < 0.3]
    random.shuffle(new)
    return [*new[:3], *ended, *new[3:]]


def over_typed(random: Random, rules: list[Row]) -> list[Row]:
    """The rules with rows changed, taken out, added and sorted, and no day with them."""
    kept = [{**rule} for rule in rules if random.random() < 0.8]
    for rule in kept:
        if random.random() < 0.5:
            key = random.choice(
                ("enabled", "amount", "unit", "roll_forward", "kind", "channel", "extend_up_to", "open_cases")
            )
            rule[key] = "是" if key == "open_cases" else some_rule(random)[key]
    added = [{**some_rule(random), "amount": 3 + i} for i in range(random.randrange(3))]
    both = [*kept, *added]
    random.shuffle(both)
    return both


def seen(random: Random, rules: Rows, calendar: Rows) -> Ledger:
    """A ledger as a run left it: Index knows when each case came, and what stood in the rules."""
    register = [some_case(random, i) for i in range(1, 25)]
    index = [{"case_no": row["case_no"], "issued_on": str(BEGIN), "first_seen": row["received_on"]} for row in register]
    read = ledger(register=register, index=index, deadlines=rules, calendar=calendar)
    left = derive(read, NOW).ledger
    index_table = left.index.having(owed=read.index["owed"])  # nothing fixed yet: the rules alone have to hold
    return with_rules_seen(read, left.having(index=index_table, register=read.register))


def read_again(before: Ledger, rules: Rows, calendar: Rows) -> Ledger:
    """The same ledger after somebody edited these tabs."""
    read = ledger(deadlines=rules, calendar=calendar)
    return read.having(**{key: before.tables[key] for key in ("register", "index", "rules_seen")})


def said(cases: Cases, last: date, day: date) -> str:
    """What the report says of a period and the one before it, but for what is still ahead on `day`."""
    period = Period(last - timedelta(30), last)
    report = as_json(report_of(cases, period, Period(last - timedelta(61), last - timedelta(31))))
    return json.dumps(_of_the_period(report, str(day)), ensure_ascii=False)


def _of_the_period(value: object, day: str) -> object:
    if isinstance(value, dict):
        ahead = {"wanted_by", "in_time"} if (value.get("wanted_by") or day) >= day else set()
        return {key: _of_the_period(one, day) for key, one in value.items() if key not in TODAYS | ahead}
    if not isinstance(value, list):
        return value
    return [_of_the_period(one, day) for one in value if not (isinstance(one, dict) and one.get("key") in OF_TODAY)]


def passed(cases: Cases, day: date) -> list[list[str]]:
    """Every due day of every step that had passed on that day."""
    return [
        [one if one < str(day) else "" for one in clock.due.astype(str).tolist()] for clock in cases.clocks.values()
    ]


@pytest.mark.parametrize("dated_by", ["people", "the run"])
@settings(
    max_examples=COUNT, deadline=None, derandomize=COUNT == 50, database=None, phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)  # fmt: skip
@given(number=st.integers(0, 2**32))
def test_no_edit_of_rules_changes_a_report_on_the_days_before(dated_by: str, number: int) -> None:
    random = Random(number)
    rules = some_rules(random)
    calendar = [day_off(random) for _ in range(4)]
    before = seen(random, rules, calendar)
    day = BEGIN + timedelta(random.randrange(40, 164))
    last = day - timedelta(random.randrange(1, 40))
    if dated_by == "people":
        more = [{**day_off(random), "in_force_from": str(day)} for _ in range(3)]
        after = read_again(before, by_hand(random, rules, day), [*more, *calendar])
    else:
        edited = read_again(before, over_typed(random, rules), calendar)
        after = dated_rules(edited, datetime.combine(day, time(9)))
    seen_before, seen_after = cases_of(before, NOW), cases_of(after, NOW)
    assert passed(seen_after, day) == passed(seen_before, day)
    assert said(seen_after, last, day) == said(seen_before, last, day)
