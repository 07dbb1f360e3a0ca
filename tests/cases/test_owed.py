"""What finished steps owed stays as it was, whatever becomes of the rules (docs/design.md#p3.16)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest

from automation.cases.cases import cases_of
from automation.cases.indicators import indicators, stock_of, values
from automation.cases.owed import owed_in
from automation.cases.seals import row_values, seal
from automation.ledger.model import Ledger
from automation.steps.filing import file_cases
from automation.steps.validation import derive
from tests.support.ledger_in_memory import Rows, ledger, line

NOW = datetime(2026, 6, 18, 9)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
STEPS = (("告知", "收到日期"), ("答复", "受理日期"), ("法定时限", "受理日期"), ("反馈交办方", "收到日期"))


def _rules(amounts: tuple[int, ...] = (10, 10, 60, 12), unit: str = "日") -> Rows:
    return [
        {"enabled": "是", "step": step, "who": "经办人", "starts_from": start, "amount": amount, "unit": unit}
        | {"roll_forward": "是"}
        for (step, start), amount in zip(STEPS, amounts, strict=True)
        if amount
    ]


def _cases(first: int, answered: tuple[str, ...]) -> list[dict[str, object]]:
    given = {"decision": "受理", "received_on": "2026-03-02", "decided_on": "2026-03-02", "outcome": "支持"}
    return [
        line(f"LV-{first + i:05d}", **given, notified_on="2026-03-05", replied_on=day) for i, day in enumerate(answered)
    ]


REGISTER = _cases(1, ("2026-03-10", "2026-03-16", "2026-03-20"))
FILING = _cases(11, ("2026-03-11", "2026-03-17"))


def _seen(rules: Rows, owed: dict[str, str], register: Rows = REGISTER, calendar: Rows = ()) -> Ledger:
    index = [
        {"case_no": row["case_no"], "first_seen": "2026-03-02", "issued_on": "2026-03-02"}
        | {"owed": owed.get(str(row["case_no"]), "")}
        for row in (*register, *FILING)
    ]
    read = ledger(register=register, filing=FILING, index=index, deadlines=rules, calendar=calendar)
    return derive(read, NOW).ledger


def _owed(of: Ledger) -> dict[str, str]:
    return dict(zip(of.index["case_no"].tolist(), of.index["owed"].tolist(), strict=True))


def _figures(of: Ledger) -> list[object]:
    stock = stock_of(cases_of(of, NOW), lambda table, confidence, real: real)
    return [values(one, stock, MARCH) for one in indicators(5)]


def test_no_edit_of_deadlines_or_calendar_moves_a_past_figure() -> None:
    first = _seen(_rules(), {})
    owed, figures, random = _owed(first), _figures(first), Random(18)
    for _ in range(20):
        rules = _rules(tuple(random.choice((0, 1, 5, 10, 30, 90)) for _ in STEPS), random.choice(("日", "工作日")))
        days = [date(2026, 3, 2) + timedelta(random.randrange(60)) for _ in range(3)]
        calendar = [{"date": str(day), "kind": "holiday"} for day in days]
        later = _seen(rules, owed, calendar=calendar)
        assert (_figures(later), _owed(later)) == (figures, owed)


FIXED = "reply=2026-03-12@2026-06-18,accepted:2026-03-02,complaint/visit,10day"


@pytest.mark.parametrize(
    ("replied_on", "fixed"),
    [
        pytest.param("2026-03-10", FIXED, id="as it was"),
        pytest.param("2026-03-25", FIXED, id="the day done is put right"),
        pytest.param("", f"~{FIXED}", id="not done after all"),
    ],
)
def test_a_day_put_right_keeps_what_was_owed_and_a_blank_one_withdraws_it(replied_on: str, fixed: str) -> None:
    owed = _owed(_seen(_rules(), {}))
    register = [{**REGISTER[0], "replied_on": replied_on}]
    now = _owed(_seen(_rules((10, 30, 60, 12)), owed, register))["LV-00001"]
    assert [part for part in now.split() if "reply=" in part] == [fixed]


NEW = "reply=2026-04-01@2026-06-18,accepted:2026-03-02,complaint/visit,30day"
TO_MAY = {"extended_to": "2026-05-15", "extension_by": "赵刚", "extension_reason": "调查"}


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        pytest.param({}, "2026-03-12", id="typed again"),
        pytest.param({"replied_on": "2026-04-30"}, "2026-03-12", id="another day"),
        pytest.param({"decided_on": "2026-03-04"}, "2026-04-03", id="accepted on another day"),
        pytest.param({"received_on": "2026-03-01"}, "2026-03-12", id="what it is not counted from"),
        pytest.param({"kind": "咨询"}, "2026-04-01", id="another kind, so that other rules hold"),
        pytest.param(
            {"channel": "上级交办", "superior_ref": "7号", "superior_due": "2026-03-08"},
            "2026-03-08",
            id="a superior's day",
        ),
    ],
)
def test_a_cell_that_is_emptied_and_typed_again_owes_what_it_owed(cells: dict[str, object], due: str) -> None:
    """No later rule is to be had by taking a day done out for one run."""
    owed = _owed(_seen(_rules(), {}))
    later = _rules((10, 30, 60, 12))
    owed = _owed(_seen(later, owed, [{**REGISTER[0], "replied_on": ""}]))
    again = _owed(_seen(later, owed, [{**REGISTER[0], **cells}]))["LV-00001"]
    assert [part[: len("reply=2026-03-12")] for part in again.split() if "reply=" in part] == [f"reply={due}"]


def test_filing_keeps_what_was_owed_under_its_seal() -> None:
    """In time, late, and a step without a rule; a change of it breaks the seal, and seals from before it still hold."""
    register = [{**row, "department": "教务处", "satisfaction": "满意"} for row in REGISTER]
    seen = _seen(_rules((10, 10, 0, 12)), {}, register)
    filed = file_cases(cases_of(seen, NOW), [0, 2], {}, NOW).ledger.filing
    owed = {part.partition("=")[0]: part for text in filed["owed"][-2:].tolist() for part in text.split()}
    assert [text.split()[2].rpartition(",")[2] for text in filed["owed"][-2:].tolist()] == ["in_time", "late"]
    assert owed["legal_limit"] == "legal_limit=-@2026-06-18,-:,complaint/visit"
    values = {**row_values(seen.register, [0])[0], **row_values(filed, [len(filed) - 2])[0]}
    assert seal(values) == filed["seal"][-2]
    assert seal({**values, "owed": values["owed"].replace("2026-03-12", "2026-03-22")}) != filed["seal"][-2]
    assert seal({**values, "owed": ""}) == seal({key: text for key, text in values.items() if key != "owed"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("reply=2026-05-04@2026-05-03", ["reply"]),
        (
            "~reply=-@2026-05-03,received:2026-04-03,complaint/visit,10day notify=2026-05-04@2026-05-03",
            ["~reply", "notify"],
        ),
        ("reply=2026-02-31@2026-05-03", []),
        ("reply=4 May@2026-05-03", []),
        ("answer=2026-05-04@2026-05-03", []),
        ("reply=2026-05-04@2026-05-03,since", []),
        ("looked at, Ann", []),
    ],
)
def test_what_nobody_can_read_in_owed_counts_as_nothing(typed: str, read: list[str]) -> None:
    assert [*owed_in(typed)] == read
