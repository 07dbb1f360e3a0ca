"""What people do to the pad of numbered empty lines, through whole runs on both kinds of workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from automation.commands.missing_cases import restored
from automation.ledger.workbook import Cell
from tests.support.ledger_in_memory import NOW, line
from tests.support.small_office import CLOCK, HANDLED, at, column, ledger_at, set_to, typed
from tests.support.workbook_homes import book_at, delete_rows, made_once, type_cells

ON_BOTH = IN_TURN = True
CASES = [line(**HANDLED), line("LV-00002", petitioner="何平", contact="13800000002", summary="食堂")]
"""Rows 2 and 3; the pad is in rows 4 to 9."""


@made_once
def office(folder: Path, **settings: str) -> Path:
    path = ledger_at(folder, CASES, **{"blank_rows": "6", **settings})
    at(path, "2026-03-18T09:00")
    return path


def register(path: Path) -> list[str]:
    return [f"{number} {who}".strip() for number, who in column(path, "register", "case_no", "petitioner")]


def problems(path: Path) -> list[str]:
    return [str(said) for (said,) in column(path, "register", "problems") if said]


def history(path: Path) -> list[tuple[object, ...]]:
    lines = column(path, "history", "case_no", "column", "after", "why")
    return [line for line in lines if line[1] == "编号"]


USED = ["LV-00001 陈静", "LV-00002 何平"]
PAD = [f"LV-0000{n}" for n in range(3, 9)]


Slip = Callable[[Path], None]
"""What somebody does to the Register."""


def overwrite(*numbers: Cell) -> Slip:
    """Paste these over the pad's numbers, from its first line on."""
    return lambda path: type_cells(path, "登记", {(row, 1): number for row, number in enumerate(numbers, start=4)})


def delete(row: int, count: int = 1) -> Slip:
    return lambda path: delete_rows(path, "登记", row, count)


OVERWRITTEN = "空行的编号被改动，系统已重新编号"


@pytest.mark.parametrize(
    ("slip", "pad", "again"),
    [
        pytest.param(delete(6), ["LV-00003", "LV-00004", "LV-00006", "LV-00007", "LV-00008", "LV-00005"], [], id="one-deleted"),
        pytest.param(delete(4, 6), PAD, [], id="all-deleted"),
        pytest.param(overwrite(1, 2, 3, 4, 5, 6), PAD, PAD, id="numbers-pasted-over-it"),
        pytest.param(overwrite("2026-1", "2026-2"), PAD, PAD[:2], id="another-list's-numbers"),
        pytest.param(overwrite(*["LV-00002"] * 6), PAD, PAD, id="a-case's-number-filled-down"),
        pytest.param(overwrite(*["LV-00003"] * 6), PAD, PAD[1:], id="its-own-first-filled-down"),
        pytest.param(overwrite("LV-00009", "LV-00010", "LV-00011"), PAD, PAD[:3], id="counted-on"),
        pytest.param(overwrite("", "", ""), [*PAD[3:], *PAD[:3]], [], id="cleared"),
    ],
)  # fmt: skip
def test_slips_in_the_pad_are_put_right(tmp_path: Path, slip: Slip, pad: list[str], again: list[str]) -> None:
    path = office(tmp_path)
    slip(path)

    result = at(path, "2026-03-18T09:10")

    assert [problem.say("zh") for problem in result.problems] == []
    assert (sorted(register(path)), problems(path)) == (sorted([*USED, *pad]), [])
    assert register(path) == [*USED, *pad]
    assert history(path) == [(number, "编号", number, OVERWRITTEN) for number in again]
    assert at(path, "2026-03-18T09:20").changes == ()


def test_restore_and_the_register_agree_that_nothing_is_missing(tmp_path: Path, home: str) -> None:
    path = office(tmp_path)
    kept = book_at(path, CLOCK).read()
    delete(6)(path)
    at(path, "2026-03-18T09:10")
    assert restored(book_at(path, CLOCK), kept, "copy.xlsx", NOW, really=True) == ["没有缺失的件。"]


def test_a_line_that_held_a_case_is_still_missed(tmp_path: Path) -> None:
    path = office(tmp_path)
    typed(path, "信访人", "孙丽", row=4)
    at(path, "2026-03-18T09:10")
    delete(4)(path)
    result = at(path, "2026-03-18T09:20")
    assert [problem.code for problem in result.problems] == ["missing_number"]
    assert "LV-00003" not in register(path)


def test_a_number_typed_before_the_case_is_asked_about(tmp_path: Path) -> None:
    """What stands on a line with a case is a person's to decide."""
    path = office(tmp_path)
    overwrite("2026-1")(path)
    typed(path, "信访人", "孙丽", row=4)
    at(path, "2026-03-18T09:10")
    assert register(path)[2:] == ["2026-1 孙丽", *PAD[1:], "LV-00003"]
    assert problems(path) == ["“2026-1”不是本台账发出的编号，本行暂不处理。请清空该格，系统会另行编号。"]


@pytest.mark.parametrize("prefix", ["XF-", "信访"])
def test_the_pad_follows_a_changed_prefix(tmp_path: Path, prefix: str) -> None:
    path = office(tmp_path)
    typed(path, "信访人", "孙丽", row=6)  # not seen by any run yet: that visitor left with LV-00005
    set_to(path, "number_prefix", prefix)

    result = at(path, "2026-03-18T09:10")

    follow = [f"{prefix}0000{n}" for n in (3, 4)]
    rest = [f"{prefix}0000{n}" for n in (6, 7, 8, 9)]
    assert [
        problem.say("zh") for problem in result.problems if problem.code in ("missing_number", "foreign_number")
    ] == []
    assert register(path) == [*USED, *follow, "LV-00005 孙丽", *rest]
    why = "编号前缀已更改，空行随之改用新前缀"
    assert history(path) == [(number, "编号", number, why) for number in [*follow, *rest[:-1]]]
    assert sorted(number for (number,) in column(path, "index", "case_no")) == sorted(
        ["LV-00001", "LV-00002", *follow, "LV-00005", *rest]
    )
    typed(path, "信访人", "钱进", row=4)
    at(path, "2026-03-18T09:20")
    assert register(path) == [*USED, f"{follow[0]} 钱进", follow[1], "LV-00005 孙丽", *rest, f"{prefix}00010"]
