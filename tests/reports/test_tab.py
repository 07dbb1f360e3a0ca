"""The Report tab: blocks for the charts, then the lists of cases; written in one commit on both kinds of workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from automation.cases.indicator_text import NAMES
from automation.ledger.errors import LedgerError
from automation.ledger.marks import mark
from automation.ledger.workbook import Cell
from automation.pages import report as at
from automation.pages.page import Values
from automation.pages.report import report_page
from automation.reports.model import Breakdown, Count, Report
from automation.reports.tab import report_cells, write_tab
from automation.reports.wording import sentence, title
from sheet_schema import LANGUAGES, Language
from sheet_schema.vocabulary import Channel
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import preset_rows
from tests.support.small_office import CLOCK, ledger_at
from tests.support.small_reports import DONE, LATE, MARKER, case, report, secret

ON_BOTH = True
TAB = "统计"
TOPICS = [str(row["name"]) for row in preset_rows("topics", "zh")]
BUSY = [
    case(1, **LATE, important="✓", channel="上级交办", superior_ref="教1号", superior_due="2026-03-10"),
    case(2, **LATE, leapfrog="✓", people=7, repeat_of="LV-00001"),
    case(3, **DONE, topic=TOPICS[2]),
    *secret(31, 3, topic=TOPICS[1], department="教务处"),
]


@pytest.fixture(scope="module")
def busy() -> Report:
    return report(BUSY)


def lines(values: Values, head: int, left: int, width: int, most: int) -> list[tuple[Cell, ...]]:
    """The lines below a table's column heads."""
    found = [tuple(values.get((row, left + i), "") for i in range(width)) for row in range(head + 1, head + most + 1)]
    while found and not any(cell != "" for cell in found[-1]):
        found.pop()
    return found


def sections(values: Values) -> dict[str, list[tuple[Cell, ...]]]:
    """The lists by their headings."""
    found: dict[str, list[tuple[Cell, ...]]] = {}
    name = ""
    for row in range(at.LISTS + 1, at.LISTS + at.MOST_LINES + 1):
        line = tuple(values.get((row, column), "") for column in range(at.LEFT, at.LAST + 1))
        if values.get((row, at.MARKS)) == at.HEADING:
            name = str(line[0])
            found[name] = []
        elif any(cell != "" for cell in line):
            found[name].append(line)
    return found


@pytest.mark.file_only
def test_its_head_and_figures(busy: Report) -> None:
    values = report_cells(busy)

    assert (values[at.TITLE, at.LEFT], values[at.SENTENCE, at.LEFT]) == (title(busy), sentence(busy))
    figures = lines(values, at.FIGURES, at.LEFT, 8, at.MOST_FIGURES)
    assert [line[0] for line in figures] == [NAMES[one.indicator.key].say("zh") for one in busy.figures]
    by_name = {line[0]: (*line[3:6], line[6], line[7]) for line in figures}
    assert {name: by_name[name] for name in ("收到件数", "按期办结率", "法定时限内办结率")} == {
        "收到件数": ("6", "", "0", "", "LV-00001、LV-00002、LV-00003，另有保密件3件"),
        "按期办结率": ("17%（1/6）", "100%", "–", "未达标", "LV-00001、LV-00002，另有保密件3件"),
        "法定时限内办结率": ("–", "100%", "–", "", ""),
    }


@pytest.mark.file_only
def test_the_blocks_that_charts_draw_from(busy: Report) -> None:
    values = report_cells(busy)

    months = lines(values, at.MONTHS, at.LEFT, 4, at.MOST_MONTHS)
    assert (months[0], months[-1]) == (("2025年4月", "", 0, 0), ("2026年3月", "", 6, 1))
    assert lines(values, at.CHANNELS, at.LEFT, 3, len(Channel) + 2) == [
        ("来访", "", 2),
        ("上级交办", "", 1),
        ("保密件", "", 3),
    ]
    assert lines(values, at.KINDS, at.LEFT, 3, 6) == [
        ("申诉求决", "", 3),
        ("保密件", "", 3),
    ]
    assert lines(values, at.TOPICS, at.LEFT, 3, 23) == [
        (TOPICS[0], "", 2),
        (TOPICS[2], "", 1),
        ("保密件", "", 3),
    ]
    assert [(line[1], line[2]) for line in lines(values, at.AGES, at.RIGHT, 3, at.MOST_AGES)] == [
        (one.count, one.late) for one in busy.open.ages
    ]
    assert lines(values, at.AGES + at.MOST_AGES, at.RIGHT, 3, 1) == [("保密件", 3, 3)]


@pytest.mark.file_only
def test_many_names_share_the_last_line_and_restricted_ones_stand_apart(busy: Report) -> None:
    counts = (
        *(Count(f"事项{i}", f"事项{i}", (f"LV-{i:05d}",) * i) for i in range(1, 24)),
        Count("", "未填写", ("LV-00001",) * 4),
    )
    values = report_cells(replace(busy, breakdowns=(*busy.breakdowns[:2], Breakdown("topic", counts, 2))))

    found = lines(values, at.TOPICS, at.LEFT, 3, 23)
    assert found[-4:] == [
        ("事项20", "", 20),
        ("其他", "", 21 + 22 + 23),
        ("未填写", "", 4),
        ("保密件", "", 2),
    ]


@pytest.mark.file_only
def test_the_lists(busy: Report) -> None:
    found = sections(report_cells(busy))
    received, due = date(2026, 3, 2), date(2026, 3, 12)
    first = ("LV-00001", received, date(2026, 3, 10), 8, "答复", TOPICS[0])
    second = ("LV-00002", received, due, 6, "答复", TOPICS[0])

    assert {name: [line[:6] for line in rows] for name, rows in found.items()} == {
        "超期（最久的在前）": [first, second, ("另有保密件3件，不列编号。", "", "", "", "", "")],
        "上级和领导交办件": [first], "集体访": [second], "重复件": [second], "越级访": [second], "报告领导情况": [first, second],
        "台账是否完整": [(f"{name}：无", "", "", "", "", "") for name in ("“登记”表缺失的编号", "归档表缺失的编号", "有误超过一个工作日的行")],
    }  # fmt: skip
    assert [found[name][0][-1] for name in ("上级和领导交办件", "越级访", "报告领导情况")] == [
        "上级交办 教1号，要求3月10日前反馈，超期未反馈",
        f"LV-00001 {preset_rows('departments', 'zh')[0]['name']}，3月2日收到，应于3月10日前答复，未答复，超期8天",
        "重要突发，未发紧急通知，领导：未填写",
    ]
    assert found["报告领导情况"][1][-1] == "集体访，7人，未发紧急通知，领导：未填写"


@pytest.mark.file_only
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stays_on_the_page_and_writes_over_no_words(language: Language) -> None:
    values = report_cells(report([case(i, language, **LATE) for i in range(500)], language=language))
    page = report_page(language)

    assert [place for place in values if not (place[0] <= page.rows and place[1] <= page.columns)] == []
    assert [place for place in values if place in page.texts and place != (1, 2)] == []
    said = str(values[page.rows, at.LEFT])
    assert re.fullmatch({"en": r"\d+ more lines do not fit here.*", "zh": r"另有\d+行未列出.*"}[language], said)


@pytest.mark.file_only
def test_of_restricted_cases_nothing_stands_there() -> None:
    values = report_cells(
        report(
            [
                case(1, **LATE),
                *secret(31, 4, **LATE, people=9, leapfrog="✓", important="✓", channel="上级交办"),
            ]
        )
    )

    said = " ".join(map(str, values.values()))
    assert [word for word in (MARKER, "LV-00031", "LV-00034") if word in said] == []


# In a workbook.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ledger_at(tmp_path, [])


def tab(path: Path) -> list[list[Cell]]:
    return [list(row) for row in homes.book_at(path, CLOCK).read().grids[TAB].rows]


def cell(path: Path, row: int, column: int) -> object:
    rows = tab(path)
    return mark(rows[row - 1][column - 1]) if row <= len(rows) and column <= len(rows[row - 1]) else ""


def write(path: Path, one: Report) -> bool:
    return write_tab(homes.book_at(path, CLOCK), one)


def test_it_is_written_once(path: Path, busy: Report) -> None:
    first, before = write(path, busy), homes.content(path)
    second = write(path, busy)

    assert (first, second, homes.content(path)) == (True, False, before)
    assert (cell(path, at.TITLE, at.LEFT), cell(path, at.MONTHS + 12, 4)) == (title(busy), 6)


def test_a_later_report_leaves_nothing_of_an_earlier_one(path: Path, busy: Report) -> None:
    quiet = report([])
    write(path, busy)
    write(path, quiet)
    after = tab(path)

    fresh = path.with_name("fresh")
    fresh.mkdir()
    other = ledger_at(fresh, [])
    write(other, quiet)

    def filled(rows: list[list[Cell]]) -> dict[tuple[int, int], object]:
        return {(i, j): mark(c) for i, row in enumerate(rows) for j, c in enumerate(row) if c != ""}

    assert filled(after) == filled(tab(other))


def test_other_tabs_are_left_alone(path: Path, busy: Report) -> None:
    before = homes.book_at(path, CLOCK).read().grids
    write(path, busy)
    after = homes.book_at(path, CLOCK).read().grids

    assert {name: grid for name, grid in after.items() if name != TAB} == {
        name: grid for name, grid in before.items() if name != TAB
    }


def test_without_the_tab_it_says_what_to_do(path: Path, busy: Report) -> None:
    book = homes.load(path)
    del book[TAB]
    homes.save(book, path)

    with pytest.raises(LedgerError) as refused:
        write(path, busy)

    assert refused.value.say("en") == (
        "The tab 统计 is missing or holds something else: rename what is there, and run `install`, which lays it out."
    )


def test_text_that_looks_like_a_formula_stays_text_and_settles(path: Path) -> None:
    one = report([case(1, topic="=1+1", **LATE)])

    assert (write(path, one), write(path, one)) == (True, False)
