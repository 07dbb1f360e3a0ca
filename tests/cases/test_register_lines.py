"""Tells cases, empty lines and lines in doubt apart, and notices a number that was torn off its row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from automation.cases.register_lines import fingerprints, has_content, register_lines_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.ledger.table import copied, is_among, positions_of
from sheet_schema import REGISTER
from tests.support.ledger_in_memory import ledger, line

Row = dict[str, object]


def objects(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(texts, dtype=object)


# A line is empty while its staff cells are blank or unticked (docs/design.md#p2.7).
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, False, id="a-number-alone"),
        pytest.param({"petitioner": "陈静"}, True, id="text"),
        pytest.param({"received_on": "2026-03-02"}, True, id="a-date"),
        pytest.param({"received_on": "三月"}, True, id="something-unreadable"),
        pytest.param({"kind": "抱怨"}, True, id="a-word-not-on-the-list"),
        pytest.param({"people": 0}, True, id="a-zero"),
        pytest.param({"important": False, "leapfrog": False}, False, id="unticked"),
        pytest.param({"important": "☐"}, False, id="an-empty-box"),
        pytest.param({"important": True}, True, id="ticked"),
        pytest.param({"important": "✓"}, True, id="ticked-by-hand"),
        pytest.param({"department": "教务处"}, True, id="what-both-may-fill"),
        pytest.param(
            {"status": "已登记", "light": "正常", "flags": "超期", "problems": "?"}, False, id="what-the-job-wrote"
        ),
    ],
)
def test_has_content(cells: Row, expected: bool) -> None:
    register = ledger(register=[{"case_no": "LV-00001", **cells}]).register
    assert has_content(register).tolist() == [expected]


SEEN: Row = {"case_no": "LV-00001", "first_seen": "2026-03-02"}


# A line is a case if its number was issued, stands in no other line, and is not filed (docs/design.md#p2.8).
@pytest.mark.parametrize(
    ("register", "index", "filing", "cases", "index_at", "first_seen"),
    [
        pytest.param([line()], [SEEN], [], [True], [0], ["2026-03-02"], id="a-case"),
        pytest.param([line()], [{"case_no": "LV-00001"}], [], [True], [0], ["NaT"], id="not-seen-before"),
        pytest.param([line()], [{"case_no": "LV-00009"}, SEEN], [], [True], [1], ["2026-03-02"], id="second-in-index"),
        pytest.param([{"case_no": "LV-00001"}], [SEEN], [], [False], [0], ["2026-03-02"], id="an-empty-line"),
        pytest.param([line("LV-00007")], [SEEN], [], [False], [-1], ["NaT"], id="never-issued"),
        pytest.param([line("")], [SEEN], [], [False], [-1], ["NaT"], id="no-number"),
        pytest.param([line(), line()], [SEEN], [], [False, False], [0, 0], ["2026-03-02"] * 2, id="copied"),
        pytest.param(
            [line(), {"case_no": "LV-00001"}],
            [SEEN],
            [],
            [False, False],
            [0, 0],
            ["2026-03-02"] * 2,
            id="copied-to-an-empty-line",
        ),
        pytest.param([line()], [SEEN], [{"case_no": "LV-00001"}], [False], [0], ["2026-03-02"], id="filed"),
    ],
)
def test_which_lines_are_cases(
    register: Sequence[Row],
    index: Sequence[Row],
    filing: Sequence[Row],
    cases: list[bool],
    index_at: list[int],
    first_seen: list[str],
) -> None:
    register_lines = register_lines_of(ledger(register=register, index=index, filing=filing))
    assert register_lines.cases.tolist() == cases
    assert register_lines.index_at.tolist() == index_at
    assert register_lines.first_seen.astype(str).tolist() == first_seen


def test_the_lines_are_worked_out_anew_when_the_ledger_changes() -> None:
    before = ledger(register=[line()], index=[SEEN])
    register_lines_of(before)
    renamed = before.having(register=before.register.having(case_no=objects("LV-00005")))
    assert register_lines_of(renamed).cases.tolist() == [False]
    assert register_lines_of(before).cases.tolist() == [True]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("LV-00001", "LV-00001"),
        ("lv-00001", "LV-00001"),
        ("ＬＶ－００００１", "LV-00001"),
        (" LV -\u3000000 01\n", "LV-00001"),
        ("", ""),
    ],
)
def test_tidy_number(typed: str, number: str) -> None:
    assert tidy_number(typed) == number


def test_looking_numbers_up() -> None:
    numbers = objects("a", "", "b", "a", "", "x")
    assert copied(numbers).tolist() == [True, False, False, True, False, False]
    assert is_among(numbers, objects("b", "a")).tolist() == [True, False, True, True, False, False]
    assert positions_of(numbers, objects("b", "", "a", "a")).tolist() == [2, -1, 0, 2, -1, -1]


def prints(before: Ledger) -> list[str]:
    return fingerprints(before.register, np.ones(len(before.register), dtype=bool)).tolist()


def fingerprint(**cells: object) -> str:
    return prints(ledger(register=[line(**cells)]))[0]


PLAIN = fingerprint()


def parts_changed(one: str, other: str) -> list[bool]:
    return [a != b for a, b in zip(one.split("."), other.split("."), strict=True)]


# The three parts are of the petitioner, of the summary and of all cells.
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, [False, False, False], id="nothing"),
        pytest.param({"petitioner": "周明"}, [True, False, True], id="petitioner"),
        pytest.param({"summary": "食堂"}, [False, True, True], id="summary"),
        pytest.param({"contact": "13900000009"}, [False, False, True], id="another-cell"),
        pytest.param({"important": True}, [False, False, True], id="a-tick"),
        pytest.param({"important": False}, [False, False, False], id="unticked-is-blank"),
        pytest.param({"case_no": "LV-00002"}, [False, False, False], id="the-number-is-no-part-of-it"),
        pytest.param(
            {"status": "办结", "flags": "超期", "closed_on": "2026-03-09"},
            [False, False, False],
            id="what-the-job-writes",
        ),
    ],
)
def test_what_a_fingerprint_shows(cells: Row, expected: list[bool]) -> None:
    assert parts_changed(PLAIN, fingerprint(**cells)) == expected


def test_every_cell_people_type_is_in_the_fingerprint() -> None:
    blank = prints(ledger(register=[{"case_no": "LV-00001", "petitioner": "x"}]))[0]
    seen = {
        column.key
        for column in REGISTER
        if prints(ledger(register=[{"case_no": "LV-00001", "petitioner": "x", column.key: "1"}]))[0] != blank
    }
    assert seen == set(REGISTER.staff_keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"people": 1}, {"people": True}, id="one-and-true"),
        pytest.param({"contact": "ab", "petitioner": "c"}, {"contact": "b", "petitioner": "ca"}, id="moved-over"),
        pytest.param(
            {"handler": "王芳", "received_by": ""}, {"handler": "", "received_by": "王芳"}, id="another-column"
        ),
    ],
)
def test_different_cells_give_different_fingerprints(one: Row, other: Row) -> None:
    assert fingerprint(**one) != fingerprint(**other)


def test_cells_count_as_a_person_sees_them() -> None:
    assert fingerprint(people=3) == fingerprint(people=3.0) == fingerprint(people="3")


def test_a_fingerprint_is_the_same_for_ever() -> None:
    """Index keeps fingerprints, and later versions compare them."""
    register = [{"case_no": "LV-00001", "petitioner": "陈静", "summary": "作业太多", "people": 3, "important": True}]
    assert prints(ledger(register=register)) == ["9f7d04c4.c2dfca66.0d8f8708219c469e"]


def test_only_the_lines_asked_for_get_one() -> None:
    register = ledger(register=[line(), line("LV-00002")]).register
    assert fingerprints(register, np.array([False, True])).tolist() == ["", PLAIN]
