"""Restricted cases are in every total and share, in no line of a breakdown, and never named; some readers see none at all."""

from __future__ import annotations

import json

import pytest

from automation.cases.indicator_text import value_text
from automation.reports.as_json import as_json
from automation.reports.model import Report
from automation.reports.page import page_of
from automation.reports.summary import summary
from automation.reports.wording import sentence
from sheet_schema import Language
from tests.support.small_reports import DONE, FEBRUARY, LATE, MARCH, MARKER, case, report, report_for, secret

NAMED = [case(1, **DONE), case(2, **DONE), case(3, **LATE)]
MANY = (1, 2, 3, 4)


def figure(found: Report, key: str) -> tuple[str, int]:
    """How the figure reads, and how many restricted cases it includes besides those it names."""
    (one,) = (one for one in found.figures if one.indicator.key == key)
    return value_text(one.indicator, one.value, "en"), one.restricted


def before(found: Report, key: str) -> str:
    (one,) = (one for one in found.figures if one.indicator.key == key)
    return value_text(one.indicator, one.before, "en")


@pytest.mark.parametrize(
    ("key", "cells", "of_one", "of_three"),
    [
        ("received", {}, ("4", 1), ("6", 3)),
        ("replied_in_time", LATE, ("50% (2/4)", 1), ("33% (2/6)", 3)),
        ("replied_in_time", DONE, ("75% (3/4)", 0), ("83% (5/6)", 0)),
        ("notified_in_time", DONE, ("100% (4/4)", 0), ("100% (6/6)", 0)),
        ("first_time_settled", LATE, ("50% (2/4)", 1), ("33% (2/6)", 3)),
        ("rated", DONE, ("0% (0/3)", 1), ("0% (0/5)", 3)),
        ("satisfied", {**DONE, "satisfaction": "不满意"}, ("0% (0/1)", 1), ("0% (0/3)", 3)),
        ("days_taken", DONE, ("8.0; 8", 1), ("8.0; 8", 3)),
        ("repeated", {**DONE, "repeat_of": "LV-00001"}, ("25% (1/4)", 1), ("50% (3/6)", 3)),
        ("collective", {**DONE, "people": 9}, ("1", 1), ("3", 3)),
        ("leapfrog", {**DONE, "leapfrog": "✓"}, ("1", 1), ("3", 3)),
    ],
)
def test_a_figure_counts_every_case_and_says_how_many_it_does_not_name(
    key: str, cells: dict[str, object], of_one: tuple[str, int], of_three: tuple[str, int]
) -> None:
    assert [figure(report([*NAMED, *secret(11, count, **cells)]), key) for count in (1, 3)] == [of_one, of_three]


def test_so_does_the_period_before() -> None:
    register = [*NAMED, *secret(21, 2, received_on="2026-02-02", decided_on="2026-02-02")]
    assert before(report(register), "replied_in_time") == "0% (0/2)"
    assert figure(report(register, period=FEBRUARY, before=MARCH), "replied_in_time") == ("0% (0/2)", 2)


@pytest.mark.parametrize(("language", "said"), [
    ("en", "2 matters came in; none was answered. None of the 2 answers that fell due came in time. 2 are late today."),
    ("zh", "收到2件，没有答复件。应答复2件，均未按期。目前超期2件。"),
])  # fmt: skip
def test_late_ones_are_not_passed_over_in_the_first_sentence(language: Language, said: str) -> None:
    """Where only restricted cases are late, nothing says that all came in time or that nothing is late."""
    kind, yes = {"zh": ("检举控告", "是"), "en": ("Allegation", "Yes")}[language]
    register = [case(i, language, **LATE, kind=kind, restricted=yes, about="-") for i in (1, 2)]
    found = report(register, language=language)
    assert (sentence(found), found.late.cases, found.late.restricted) == (said, (), 2)


def test_no_line_of_a_breakdown_has_one_however_many_there_are() -> None:
    for count in MANY:
        found = report([*NAMED, *secret(11, count, **DONE)])
        assert (found.received, found.months[-1].received) == (3 + count, 3 + count)
        assert [(sum(one.count for one in by.counts), by.restricted) for by in found.breakdowns] == [(3, count)] * 6
        assert MARKER not in {one.label for by in found.breakdowns for one in by.counts}
        # nor does a line say that no allegation came, while confidential cases did
        assert [one.key for one in found.breakdowns[1].counts] == ["complaint"]


@pytest.mark.parametrize("count", MANY)
def test_what_was_answered_is_complete(count: int) -> None:
    found = report([*NAMED, *secret(11, count, **DONE)])
    assert (found.replied, found.months[-1].replied) == (2 + count, 2 + count)


def test_what_is_open_and_late_is_complete_and_no_age_has_one() -> None:
    waiting = {"decided_on": "2026-03-17"}
    register = [*NAMED, *secret(11, 2, **LATE), *secret(21, 3, **waiting, notified_on="2026-03-05")]
    found = report(register).open
    assert [(one.least, one.count, one.late) for one in found.ages if one.count] == [(16, 1, 1)]
    assert (found.count, found.late, found.restricted, found.restricted_late) == (6, 3, 5, 2)


def test_lists_count_them_and_name_none() -> None:
    everywhere = {**LATE, "people": 9, "leapfrog": "✓", "important": "✓", "repeat_of": "LV-00001"}
    from_superiors = {**LATE, "channel": "上级交办", "superior_due": "2026-03-10"}
    for count in MANY:
        found = report([*NAMED, *secret(11, count, **everywhere)])
        assert [one.number for one in found.late.cases] == ["LV-00003"]
        lists = (found.superiors, found.collective.cases, found.repeats.cases, found.leapfrog, found.told)
        assert lists == ((),) * 5
        assert {
            found.late.restricted, found.collective.restricted, found.repeats.restricted,
            found.leapfrog_restricted, found.told_restricted,
        } == {count}  # fmt: skip
        assert report([*NAMED, *secret(11, count, **from_superiors)]).superiors_restricted == count


@pytest.mark.parametrize("unclear", [{"kind": ""}, {"about": "很多" * 600}, {"kind": "", "about": "王强"}])
def test_of_what_may_turn_out_to_be_restricted_only_number_step_and_dates(unclear: dict[str, str]) -> None:
    everywhere = {**LATE, "people": 9, "leapfrog": "✓", "important": "✓", "repeat_of": "LV-00001"}
    quoted = {"topic": MARKER, "department": MARKER}
    for cells in (everywhere, {**LATE, "channel": "上级交办", "superior_due": "2026-03-10"}):
        found = report(
            [*NAMED, case(4, **cells, **quoted, **unclear), case(5, **LATE, leapfrog="✓", repeat_of="LV-00004")]
        )
        assert "LV-00004" in {one.number for one in found.late.cases}
        assert MARKER not in f"{page_of(found)}{as_json(found)}{summary(found)}{found}"
        assert [sum(one.count for one in by.counts) for by in found.breakdowns] == [5] * 6
    assert MARKER in page_of(report([case(4, **LATE, **quoted)]))


def test_rows_wrong_for_long() -> None:
    register = [*NAMED, *secret(11, 2, contact="")]
    index = [
        {
            "case_no": row["case_no"],
            "issued_on": "2026-03-02",
            "first_seen": "2026-03-02",
            "problem_codes": "missing",
            "problems_since": "2026-03-02 09:00",
        }
        for row in register
    ]
    found = report(register, index=index).integrity
    assert (found.invalid, found.restricted) == ((), 2)


def test_an_earlier_restricted_case_is_passed_over() -> None:
    """Beside a named case it would tell who brought it."""
    register = [
        case(1, **DONE),
        *secret(2, 1, repeat_of="LV-00001"),
        case(3, leapfrog="✓", repeat_of="LV-00002"),
    ]
    (found,) = report(register).leapfrog
    assert [one.number for one in found.earlier] == ["LV-00001"]


@pytest.mark.parametrize("count", MANY)
def test_nothing_of_them_is_anywhere(count: int) -> None:
    """Neither in the report nor in any form of it, however many there are."""
    told = {
        "kind": "alert",
        "slot": "leader",
        "state": "已发送",
        "claimed_at": "2026-03-02 09:00",
        "done_at": "2026-03-02 09:01",
    }
    everywhere = {
        **LATE,
        "people": 9,
        "leapfrog": "✓",
        "important": "✓",
        "repeat_of": "LV-00001",
        "contact": MARKER,
        "result": MARKER,
        "leader_note": MARKER,
        "leader_told": MARKER,
    }
    found = report(
        [*NAMED, *secret(7711, count, **everywhere)],
        [{**one, "case_no": f"LV-088{i}1"} for i, one in enumerate(secret(1, count))],
        notices=[{**told, "case_no": f"LV-{number:05d}"} for number in range(7711, 7711 + count)],
        history=[{"case_no": "LV-07711", "at": "2026-03-02 09:00", "before": MARKER, "after": MARKER}],
    )
    for text in (
        repr(found),
        page_of(found),
        json.dumps(as_json(found), ensure_ascii=False),
        "\n".join(summary(found)),
    ):
        assert "LV-077" not in text
        assert "LV-088" not in text
        assert MARKER not in text


# People in conflict.


ABOUT = {"about": "王强"}
"""The head of the department, who could otherwise read of the case."""


def test_for_whom_a_case_does_not_exist() -> None:
    """Everything that a person in conflict reads, down to the last figure, is as if the cases did not exist."""
    others = [case(1, **DONE), case(2, **LATE), case(3, **LATE, leapfrog="✓", repeat_of="LV-00001")]
    theirs = [
        case(4, **LATE, about="李敏", people=9, important="✓"),
        case(5, **LATE, about="李敏", leapfrog="✓", repeat_of="LV-00002"),
        case(6, **DONE, about="李敏", channel="上级交办", superior_ref="X", superior_due="2026-03-04"),
        *secret(7, 3, **LATE, about="李敏"),
    ]
    filed = case(12, **DONE, status="办结", closed_on="2026-03-10", filed_on="2026-03-12")
    their_filed = case(13, **DONE, about="李敏", status="办结", closed_on="2026-03-10", filed_on="2026-03-12")
    at = {"issued_on": "2026-03-02", "first_seen": "2026-03-02"}
    index = [{**at, "case_no": row["case_no"]} for row in (*others, *theirs)]
    index += [{**at, "case_no": row["case_no"], "filed_on": "2026-03-12"} for row in (filed, their_filed)]
    known = {"LV-00001", "LV-00002", "LV-00003", "LV-00012"}
    read = report_for("李敏", [*others, *theirs], [filed, their_filed], index=index)
    without = report_for("李敏", others, [filed], index=[row for row in index if row["case_no"] in known])
    assert as_json(read) == as_json(without)
    assert page_of(read) == page_of(without)
    assert "LV-00004" in page_of(report_for("赵刚", [*others, *theirs], [filed, their_filed], index=index))
