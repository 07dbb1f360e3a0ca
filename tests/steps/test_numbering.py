"""A number is on every line before anyone types, is never reused, and is reported when it is gone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from automation.cases.cell_prints import with_prints
from automation.cases.register_lines import fingerprints
from automation.ledger.model import Filled, Ledger, Outcome
from automation.steps.numbering import number
from tests.support.ledger_in_memory import NOW, ledger, line

Row = dict[str, object]


def no(n: int) -> str:
    return f"LV-{n:05d}"


def blank(n: int) -> Row:
    return {"case_no": no(n)}


def issued(n: int, **cells: object) -> Row:
    """The row in Index of a number whose line was never filled in."""
    return {"case_no": no(n), "issued_on": "2026-03-01", **cells}


def seen(n: int, **cells: object) -> Row:
    """The row in Index of a number whose line once held a case."""
    return issued(n, first_seen="2026-03-02", **cells)


def numbers(after: Ledger) -> list[str]:
    return list(after.register["case_no"])


def found(outcome: Outcome) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.row, problem.case_no) for problem in outcome.problems]


PREFIX_XF = ({"name": "编号前缀", "value": "XF-"}, {"name": "预留空行", "value": "2"})


# `blank_rows` (2 here) numbered empty lines wait at the end. Numbers run on without a gap, from the Index, and are
# never reused. A row that somebody inserted without one gets the next (docs/design.md#p2.6, docs/design.md#p2.7).
@pytest.mark.parametrize(
    ("register", "index", "filing", "expected"),
    [
        pytest.param([], [], [], [1, 2], id="new-ledger"),
        pytest.param([line(no(1))], [seen(1)], [], [1, 2, 3], id="one-case"),
        pytest.param([line(no(1)), blank(2), blank(3)], [seen(1), issued(2), issued(3)], [], [1, 2, 3], id="pad-full"),
        pytest.param(
            [line(no(1)), line(no(2)), blank(3)], [seen(1), issued(2), issued(3)], [], [1, 2, 3, 4], id="one-used"
        ),
        pytest.param([blank(1), line(no(2))], [issued(1), seen(2)], [], [1, 2, 3], id="empty-wherever-it-stands"),
        pytest.param(
            [{**blank(1), "important": False, "leapfrog": False}], [issued(1)], [], [1, 2], id="unticked-is-empty"
        ),
        pytest.param([{**blank(1), "important": True}], [issued(1)], [], [1, 2, 3], id="ticked-is-not"),
        pytest.param([{**blank(1), "status": "已登记"}], [issued(1)], [], [1, 2], id="job-cells-do-not-count"),
        pytest.param(
            [blank(1), blank(2), blank(3)], [issued(1), issued(2), issued(3)], [], [1, 2, 3], id="more-than-enough"
        ),
        pytest.param([blank(1)], [seen(1)], [], [1, 2, 3], id="emptied-is-not-blank"),
        pytest.param([blank(1), blank(1)], [issued(1)], [], [1, 2], id="copied-within-the-pad"),
        pytest.param(
            [blank(2), blank(1), blank(2), blank(1)], [issued(1), issued(2)], [], [2, 1, 3, 4], id="several-copied"
        ),
        pytest.param([line(no(1)), blank(1)], [seen(1)], [], [1, 2, 3], id="case-copied-to-an-empty-line"),
        pytest.param([line(no(1)), blank(1)], [seen(1), issued(2)], [], [1, 2, 3], id="over-a-number-of-the-pad"),
        pytest.param(
            [line(no(1)), blank(8), blank(9)], [seen(1), issued(2), issued(3)], [], [1, 2, 3], id="pad-overwritten"
        ),
        pytest.param(
            [line(no(1)), blank(7)], [seen(1)], [{"case_no": no(7)}], [1, 8, 9], id="filed-number-on-an-empty-line"
        ),
        pytest.param(
            [line(no(1)), blank(3)], [seen(1), issued(2), issued(3)], [], [1, 3, 2], id="deleted-blank-line-given-again"
        ),
        pytest.param([line(no(1))], [seen(1), issued(2), issued(3), issued(4)], [], [1, 2, 3], id="whole-pad-deleted"),
        pytest.param(
            [line(""), line(no(1))], [seen(1), issued(2)], [], [2, 1, 3, 4], id="inserted-row-takes-the-free-one"
        ),
        pytest.param([line(""), line(no(1))], [seen(1)], [], [2, 1, 3, 4], id="inserted-row"),
        pytest.param([line(""), line(no(1)), line("")], [seen(1)], [], [2, 1, 3, 4, 5], id="two-inserted-rows"),
        pytest.param([line(no(1))], [seen(1), seen(2)], [], [1, 3, 4], id="missing-not-reused"),
        pytest.param([], [seen(9, filed_on="2026-03-10")], [{"case_no": no(9)}], [10, 11], id="filed-not-reused"),
        pytest.param([line(no(1))], [seen(1)], [{"case_no": no(7)}], [1, 8, 9], id="filed-but-not-in-index"),
        pytest.param(
            [line(no(1)), line(no(3))],
            [seen(1), issued(2, filed_on="2026-03-01")],
            [],
            [1, 3, 4, 5],
            id="invented-skipped",
        ),
        pytest.param([line(no(5)), line(no(1))], [], [], [5, 1, 6, 7], id="index-lost"),
        pytest.param([], [], [{"case_no": no(4)}], [5, 6], id="index-lost-all-filed"),
        pytest.param([line(no(99_999))], [seen(99_999)], [], [99_999, 100_000, 100_001], id="past-five-digits"),
    ],
)
def test_the_pad(register: Sequence[Row], index: Sequence[Row], filing: Sequence[Row], expected: list[int]) -> None:
    before = ledger(register=register, index=index, filing=filing)

    after = number(before, NOW).ledger

    assert numbers(after) == [no(n) for n in expected]
    assert after.register.rows.tolist() == list(range(2, 2 + len(expected)))
    assert len(set(after.index["case_no"])) == len(after.index)


def test_new_numbers_stand_in_the_index_with_their_day() -> None:
    after = number(ledger(register=[line(""), line(no(1))], index=[seen(1)]), NOW).ledger.index

    columns = ("case_no", "issued_on", "first_seen")
    assert [tuple(str(after[key][i]) for key in columns) for i in range(len(after))] == [
        (no(1), "2026-03-01", "2026-03-02"),
        (no(2), "2026-03-18", "NaT"),
        (no(3), "2026-03-18", "NaT"),
        (no(4), "2026-03-18", "NaT"),
    ]


def test_a_ledger_without_an_index_takes_its_numbers_as_issued() -> None:
    register = [line(no(2)), blank(1), line("ABC-7")]
    filing = [{"case_no": no(3), "filed_on": "2026-02-02"}]
    before = ledger(register=register, filing=filing)

    outcome = number(before, NOW)

    index = outcome.ledger.index
    columns = ("case_no", "issued_on", "first_seen", "filed_on")
    assert [tuple(str(index[key][i]) for key in columns) for i in range(len(index))] == [
        (no(1), "2026-03-18", "NaT", "NaT"),
        (no(2), "2026-03-18", "2026-03-18", "NaT"),
        (no(3), "2026-03-18", "2026-03-18", "2026-02-02"),
        (no(4), "2026-03-18", "NaT", "NaT"),
    ]
    assert found(outcome) == [("foreign_number", 4, "ABC-7")]


def test_another_prefix_counts_for_itself() -> None:
    """The prefix is a setting; a number with another prefix was made up by somebody."""
    before = ledger(
        register=[line("XF-00003")], index=[{"case_no": "XF-00003"}, seen(8, filed_on="2026-03-01")], settings=PREFIX_XF
    )
    assert numbers(number(before, NOW).ledger) == ["XF-00003", "XF-00004", "XF-00005"]


def test_numbering_twice_changes_nothing() -> None:
    once = number(ledger(register=[line(""), line(no(1))], index=[seen(1), seen(2)]), NOW).ledger
    twice = number(once, NOW)

    assert (numbers(twice.ledger), twice.filled) == (numbers(once), ())
    assert {key: column.astype(str).tolist() for key, column in twice.ledger.index.values.items()} == {
        key: column.astype(str).tolist() for key, column in once.index.values.items()
    }


@pytest.mark.parametrize("typed", ["lv-00001", "ＬＶ－００００１", "LV- 00001", " LV-00001 "])
def test_a_number_is_known_however_it_was_typed(typed: str) -> None:
    outcome = number(ledger(register=[line(typed), blank(2), blank(3)], index=[seen(1), issued(2), issued(3)]), NOW)
    assert (numbers(outcome.ledger), found(outcome)) == ([no(1), no(2), no(3)], [])


def test_history_is_told_of_numbers_for_inserted_rows_only() -> None:
    outcome = number(ledger(register=[line(no(1)), line("")], index=[seen(1)]), NOW)
    assert outcome.filled == (Filled("case_no", (1,), ("新插入的行没有编号，系统编号",)),)


# A number that stands in two rows is a problem on both (docs/design.md#p2.8).
@pytest.mark.parametrize(
    ("register", "index", "filing", "expected"),
    [
        pytest.param([line(no(1)), line(no(1))], [seen(1)], [], [("copied_number", 2, no(1)), ("copied_number", 3, no(1))], id="copied"),
        pytest.param([line(no(1)), line("lv-00001")], [seen(1)], [], [("copied_number", 2, no(1)), ("copied_number", 3, no(1))], id="copied-in-small-letters"),
        pytest.param([line(no(1)), blank(1)], [seen(1)], [], [], id="copied-to-an-empty-line"),
        pytest.param([line(no(1)), blank(77)], [seen(1)], [], [], id="never-issued-on-an-empty-line"),
        pytest.param([line(no(1)), line(no(77))], [seen(1)], [], [("foreign_number", 3, no(77))], id="never-issued"),
        pytest.param([line(no(77)), line(no(77))], [seen(1, filed_on="2026-03-01")], [], [("copied_number", 2, no(77)), ("copied_number", 3, no(77))], id="never-issued-and-copied"),
        pytest.param([line(no(1))], [seen(1, filed_on="2026-03-01")], [{"case_no": no(1)}], [("filed_number", 2, no(1))], id="already-filed"),
        pytest.param([line(""), line("")], [seen(1, filed_on="2026-03-01")], [], [], id="two-without-a-number"),
    ],
)  # fmt: skip
def test_numbers_in_doubt(
    register: Sequence[Row], index: Sequence[Row], filing: Sequence[Row], expected: list[tuple[str, int, str]]
) -> None:
    assert found(number(ledger(register=register, index=index, filing=filing), NOW)) == expected


def test_a_copied_number_names_the_other_rows() -> None:
    outcome = number(ledger(register=[line(no(1))] * 3, index=[seen(1)]), NOW)
    assert [problem.say("zh") for problem in outcome.problems] == [
        f"第{rows}行也是这个编号，两行均暂不处理。请清空复制行的编号，系统会另行编号。"
        for rows in ("3、4", "2、4", "2、3")
    ]


def remembered(after: Ledger) -> list[tuple[str, str, str]]:
    index = after.index
    keys = ("case_no", "problem_codes", "problems_since")
    return [tuple(str(index[key][i]) for key in keys) for i in range(len(index))]  # type: ignore[misc]


# "A missing number is a torn-out page: it is reported by name" (docs/design.md#p2.6). Index remembers it, so that it
# stops no later run.
@pytest.mark.parametrize(
    ("register", "index", "expected", "first"),
    [
        pytest.param([line(no(2))], [seen(1), seen(2)],
            [("missing_number", None, no(1))], (no(1), "missing_number", "2026-03-18T09:00:00"), id="missing"),
        pytest.param([line(no(2))], [issued(1), seen(2)],
            [], (no(1), "", "NaT"), id="deleted-blank-line"),
        pytest.param([line(no(2))], [issued(1, problem_codes="missing_number", problems_since="2026-03-10T08:00:00"), seen(2)],
            [], (no(1), "", "NaT"), id="blank-line-that-was-missed-by-an-earlier-version"),
        pytest.param([blank(1), line(no(2))], [seen(1), seen(2)],
            [("emptied", 2, no(1))], (no(1), "emptied", "2026-03-18T09:00:00"), id="emptied"),
        pytest.param([line(no(2))], [seen(1, problem_codes="missing_number", problems_since="2026-03-10T08:00:00"), seen(2)],
            [("missing_number", None, no(1))], (no(1), "missing_number", "2026-03-10T08:00:00"), id="still-missing"),
        pytest.param([blank(1), line(no(2))], [seen(1, problem_codes="missing_number", problems_since="2026-03-10T08:00:00"), seen(2)],
            [("emptied", 2, no(1))], (no(1), "emptied", "2026-03-18T09:00:00"), id="back-but-empty"),
        pytest.param([line(no(1)), line(no(2))], [seen(1, problem_codes="missing_number", problems_since="2026-03-10T08:00:00"), seen(2)],
            [], (no(1), "", "NaT"), id="put-back"),
        pytest.param([line(no(1)), line(no(2))], [seen(1, problem_codes="missing", problems_since="2026-03-10T08:00:00"), seen(2)],
            [], (no(1), "missing", "2026-03-10T08:00:00"), id="other-problems-stay"),
        pytest.param([line(no(2))], [seen(1, filed_on="2026-03-01"), seen(2)], [], (no(1), "", "NaT"), id="filed-by-index"),
    ],
)  # fmt: skip
def test_gone(
    register: Sequence[Row],
    index: Sequence[Row],
    expected: list[tuple[str, int | None, str]],
    first: tuple[str, str, str],
) -> None:
    outcome = number(ledger(register=register, index=index), NOW)
    assert (found(outcome), remembered(outcome.ledger)[0]) == (expected, first)


@pytest.mark.parametrize(
    ("typed", "told", "forgotten"),
    [
        pytest.param({"channel": "来访"}, False, True, id="a-channel"),
        pytest.param({"leader_note": "0"}, False, True, id="a-leaders-note"),
        pytest.param({"received_by": "王芳", "kind": "咨询", "important": True}, False, True, id="several-cells"),
        pytest.param({"channel": "来访"}, True, False, id="a-mail-spoke-of-it"),
        *(
            pytest.param({key: "某事"}, False, False, id=key)
            for key in ("petitioner", "contact", "summary", "about", "result")
        ),
    ],
)
def test_a_line_that_held_only_a_slip_is_blank_again(typed: Row, told: bool, forgotten: bool) -> None:
    notices = [{"key": "k", "case_no": no(1), "kind": "assignment", "state": "sent"}] if told else []
    slip = ledger(register=[{**blank(1), **typed}]).register
    rows = fingerprints(slip, np.asarray([True]))
    (fingerprint,) = with_prints(rows, slip, np.asarray([0]), np.asarray([""], dtype=object))
    index = [seen(1, fingerprint=fingerprint), seen(2)]
    outcome = number(ledger(register=[blank(1), line(no(2))], index=index, notices=notices), NOW)
    assert [code for code, _, _ in found(outcome)] == ([] if forgotten else ["emptied"])
    assert (remembered(outcome.ledger)[0][1], bool(outcome.ledger.index["fingerprint"][0])) == (
        ("", False) if forgotten else ("emptied", True)
    )


def test_a_filed_case_is_not_missing() -> None:
    outcome = number(ledger(index=[seen(1)], filing=[{"case_no": no(1)}]), NOW)
    assert (found(outcome), numbers(outcome.ledger)) == ([], [no(2), no(3)])


def stops(outcome: Outcome) -> list[tuple[str, str]]:
    return [(problem.code, problem.said[0].say("zh")) for problem in outcome.problems if problem.stops]


def with_gone(of: int, missing: int, emptied: int = 0, known: int = 0) -> Ledger:
    """A ledger of `of` issued numbers: the first `missing` have no line, the next `emptied` an empty one.

    Index already knows of `known` of these.
    """
    code = ["missing_number"] * missing + ["emptied"] * emptied
    index = [seen(n, problem_codes=code[n - 1] if n <= known else "") for n in range(1, of + 1)]
    lines = [blank(n) if n <= missing + emptied else line(no(n)) for n in range(missing + 1, of + 1)]
    return ledger(register=lines, index=index)


# "If more than 5 numbers and 5% of the rows are gone … the run writes and sends nothing."
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(with_gone(10, 5), [], id="five-of-ten"),
        pytest.param(with_gone(10, 6), [("many_missing", 6)], id="six-of-ten"),
        pytest.param(with_gone(1, 1), [("many_missing", 1)], id="the-only-one-and-the-numbered-lines"),
        pytest.param(with_gone(2, 2), [("many_missing", 2)], id="both-and-the-numbered-lines"),
        pytest.param(with_gone(119, 6), [("many_missing", 6)], id="six-of-119-is-over-5-percent"),
        pytest.param(with_gone(120, 6), [], id="six-of-120-is-5-percent"),
        pytest.param(with_gone(120, 7), [("many_missing", 7)], id="seven-of-120"),
        pytest.param(with_gone(20, 3, 3), [("many_missing", 6)], id="three-missing-three-emptied"),
        pytest.param(with_gone(20, 0, 6), [("many_missing", 6)], id="six-emptied"),
        pytest.param(with_gone(20, 7, known=2), [], id="known-ones-do-not-count-again"),
        pytest.param(with_gone(20, 8, known=2), [("many_missing", 6)], id="six-new-beside-two-known"),
    ],
)
def test_many_gone_stop_the_run(before: Ledger, expected: list[tuple[str, int]]) -> None:
    counted = [
        (code, int("".join(filter(str.isdigit, message.split("编号")[0]))))
        for code, message in stops(number(before, NOW))
    ]
    assert counted == expected


def test_a_stop_names_the_numbers_newly_gone_and_leaves_everything_as_it_was() -> None:
    before = with_gone(20, 14, known=2)

    outcome = number(before, NOW)

    names = "、".join(no(n) for n in range(3, 13))
    assert stops(outcome) == [("many_missing", f"一次缺少12个编号：{names}及另外2件。")]
    assert (len(outcome.problems), outcome.filled) == (1, ())
    assert numbers(outcome.ledger) == numbers(before)
    assert remembered(outcome.ledger) == remembered(before)


def test_an_accepted_stop_goes_on_and_reports_each_number() -> None:
    outcome = number(with_gone(10, 6), NOW, accepted=True)

    assert found(outcome) == [("missing_number", None, no(n)) for n in range(1, 7)]
    assert stops(outcome) == []
    assert numbers(outcome.ledger) == [no(n) for n in range(7, 13)]
    assert found(number(outcome.ledger, NOW)) == found(outcome)
    assert stops(number(outcome.ledger, NOW)) == []


CASES = 8


def case(n: int, who: int | str, what: int | str) -> Row:
    who, what = (f"{word}{cell}" if isinstance(cell, int) else cell for word, cell in (("访客", who), ("事由", what)))
    return line(no(n), petitioner=who, summary=what)


def with_torn(lines: Sequence[Row]) -> Ledger:
    """A ledger with these lines now, where at the last run line n held petitioner n and summary n."""
    old = ledger(register=[case(n, n, n) for n in range(1, CASES + 1)])
    marks = fingerprints(old.register, np.ones(CASES, dtype=bool)).tolist()
    index = [seen(n, fingerprint=mark) for n, mark in enumerate(marks, start=1)]
    return ledger(register=lines, index=index)


def changed(count: int, who: object, what: object) -> list[Row]:
    """The lines of the last run, but the first `count` with this petitioner and summary ("next": another line's)."""
    return [
        case(n, *(n + 50 if cell == "next" else n if cell == "own" else str(cell) for cell in (who, what)))
        if n <= count
        else case(n, n, n)
        for n in range(1, CASES + 1)
    ]


SIX = "、".join(no(n) for n in range(1, 7))
TORN = [("many_torn", f"有6行的信访人和反映问题同时变化：{SIX}，可能是排序使编号错位。")]


# "… or more than 5 rows changed both petitioner and summary since the last run (a sort that tore numbers off)".
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(changed(0, "own", "own"), [], id="nothing-changed"),
        pytest.param(changed(5, "next", "next"), [], id="five-rows"),
        pytest.param(changed(6, "next", "next"), TORN, id="six-rows"),
        pytest.param(changed(6, "own", "next"), [], id="only-summaries"),
        pytest.param(changed(6, "next", "own"), [], id="only-petitioners"),
        pytest.param(changed(6, "", "next"), [], id="petitioner-emptied"),
        pytest.param([case(n, n, n) for n in range(CASES, 0, -1)], [], id="sorted-with-their-numbers"),
    ],
)
def test_torn_off_numbers_stop_the_run(lines: Sequence[Row], expected: list[tuple[str, str]]) -> None:
    assert stops(number(with_torn(lines), NOW)) == expected


def test_rows_that_were_blank_before_are_not_torn() -> None:
    index = [issued(n) for n in range(1, CASES + 1)]
    assert stops(number(ledger(register=changed(6, "next", "next"), index=index), NOW)) == []


def test_an_accepted_sort_is_no_problem() -> None:
    outcome = number(with_torn(changed(6, "next", "next")), NOW, accepted=True)
    assert (found(outcome), len(outcome.ledger.register)) == ([], CASES + 2)


# A number of which a mail spoke was somebody's, though no run could write that down: the workbook was open.
def test_a_number_that_a_mail_named_is_missed() -> None:
    notices = [{"key": "k", "case_no": no(1), "kind": "alert", "state": "sent"}]
    outcome = number(ledger(register=[line(no(2))], index=[issued(1), seen(2)], notices=notices), NOW)
    assert (found(outcome), numbers(outcome.ledger)) == ([("missing_number", None, no(1))], [no(2), no(3), no(4)])


def prefix(typed: str, blank_rows: str = "3") -> tuple[Row, ...]:
    return ({"name": "编号前缀", "value": typed}, {"name": "预留空行", "value": blank_rows})


# "If `number_prefix` changes it follows, while used ones stay and the count goes on" (docs/design.md#p2.6).
@pytest.mark.parametrize(
    ("typed", "register", "index", "expected"),
    [
        pytest.param("XF-", [blank(1), blank(2), blank(3)], [issued(1), issued(2), issued(3)], ["XF-00001", "XF-00002", "XF-00003"], id="right-after-install"),
        pytest.param("XF-", [line(no(1)), blank(2), blank(3)], [seen(1), issued(2), issued(3)], [no(1), "XF-00002", "XF-00003", "XF-00004"], id="used-ones-stay"),
        pytest.param("XF-", [line(no(1)), line(no(2)), blank(3)], [seen(1), issued(2), issued(3)], [no(1), no(2), "XF-00003", "XF-00004", "XF-00005"], id="somebody-is-typing"),
        pytest.param("XF-", [line(no(1))], [seen(1)], [no(1), "XF-00002", "XF-00003", "XF-00004"], id="the-count-goes-on-without-a-pad"),
        pytest.param("XF-", [line(no(1)), blank(3)], [seen(1), issued(2), issued(3)], [no(1), "XF-00003", "XF-00002", "XF-00004"], id="a-deleted-one-follows"),
        pytest.param("ｘｆ－", [blank(1)], [issued(1)], [no(1), no(2), no(3)], id="cannot-be-used"),
        pytest.param("ｘｆ", [blank(1)], [issued(1)], ["XF00001", "XF00002", "XF00003"], id="fullwidth"),
        pytest.param("信访", [line(no(1)), blank(2)], [seen(1), issued(2)], [no(1), "信访00002", "信访00003", "信访00004"], id="chinese"),
        pytest.param("LV-2026-", [line(no(1)), blank(2)], [seen(1), issued(2)], [no(1), "LV-2026-00002", "LV-2026-00003", "LV-2026-00004"], id="longer"),
        pytest.param("XF27", [line("XF2600001"), blank(2)], [{"case_no": "XF2600001", "first_seen": "2026-03-02"}, issued(2)], ["XF2600001", "XF2700002", "XF2700003", "XF2700004"], id="ends-in-digits"),
        pytest.param("XF-", [blank(1), line("XF-00001")], [issued(1), {"case_no": "XF-00001", "first_seen": "2026-03-02"}], ["XF-00002", "XF-00001", "XF-00003", "XF-00004"], id="that-number-was-given"),
    ],
)  # fmt: skip
def test_the_pad_follows_a_changed_prefix(
    typed: str, register: Sequence[Row], index: Sequence[Row], expected: list[str]
) -> None:
    outcome = number(ledger(register=register, index=index, settings=prefix(typed)), NOW)
    assert (numbers(outcome.ledger), found(outcome)) == (expected, [])
    assert sorted(outcome.ledger.index["case_no"]) == sorted(expected)
    assert numbers(number(outcome.ledger, NOW).ledger) == expected


def test_a_prefix_that_is_changed_back_leaves_no_trace() -> None:
    before = ledger(
        register=[line(no(1)), blank(2), blank(3)], index=[seen(1), issued(2), issued(3)], settings=prefix("XF-")
    )
    other = number(before, NOW).ledger
    back = number(other.having(), NOW)
    assert numbers(back.ledger) == [no(1), "XF-00002", "XF-00003", "XF-00004"]
    rows = [line(no(1)), *({"case_no": f"XF-0000{n}"} for n in (2, 3, 4))]
    index = [seen(1), *({"case_no": f"XF-0000{n}"} for n in (2, 3, 4))]
    assert numbers(number(ledger(register=rows, index=index, settings=prefix("LV-")), NOW).ledger) == [
        no(n) for n in (1, 2, 3, 4)
    ]
