"""Tabs and columns are found by any of their names, in any order."""

from __future__ import annotations

import pytest

from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Formula, Grid, Snapshot
from sheet_schema import REGISTER, TAB, Language
from tests.support.ledger_in_memory import ledger, line, snapshot

Cells = list[list[Cell]]


def with_register(rows: Cells, language: Language = "zh") -> Snapshot:
    whole = snapshot(language)
    title = REGISTER.label(language)
    return Snapshot({**whole.grids, title: Grid(title, rows)}, "v")


def header(language: Language) -> list[Cell]:
    return [column.label(language) for column in REGISTER]


def row(**cells: Cell) -> list[Cell]:
    return [cells.get(key, "") for key in REGISTER.keys]


WIDTH = len(REGISTER.columns)
CASE = row(case_no="LV-00001", channel="Visit", petitioner="陈静", summary="作业太多")


@pytest.mark.parametrize(
    "head",
    [header("zh"), header("en"), list(REGISTER.keys), [f" {text} " for text in header("zh")], [str(text).upper() for text in header("en")]],
    ids=["Chinese", "English", "keys", "spaces", "capitals"],
)  # fmt: skip
def test_headers_in_any_of_their_names(head: list[Cell]) -> None:
    register = parse(with_register([head, CASE])).register
    assert [register[key].tolist() for key in ("case_no", "channel", "petitioner", "summary")] == [
        ["LV-00001"],
        ["visit"],
        ["陈静"],
        ["作业太多"],
    ]


def test_columns_in_any_order_among_the_users_own() -> None:
    head, cells = header("zh")[::-1], CASE[::-1]
    register = parse(with_register([["我的列", *head, "另一列"], ["x", *cells, "y"]])).register
    assert (register["case_no"].tolist(), register.at["case_no"]) == (["LV-00001"], len(head) + 1)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([], []),
        ([header("zh")], []),
        ([header("zh"), CASE], [2]),
        ([header("zh"), [], CASE, [""] * WIDTH, CASE[:9]], [3, 5]),
        ([header("zh"), [*CASE, "", "", "beyond"]], [2]),
        # a line with something only in a column of the users' own is not a line of ours
        ([[*header("zh"), "备忘"], [*[""] * WIDTH, "note"], [*CASE, ""]], [3]),
    ],
    ids=["nothing", "headers only", "one line", "blank and ragged", "too long", "own columns only"],
)
def test_blank_and_ragged_rows(rows: Cells, lines: list[int]) -> None:
    assert parse(with_register(rows)).register.rows.tolist() == lines


def stops(read: Snapshot) -> list[tuple[str, str, str, bool]]:
    found = parse(read)
    return [(p.tab, p.code, p.say(found.language), p.stops) for p in found.problems if p.row is None]


@pytest.mark.parametrize(
    ("language", "change", "said"),
    [
        ("en", ("Summary", "Sumary"), ("no_column", "The column “Summary” is missing. If it was renamed, give it its old name back. Otherwise run install: it adds what is missing.")),
        ("en", ("Result", "Summary"), ("doubled_column", "The column “Summary” stands here twice. Rename one of the two.")),
        ("zh", ("反映问题", "问题"), ("no_column", "缺少“反映问题”列。若被改名，请改回原名；否则请运行 install 补齐。")),
    ],
)  # fmt: skip
def test_a_missing_or_doubled_label(language: Language, change: tuple[str, str], said: tuple[str, str]) -> None:
    """A header that is missing or stands twice stops the run and is named (docs/design.md#p2.3)."""
    head: list[Cell] = [change[1] if text == change[0] else text for text in header(language)]
    problems = stops(with_register([head], language))
    assert [problem for problem in problems if problem[1] == said[0]][:1] == [("register", *said, True)]


OLD = {"departments": "read_by", "notices": "doubts", "runs": "mail"}
"""A column of each of these tabs that earlier versions did not have."""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "This version of the program needs columns that this ledger lacks: Departments (Read by), Notices (In doubt), Runs (Mail). If headings were renamed, first give them their old names back. Then run install once: it adds what is missing and changes nothing that you typed."),
        ("zh", "本台账缺少本版程序需要的列：部门（邮箱查看人）、通知（存疑次数）、运行（可发邮件）。若是表头被改名，请先改回原名；再运行一次 install 补齐，已填内容不会改动。"),
    ],
)  # fmt: skip
def test_a_ledger_of_an_earlier_version_is_told_in_one_sentence_what_to_do(language: Language, said: str) -> None:
    read = snapshot(language)
    grids = dict(read.grids)
    for tab, column in OLD.items():
        title = TAB[tab].label(language)
        head = [cell for cell in grids[title].rows[0] if cell != TAB[tab][column].label(language)]
        grids[title] = Grid(title, [head])
    problems = [one for one in parse(Snapshot(grids, "v")).problems if one.stops]
    assert [(one.tab, one.code, one.say(language)) for one in problems] == [("departments", "no_columns", said)]


def test_a_missing_tab_is_named() -> None:
    whole = snapshot("en")
    grids = {title: grid for title, grid in whole.grids.items() if title != "Routing"}
    assert stops(Snapshot(grids, "v")) == [
        ("routing", "no_tab", "The tab “Routing” is missing. Run install: it adds what is missing.", True),
        (
            "routing",
            "no_catch_all",
            "No rule catches what the others miss. Add a last row with a department and no conditions.",
            False,
        ),
    ]


@pytest.mark.parametrize(
    ("key", "cell", "problem"),
    [
        (
            "received_on",
            "3/2/2026",
            ("ambiguous_date", "“收到日期”：“3/2/2026”可能是2026-02-03 / 2026-03-02。请照此格式填写所指的那一天。"),
        ),
        (
            "people",
            "几个",
            (
                "not_whole",
                "“人数”：“几个”不是整数。请只写数字，如12。改正前以所填最大的数为准报告领导；看不出人数的，按集体访报告。",
            ),
        ),
        ("contact", 5550001.0, ("lost_zero", "“联系方式”被存成了数字，开头的0可能丢失。若以0开头请重新填写。")),
        ("contact", 13800000001.0, None),
    ],
)
def test_a_bad_cell_is_a_problem_of_its_row(key: str, cell: Cell, problem: tuple[str, str] | None) -> None:
    read = snapshot(register=[line(**{key: cell})])
    problems = [(p.row, p.column, p.case_no, p.code, p.say("zh")) for p in parse(read).problems if p.tab == "register"]
    assert problems == ([(2, key, "LV-00001", *problem)] if problem else [])


# What cannot be read is treated as if it had to be kept secret, and the row says so (docs/design.md#p5.6).
@pytest.mark.parametrize(
    ("language", "column", "cell", "meanwhile"),
    [
        ("en", "kind", "Moan", "Until then the case is treated as if it were an Allegation."),
        ("en", "restricted", "maybe", "Until then the case is treated as restricted."),
        ("zh", "kind", "牢骚", "改正前按检举控告对待。"),
        ("zh", "restricted", Formula("=A1"), "改正前按保密件对待。"),
        ("en", "important", "maybe", "Until then the case counts as important: leaders are told of it."),
        ("zh", "people", "多人", "改正前以所填最大的数为准报告领导；看不出人数的，按集体访报告。"),
        ("en", "channel", "Drone", ""),
    ],
)
def test_what_an_unreadable_cell_counts_as(language: Language, column: str, cell: Cell, meanwhile: str) -> None:
    for tab in ("register", "filing"):
        (found,) = [
            p
            for p in ledger(language, **{tab: [line(**{column: cell})]}).problems
            if p.tab == tab and p.column == column
        ]
        expected = meanwhile if tab == "register" else ""
        text = found.say(language)
        assert text.endswith(expected)
        assert ("Until" in text or "改正前" in text) == bool(expected)
