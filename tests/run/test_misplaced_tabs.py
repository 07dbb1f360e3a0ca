"""A tab that was renamed, or headings that no longer stand in the first row: a run and `install` say so and add nothing."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from automation.commands.install import install_into
from automation.commands.missing_cases import restored
from automation.ledger.cell_names import column_letters
from automation.ledger.errors import LedgerError
from automation.ledger.parsing import parse
from tests.support.ledger_in_memory import NOW, line
from tests.support.sample import TRIES
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, column, ledger_at, mails
from tests.support.workbook_homes import (
    Kept,
    address,
    book_at,
    delete_rows,
    insert_rows,
    kept,
    read_now,
    rename_tab,
    type_cells,
    type_in,
)

ON_BOTH = IN_TURN = True
CASES = [line(**HANDLED), line("LV-00002", petitioner="何平", contact="13800000002", summary="食堂")]


@cache
def office(home: str) -> Kept:
    """An office after its first run."""

    def make(folder: Path) -> Path:
        path = ledger_at(folder, CASES, people=(FANG, ADMIN), blank_rows="3")
        at(path, "2026-03-18T09:00")
        return path

    return kept(make)


@pytest.fixture
def path(tmp_path: Path, home: str) -> Path:
    return office(home).put(tmp_path)


def cells(path: Path) -> dict[str, list[list[object]]]:
    """Every cell, but of the tab that notes the mail about it."""
    grids = book_at(path, CLOCK).read().grids
    return {title: [list(row) for row in grid.rows] for title, grid in grids.items() if title != "通知"}


def refused(path: Path) -> list[str]:
    """What run, install and restore say; none of them changes anything, and one mail names it."""
    before = cells(path)
    sent = Counter(mails(path.parent / "out"))
    result = at(path, "2026-03-18T09:10")
    said = [problem.say("zh") for problem in result.problems if problem.stops]
    with pytest.raises(LedgerError) as installed:
        install_into(address(path), None, None, NOW, CLOCK)
    with pytest.raises(LedgerError) as put_back:
        restored(book_at(path, CLOCK), book_at(path, CLOCK).read(), "copy.xlsx", NOW, really=True)
    assert (result.edits, cells(path)) == ((), before)
    told = [to for to, _ in (Counter(mails(path.parent / "out")) - sent).elements()]
    # without People nobody has an address
    assert sorted(told) == ([] if "人员" in said[0] else ["admin@s.example", "min@s.example"])
    assert installed.value.say("zh") == f"未补任何内容。{''.join(said)}"
    assert put_back.value.say("zh") == f"暂时不能恢复。{said[0]}"
    return said


def stopped_by(path: Path) -> list[str]:
    """What a run, install and restore would say: all of them ask the ledger as it was read."""
    return [problem.say("zh") for problem in parse(read_now(path)).problems if problem.stops]


def as_if_nothing_had_happened(path: Path) -> None:
    sent = len(mails(path.parent / "out"))
    result = at(path, "2026-03-18T09:20")
    assert (result.problems, len(mails(path.parent / "out"))) == ((), sent)
    assert [number for (number,) in column(path, "register", "case_no")] == [f"LV-0000{n}" for n in (1, 2, 3, 4, 5)]


NAME_BACK = "若就是该表，请改回原表名；若是复制的表，请先恢复原表（撤消、历史版本或备份）。"
TITLE_AWAY = "请删去表头上方的标题；若是排序使数据行移到了表头上方，请撤消排序。"


RENAMED = [
    ("登记", "登记2026"), ("人员", "教职工"), ("登记", "Sheet2"), ("归档", "归档（旧）"), ("设置", "参数"), ("索引", "索引 2"), ("值班", "值班表"),
    ("运行", "runs old"),
]  # fmt: skip
"""Of each table the first two are refused by a run, install and restore; of all it is looked at what is said."""


def renamed(title: str, other: str) -> list[str]:
    return [f"缺少“{title}”表；“{other}”表有它的表头。{NAME_BACK}"]


@pytest.mark.parametrize(("title", "other"), RENAMED[: TRIES or 2])
def test_a_renamed_tab(path: Path, title: str, other: str) -> None:
    rename_tab(path, title, other)
    assert refused(path) == renamed(title, other)
    rename_tab(path, other, title)
    as_if_nothing_had_happened(path)


def test_of_any_renamed_tab_it_is_said_what_it_was(path: Path) -> None:
    for title, other in RENAMED:
        rename_tab(path, title, other)
        assert stopped_by(path) == renamed(title, other)
        rename_tab(path, other, title)
    as_if_nothing_had_happened(path)


@pytest.mark.on_both
def test_two_renamed_tabs_are_told_apart(path: Path) -> None:
    """A Filing has all headings of a Register."""
    rename_tab(path, "归档", "旧件")
    rename_tab(path, "登记", "新件")
    assert refused(path) == [
        f"缺少“登记”表；“新件”表有它的表头。{NAME_BACK}",
        f"缺少“归档”表；“旧件”表有它的表头。{NAME_BACK}",
    ]
    rename_tab(path, "旧件", "归档")
    rename_tab(path, "新件", "登记")
    as_if_nothing_had_happened(path)


TITLED = [("登记", 3), ("人员", 1), ("登记", 1), ("设置", 1), ("时限", 2), ("索引", 1)]


def titled(title: str, above: int) -> list[str]:
    return [f"“{title}”表的表头在第{above + 1}行，不在第1行。{TITLE_AWAY}"]


def put_title(path: Path, title: str, above: int) -> None:
    insert_rows(path, title, 1, above)
    type_in(path, title, 1, 1, "实验中学信访登记")


@pytest.mark.parametrize(("title", "above"), TITLED[: TRIES or 2])
def test_a_title_above_the_headings(path: Path, title: str, above: int) -> None:
    put_title(path, title, above)
    assert refused(path) == titled(title, above)
    delete_rows(path, title, 1, above)
    as_if_nothing_had_happened(path)


def test_of_any_title_above_the_headings_it_is_said_where_they_stand(path: Path) -> None:
    for title, above in TITLED:
        put_title(path, title, above)
        assert stopped_by(path) == titled(title, above)
        delete_rows(path, title, 1, above)
    as_if_nothing_had_happened(path)


@pytest.mark.parametrize("title", ["登记", "索引"])
def test_the_heading_of_the_numbers_is_renamed(path: Path, title: str) -> None:
    """Install once added a second column of numbers, and every case got another."""
    type_in(path, title, 1, 1, "序号")
    assert refused(path) == [
        "缺少“编号”列，但表中已有内容。请改回原列名，或撤消改动。install 不会补这一列，否则每件都会再得一个编号。"
    ]
    type_in(path, title, 1, 1, "编号")
    as_if_nothing_had_happened(path)


HEADINGS = [
    ("登记", "联系方式", ""), ("人员", "姓名", "教师"), ("登记", "联系方式", "电话"), ("登记", "反映问题", "问题 "), ("登记", "状态", "办理状态"),
    ("登记", "受理意见", "决定"), ("人员", "邮箱", "电子邮件地址"), ("设置", "值", "填写"), ("索引", "指纹", "校验"),
]  # fmt: skip


def put_heading(path: Path, title: str, heading: str, instead: str) -> int:
    """Write another heading over this one, and say in which column."""
    at_column = 1 + list(read_now(path).grids[title].rows[0]).index(heading)
    type_in(path, title, 1, at_column, instead)
    return at_column


def missing_heading(title: str, heading: str, instead: str, at_column: int) -> list[str]:
    other = instead.strip() or column_letters(at_column)
    return [
        f"“{title}”表缺少“{heading}”列；它的位置上是“{other}”。若就是该列，请把表头改回“{heading}”；若是贵单位自己的列，请移到最后一列之后，再运行 install。"
    ]


@pytest.mark.parametrize(("title", "heading", "instead"), HEADINGS[: TRIES or 2])
def test_a_renamed_heading(path: Path, title: str, heading: str, instead: str) -> None:
    """Install once added an empty twin at the far end, and every case lost its cell."""
    at_column = put_heading(path, title, heading, instead)
    assert refused(path) == missing_heading(title, heading, instead, at_column)
    type_in(path, title, 1, at_column, heading)
    as_if_nothing_had_happened(path)


def test_of_any_renamed_heading_it_is_said_what_stands_in_its_place(path: Path) -> None:
    for title, heading, instead in HEADINGS:
        at_column = put_heading(path, title, heading, instead)
        assert stopped_by(path) == missing_heading(title, heading, instead, at_column)
        type_in(path, title, 1, at_column, heading)
    as_if_nothing_had_happened(path)


def swap_heading(path: Path, title: str, heading: str, instead: str) -> None:
    headings = list(read_now(path).grids[title].rows[0])
    type_in(path, title, 1, 1 + headings.index(heading), instead)


def own_column(path: Path, title: str, heading: str) -> None:
    """A column of the office's own behind the last, with something in it."""
    width = len(read_now(path).grids[title].rows[0])
    type_in(path, title, 1, width + 1, heading)
    type_in(path, title, 2, width + 1, "甲")


def test_a_renamed_column_that_stands_elsewhere(path: Path) -> None:
    """Index knows that the last run still saw it."""
    own_column(path, "登记", "电话")
    swap_heading(path, "登记", "联系方式", "")
    for row in (2, 3):
        type_in(path, "登记", row, 7, "")
    with pytest.raises(LedgerError) as installed:
        install_into(address(path), None, None, NOW, CLOCK)
    assert installed.value.say("zh") == (
        "未补任何内容。缺少“联系方式”列，而本台账原来有这一列。若是下列表头之一占了它的位置，请改回原名：电话。"
        "若都不是，请撤消改动，或在空白列的首行写上“联系方式”。"
    )
    type_in(path, "登记", 1, 7, "联系方式")
    install_into(address(path), None, None, NOW, CLOCK)
    assert list(book_at(path, CLOCK).read().grids["登记"].rows[0]).count("联系方式") == 1


@pytest.mark.parametrize(
    ("title", "heading"), [("部门", "邮箱查看人"), ("登记", "状态"), ("通知", "存疑次数"), ("登记", "办结日期")]
)
def test_what_a_later_version_brings_is_added_beside_a_column_of_ones_own(path: Path, title: str, heading: str) -> None:
    """An office's own column behind the last of ours is nobody's twin."""
    own_column(path, title, "备忘")
    headings = list(read_now(path).grids[title].rows[0])
    gone = 1 + headings.index(heading)
    type_cells(path, title, {(row, gone): "" for row in range(1, len(read_now(path).grids[title].rows) + 1)})
    assert install_into(address(path), None, None, NOW, CLOCK)[0] == f"已在“{title}”表补上：{heading}。"
    after = list(read_now(path).grids[title].rows[0])
    assert (after.count("备忘"), after.count(heading)) == (1, 1)


@pytest.mark.on_both
def test_a_tab_of_ones_own_is_left_alone(path: Path) -> None:
    """A copy beside the tab itself is nobody's concern, and neither is a list that merely shares some headings."""
    rename_tab(path, "值班", "值班 副本")
    install_refused = refused(path)
    assert install_refused == [f"缺少“值班”表；“值班 副本”表有它的表头。{NAME_BACK}"]
    type_in(path, "值班 副本", 1, 1, "备忘")
    type_in(path, "值班 副本", 1, 2, "内容")
    assert install_into(address(path), None, None, NOW, CLOCK)[0] == "已补上“值班”表。"
    as_if_nothing_had_happened(path)


@pytest.mark.parametrize("slip", ["renamed", "title"])
def test_without_notices_a_sheet_sends_nothing(path: Path, home: str, slip: str) -> None:
    """It is a sheet's only memory of what was sent; a file has its journal, and says so by mail."""
    rename_tab(path, "通知", "通知2") if slip == "renamed" else insert_rows(path, "通知", 1)
    before, sent = cells(path), mails(path.parent / "out")
    if home == "google":
        with pytest.raises(LedgerError) as stopped:
            at(path, "2026-03-18T09:10")
        assert stopped.value.say("zh").startswith("未写入也未发信。")
        assert mails(path.parent / "out") == sent
    else:
        at(path, "2026-03-18T09:10")
        assert len(mails(path.parent / "out")) == len(sent) + 2
        at(path, "2026-03-18T09:20")
        assert len(mails(path.parent / "out")) == len(sent) + 2
    assert cells(path) == before
    rename_tab(path, "通知2", "通知") if slip == "renamed" else delete_rows(path, "通知", 1)
    assert at(path, "2026-03-18T09:30").problems == ()
