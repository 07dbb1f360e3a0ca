"""Due dates as a person would count them on a wall calendar. Deadlines of the preset `cn-school`, no holidays."""

from __future__ import annotations

import numpy as np
import pytest

from automation.cases.cases import cases_of
from automation.cases.clocks import Clock, earliest
from sheet_schema.vocabulary import Step
from tests.support.ledger_in_memory import NOW, ledger, line

INDEX = {"case_no": "LV-00001", "issued_on": "2026-01-05", "first_seen": "2026-01-05"}


def clocks_of(tabs: dict[str, object] | None = None, **cells: object) -> dict[Step, Clock]:
    """The clocks of one case on 18 March 2026. It was received on Monday 2 March unless `cells` say otherwise."""
    index = {**INDEX, **(tabs or {}).pop("index", {})} if tabs else INDEX  # type: ignore[dict-item]
    read = ledger(register=[line(**cells)], index=[index], **(tabs or {}))  # type: ignore[arg-type]
    return dict(cases_of(read, NOW).clocks)


def day(clock: Clock, what: str = "due") -> str:
    return str(getattr(clock, what)[0])


ACCEPTED = {"decision": "受理", "decided_on": "2026-03-04"}
SUPERIOR = {"channel": "上级交办", "superior_ref": "教信〔2026〕7号"}
LEADER = {"channel": "领导交办"}


@pytest.mark.parametrize(
    ("step", "cells", "due"),
    [
        # Decide: received + 5 workdays (Mon 2 March → Mon 9 March)
        (Step.DECIDE, {}, "2026-03-09"),
        (Step.DECIDE, {"received_on": "2026-03-06"}, "2026-03-13"),
        # Notify, 信访工作条例 art. 23: 自收到之日起15日内; Civil Code art. 201, the first day is not counted
        (Step.NOTIFY, {}, "2026-03-17"),
        # Civil Code art. 203: an end on a day off moves on. Fri 6 March + 15 = Sat 21 March → Mon 23 March
        (Step.NOTIFY, {"received_on": "2026-03-06"}, "2026-03-23"),
        # Reply to a complaint: accepted + 30 days; until accepted, from the day received
        (Step.REPLY, ACCEPTED, "2026-04-03"),
        (Step.REPLY, {}, "2026-04-01"),
        (Step.REPLY, {"decided_on": "2026-03-04"}, "2026-04-01"),
        # the most specific row wins: an enquiry has 5 workdays; a suggestion has no row of its own
        (Step.REPLY, {**ACCEPTED, "kind": "咨询"}, "2026-03-11"),
        (Step.REPLY, {**ACCEPTED, "kind": "建议"}, "2026-04-03"),
        (Step.REPLY, {**ACCEPTED, **LEADER}, "2026-03-19"),
        # Legal limit, art. 34: 自受理之日起60日内办结, complaints only. 4 March + 60 = Sun 3 May → Mon 4 May
        (Step.LEGAL_LIMIT, ACCEPTED, "2026-05-04"),
        (Step.LEGAL_LIMIT, {**ACCEPTED, "kind": "建议"}, "NaT"),
        # Feedback: only to superiors and leaders. 2 March + 30 = 1 April; + 20 = Sun 22 → Mon 23 March
        (Step.FEEDBACK, {}, "NaT"),
        (Step.FEEDBACK, SUPERIOR, "2026-04-01"),
        (Step.FEEDBACK, LEADER, "2026-03-23"),
        # A superior's own deadline bounds Reply and Feedback if earlier
        (Step.FEEDBACK, {**SUPERIOR, "superior_due": "2026-03-20"}, "2026-03-20"),
        (Step.REPLY, {**SUPERIOR, "superior_due": "2026-03-20"}, "2026-03-20"),
        (Step.FEEDBACK, {**SUPERIOR, "superior_due": "2026-06-20"}, "2026-04-01"),
        (Step.NOTIFY, {**SUPERIOR, "superior_due": "2026-03-10"}, "2026-03-17"),
        (Step.REPLY, {"superior_due": "2026-03-20"}, "2026-04-01"),
        # Review and objection period: no clock while their start is blank
        (Step.REVIEW, {}, "NaT"),
        (Step.REVIEW, {"review_on": "2026-03-10"}, "2026-04-09"),
        (Step.OBJECTION_PERIOD, ACCEPTED, "NaT"),
        (Step.OBJECTION_PERIOD, {**ACCEPTED, "replied_on": "2026-03-16", "outcome": "支持"}, "2026-04-15"),
        # received_on blank: the clock runs from the day the line was first seen
        (Step.DECIDE, {"received_on": ""}, "2026-01-12"),
        # anonymous without contact: nobody can be notified
        (Step.NOTIFY, {"petitioner": "匿名", "contact": ""}, "NaT"),
        (Step.NOTIFY, {"petitioner": "匿名"}, "2026-03-17"),
        # Void ends everything; Decline, Refer and Explained end Reply and Legal limit, not Notify
        (Step.DECIDE, {"decision": "作废"}, "NaT"),
        (Step.NOTIFY, {"decision": "作废"}, "NaT"),
        (Step.FEEDBACK, {**SUPERIOR, "superior_due": "2026-03-20", "decision": "作废"}, "NaT"),
        (Step.REVIEW, {"review_on": "2026-03-10", "decision": "作废"}, "NaT"),
        (Step.OBJECTION_PERIOD, {"replied_on": "2026-03-16", "decision": "作废"}, "NaT"),
        *[
            (Step.REPLY, {"decision": word, "decided_on": "2026-03-04"}, "NaT")
            for word in ("不予受理", "转送", "解释说明", "作废")
        ],
        (Step.LEGAL_LIMIT, {"decision": "转送", "decided_on": "2026-03-04"}, "NaT"),
        (Step.NOTIFY, {"decision": "不予受理", "decided_on": "2026-03-04"}, "2026-03-17"),
    ],
)
def test_due_dates(step: Step, cells: dict[str, object], due: str) -> None:
    assert day(clocks_of(**cells)[step]) == due


@pytest.mark.parametrize(
    ("step", "done"),
    [
        (Step.DECIDE, {"decision": "受理", "decided_on": "2026-03-04"}),
        (Step.NOTIFY, {"notified_on": "2026-03-05"}),
        (Step.REPLY, {"replied_on": "2026-03-10"}),
        (Step.LEGAL_LIMIT, {"replied_on": "2026-03-10"}),
        (Step.FEEDBACK, {"fed_back_on": "2026-03-10"}),
        (Step.REVIEW, {"review_done_on": "2026-03-12"}),
    ],
    ids=lambda value: value.key if isinstance(value, Step) else "",
)
def test_a_step_is_open_while_what_it_waits_for_is_blank(step: Step, done: dict[str, object]) -> None:
    waiting = {**SUPERIOR, "review_on": "2026-03-09"}
    assert (bool(clocks_of(**waiting)[step].open[0]), bool(clocks_of(**waiting, **done)[step].open[0])) == (
        True,
        False,
    )


# An extension counts if approved, reasoned, first seen before the due date, and within `extend_up_to`: here 30 days
# after the legal limit, 60 after the reply (docs/design.md#p3.9).
EXTENDED = {**ACCEPTED, "extension_by": "赵刚", "extension_reason": "需要外出核实"}


@pytest.mark.parametrize(
    ("cells", "index", "reply", "limit"),
    [
        ({"extended_to": "2026-05-20"}, {}, "2026-05-20", "2026-05-20"),
        ({"extended_to": "2026-05-20", "extension_by": ""}, {}, "2026-04-03", "2026-05-04"),
        ({"extended_to": "2026-05-20", "extension_reason": ""}, {}, "2026-04-03", "2026-05-04"),
        # the last day that art. 34 allows, counted from the start: 4 March + 90 days = 2 June, though 60 end on Sun 3 May
        ({"extended_to": "2026-06-02"}, {}, "2026-06-02", "2026-06-02"),
        ({"extended_to": "2026-06-03"}, {}, "2026-04-03", "2026-05-04"),
        # Sun 8 March + 60 = Thu 7 May, + 30 = Sat 6 June → Mon 8 June
        ({"decided_on": "2026-03-08", "extended_to": "2026-06-08"}, {}, "2026-06-08", "2026-06-08"),
        # within the reply's extension only
        ({"extended_to": "2026-04-20"}, {}, "2026-04-20", "2026-05-04"),
        # first seen on the due date is too late
        ({"extended_to": "2026-05-20"}, {"extended_to": "2026-05-20", "extension_seen": "2026-04-03"}, "2026-04-03", "2026-05-20"),
        ({"extended_to": "2026-05-20"}, {"extended_to": "2026-05-20", "extension_seen": "2026-04-02"}, "2026-05-20", "2026-05-20"),
        # only once: a second, later day does not count
        ({"extended_to": "2026-05-25"}, {"extended_to": "2026-05-20", "extension_seen": "2026-03-10"}, "2026-05-20", "2026-05-20"),
        # taken out again
        ({"extended_to": ""}, {"extended_to": "2026-05-20", "extension_seen": "2026-03-10"}, "2026-04-03", "2026-05-04"),
    ],
    ids=[
        "counts", "not approved", "no reason", "the last day allowed", "a day too long", "the last day rolls", "reply only",
        "seen on the due date", "seen the day before", "once only", "taken out again",
    ],
)  # fmt: skip
def test_extensions(cells: dict[str, object], index: dict[str, object], reply: str, limit: str) -> None:
    clocks = clocks_of({"index": index}, **{**EXTENDED, **cells})
    assert (day(clocks[Step.REPLY]), day(clocks[Step.LEGAL_LIMIT])) == (reply, limit)


def deadline(amount: object, **cells: object) -> dict[str, object]:
    return {
        "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": amount, "unit": "日",
        "roll_forward": "否", **cells,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        # "kind and channel filled, then kind, then channel, then neither; then the upper row" (docs/design.md#p3.8)
        (
            [
                deadline(4),
                deadline(3, channel="来访"),
                deadline(2, kind="申诉求决"),
                deadline(1, kind="申诉求决", channel="来访"),
            ],
            "2026-03-03",
        ),
        ([deadline(4), deadline(3, channel="来访"), deadline(2, kind="申诉求决")], "2026-03-04"),
        ([deadline(4), deadline(3, channel="来访")], "2026-03-05"),
        ([deadline(4), deadline(5)], "2026-03-06"),
        ([deadline(4), deadline(3, kind="咨询")], "2026-03-06"),
        ([deadline(4, enabled="否"), deadline(6)], "2026-03-08"),
        ([], "NaT"),
    ],
    ids=["kind and channel", "kind", "channel", "upper row", "another kind", "disabled", "no row"],
)
def test_the_most_specific_row_wins(rows: list[dict[str, object]], due: str) -> None:
    assert day(clocks_of({"deadlines": rows})[Step.REPLY]) == due


def test_a_superiors_own_deadline_holds_where_no_row_of_deadlines_does_but_for_nobody_else() -> None:
    clocks = clocks_of({"deadlines": []}, **SUPERIOR, superior_due="2026-03-20")
    assert (day(clocks[Step.FEEDBACK]), day(clocks[Step.REPLY])) == ("2026-03-20", "NaT")
    for_all = {"deadlines": [deadline(20, step="反馈交办方")]}
    assert [day(clocks_of(for_all, **cells)[Step.FEEDBACK]) for cells in ({}, SUPERIOR)] == ["NaT", "2026-03-22"]


MANY = (
    {"channel": "上级交办", "superior_ref": "1", "superior_due": "2026-03-20"},
    {"kind": "咨询"},
    {"decision": "作废"},
    {
        **ACCEPTED,
        "notified_on": "2026-03-05",
        "extended_to": "2026-05-20",
        "extension_by": "赵刚",
        "extension_reason": "需要外出核实",
    },
    {**ACCEPTED, "notified_on": "2026-03-05", "replied_on": "2026-03-16", "outcome": "支持"},
    # an extension to the due date itself, and a superior's deadline on it, set nothing
    {**ACCEPTED, "extended_to": "2026-04-03", "extension_by": "赵刚", "extension_reason": "需要外出核实"},
    {"channel": "上级交办", "superior_ref": "2", "superior_due": "2026-04-01"},
    {"kind": "建议", "received_on": "2026-03-09"},
)


def test_every_case_of_a_register_has_clocks_of_its_own() -> None:
    numbers = [f"LV-{number:05}" for number in range(1, len(MANY) + 1)]
    lines = [line(number, **cells) for number, cells in zip(numbers, MANY, strict=True)]
    seen = [{**INDEX, "case_no": number} for number in numbers]
    clocks = cases_of(ledger(register=lines, index=seen), NOW).clocks
    reply, limit = clocks[Step.REPLY], clocks[Step.LEGAL_LIMIT]
    names = ("start", "plain_due", "due", "soon_from", "open", "extended", "capped_by_superior")
    assert list(zip(*(getattr(reply, name).astype(str).tolist() for name in names), strict=True)) == [
        ("2026-03-02", "2026-04-01", "2026-03-20", "2026-03-13", "True", "False", "True"),
        ("2026-03-02", "2026-03-09", "2026-03-09", "2026-03-05", "True", "False", "False"),
        ("NaT", "NaT", "NaT", "NaT", "False", "False", "False"),
        ("2026-03-04", "2026-04-03", "2026-05-20", "2026-05-13", "True", "True", "False"),
        ("2026-03-04", "2026-04-03", "2026-04-03", "2026-03-27", "False", "False", "False"),
        ("2026-03-04", "2026-04-03", "2026-04-03", "2026-03-27", "True", "False", "False"),
        ("2026-03-02", "2026-04-01", "2026-04-01", "2026-03-25", "True", "False", "False"),
        ("2026-03-09", "2026-04-08", "2026-04-08", "2026-04-01", "True", "False", "False"),
    ]
    assert [step.key for step, clock in clocks.items() if (clock.open & clock.extended).any()] == [
        "reply",
        "legal_limit",
    ]
    assert limit.rule.tolist()[-1] == clocks[Step.FEEDBACK].rule.tolist()[-1] == -1
    masks = [mask for one in clocks.values() for mask in (one.open, one.extended, one.capped_by_superior)]
    assert {str(mask.dtype) for mask in masks} == {"bool"}
    step, due = earliest(clocks, np.datetime64("2026-03-09"))
    assert list(zip(step, due.astype(str), strict=True)) == [
        ("decide", "2026-03-09"),
        ("decide", "2026-03-09"),  # as is the reply, a later step
        ("", "NaT"),
        ("tell_extension", "2026-03-25"),  # they are told of it 5 workdays after it was first seen
        ("", "NaT"),
        ("notify", "2026-03-17"),
        ("decide", "2026-03-09"),
        ("decide", "2026-03-16"),
    ]


@pytest.mark.parametrize(
    ("cells", "day", "first"),
    [
        # the reply is due on 3 April, the notice of the decision on 17 March
        ({}, "2026-03-16", "notify"),
        ({}, "2026-04-03", "notify"),
        ({}, "2026-04-04", "reply"),
        ({"notified_on": "2026-03-17"}, "2026-04-04", "reply"),
        ({"replied_on": "2026-04-02"}, "2026-04-04", "notify"),
        # extended to 20 May; the notice of that is due on 25 March
        ({"notified_on": "2026-03-17", **EXTENDED, "extended_to": "2026-05-20"}, "2026-04-10", "tell_extension"),
        ({"notified_on": "2026-03-17", **EXTENDED, "extended_to": "2026-05-20"}, "2026-05-21", "reply"),
        # what an authority waits for
        ({"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-20", "replied_on": "2026-03-19"}, "2026-03-20", "notify"),
        ({"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-20", "replied_on": "2026-03-19"}, "2026-03-21", "feedback"),
    ],
)  # fmt: skip
def test_a_notice_that_was_not_given_hides_no_late_answer(cells: dict[str, object], day: str, first: str) -> None:
    case = {"decision": "受理", "decided_on": "2026-03-04", **cells}
    clocks = cases_of(ledger(register=[line(**case)], index=[INDEX]), NOW).clocks
    assert earliest(clocks, np.datetime64(day))[0].tolist() == [first]


SPRING = {"date": "2026-02-15", "until": "2026-02-23", "kind": "放假", "name": "春节"}
SATURDAYS = {"date": "2026-02-28", "kind": "调休上班", "name": "春节调休上班"}
BREAK = {"date": "2026-02-09", "until": "2026-03-01", "kind": "校历假期", "name": "寒假"}


@pytest.mark.parametrize(
    ("received", "amount", "unit", "roll", "due"),
    [
        # Fri 13 Feb + 1 workday: 15–23 Feb is Spring Festival, so Tue 24 Feb
        ("2026-02-13", 1, "工作日", "否", "2026-02-24"),
        # 24, 25, 26, 27 and Saturday 28, a make-up workday
        ("2026-02-13", 5, "工作日", "否", "2026-02-28"),
        ("2026-02-13", 6, "工作日", "否", "2026-03-02"),
        # the winter break is off for schoolday steps only, and a workday in it is a workday (docs/design.md#p3.7)
        ("2026-02-06", 1, "上课日", "否", "2026-02-28"),
        ("2026-02-06", 2, "上课日", "否", "2026-03-02"),
        ("2026-02-06", 1, "工作日", "否", "2026-02-09"),
        # Fri 6 Feb + 10 days = Mon 16 Feb, a holiday: moves to Tue 24 Feb
        ("2026-02-06", 10, "日", "是", "2026-02-24"),
        ("2026-02-06", 10, "日", "否", "2026-02-16"),
        # a due date on a Saturday that is a make-up workday stays there
        ("2026-02-06", 22, "日", "是", "2026-02-28"),
    ],
)
def test_the_calendar_counts(received: str, amount: int, unit: str, roll: str, due: str) -> None:
    rows = [deadline(amount, unit=unit, roll_forward=roll)]
    clocks = clocks_of({"deadlines": rows, "calendar": [SPRING, SATURDAYS, BREAK]}, received_on=received)
    assert day(clocks[Step.REPLY]) == due


@pytest.mark.parametrize(
    ("cells", "step", "soon_from"),
    [
        ({}, Step.NOTIFY, "2026-03-10"),  # 17 March, remind_before 7,3,1: from 7 days before
        ({}, Step.DECIDE, "2026-03-05"),  # Mon 9 March, 2 workdays before: Thu 5 March
        (
            {**ACCEPTED, "replied_on": "2026-03-16"},
            Step.OBJECTION_PERIOD,
            "2026-04-12",
        ),  # none: 3 days before
    ],
)
def test_soon_from_its_largest_reminder(cells: dict[str, object], step: Step, soon_from: str) -> None:
    assert day(clocks_of(**cells)[step], "soon_from") == soon_from
