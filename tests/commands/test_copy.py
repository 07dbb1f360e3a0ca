"""copy: nothing is lost, whichever language it is copied into; the copy starts paused; a moved ledger stops."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from automation.commands.copy import copied
from automation.commands.demo import build
from automation.ledger.errors import LedgerError
from automation.ledger.parsing import parse
from automation.ledger.titles_and_headers import language_of, title_of
from automation.ledger.workbook import Cell, Formula
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import LANGUAGES, RECEPTIONS, SETTING, TAB, TABS, USUAL_TABS, Language
from sheet_schema.vocabulary import Sending
from tests.support.ledger_in_memory import NOW

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
RUN = Request(JOBS["run"], NOW, CLOCK)
OTHER: Mapping[Language, Language] = {"en": "zh", "zh": "en"}
Grids = dict[str, list[list[Cell]]]
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Language, bytes]:
    """The demo ledger in both languages after its first run, with two own columns (one nameless), an own tab and a sentence of its own.

    A run has seen them all.
    """
    made = {}
    for language in LANGUAGES:
        path = tmp_path_factory.mktemp(language) / "ledger.xlsx"
        build(path, language, NOW, CLOCK)
        run(ExcelWorkbook(path, CLOCK), RUN)
        book = openpyxl.load_workbook(path)
        register = book[TAB["register"].label(language)]
        end = register.max_column
        for row, text in ((1, "Room"), (2, "B 12"), (5, "00123")):
            register.cell(row, end + 1).value = text
        register.cell(3, end + 2).value = "no header above"
        book[TAB["wording"].label(language)]["B2"] = "Go to {case_no}"
        own = book.create_sheet("Own list")
        own["A1"], own["B2"], own["C2"] = "Visit", "=1+1", 2.5
        own["A2"], own["A3"] = "'=cmd()", datetime(2026, 3, 2)
        own["A2"].data_type = "s"
        book.save(path)
        run(ExcelWorkbook(path, CLOCK), RUN)
        made[language] = path.read_bytes()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def grids(path: Path) -> Grids:
    """All cells of all tabs, without blank cells at the ends of rows."""
    found = {}
    for title, grid in ExcelWorkbook(path, CLOCK).read().grids.items():
        found[title] = [[*row] for row in grid.rows]
        for row in found[title]:
            while row and row[-1] == "":
                row.pop()
    return found


def setting(of: Grids, key: str, language: Language) -> list[Cell]:
    """The row of one setting; its second cell is the value."""
    rows = of[TAB["settings"].label(language)]
    return next(row for row in rows if row[0] == SETTING[key].label(language))


def _without_what_was_seen(of: Grids, language: Language) -> None:
    """Leave out what the last run kept of cells that people type: words of a language, and of Settings as `copy` left it."""
    of.pop(TAB["rules_seen"].label(language))
    for row in of[TAB["index"].label(language)][1:]:
        del row[TAB["index"].keys.index("as_seen") :]
        while row and row[-1] == "":
            row.pop()


# "A copied ledger starts paused" (docs/design.md#p6.6)


@every_language
def test_a_copy_in_the_same_language_differs_only_in_being_paused(
    source: Path, ran: Mapping[Language, bytes], language: Language
) -> None:
    source.write_bytes(ran[language])
    target = source.with_name("new.xlsx")

    said = copied(source, target, None, CLOCK, move=False)

    expected = grids(source)
    setting(expected, "sending", language)[1] = Sending.PAUSED.label(language)
    found = grids(target)
    for one in (expected, found):
        _without_what_was_seen(one, language)
    assert found == expected
    assert source.read_bytes() == ran[language]
    assert (
        said
        == {
            "en": ["Copied ledger.xlsx to new.xlsx. Sending is paused there; set it in Settings when you are ready."],
            "zh": ["已将 ledger.xlsx 复制到 new.xlsx。新台账暂停发信，准备好后请在“设置”中修改。"],
        }[language]
    )


def test_a_copy_in_the_same_language_is_the_same_file_but_for_the_settings(
    source: Path, ran: Mapping[Language, bytes]
) -> None:
    """Notes, colours and own tabs are copied; only the part of the file with Settings differs."""
    source.write_bytes(ran["en"])
    target = source.with_name("new.xlsx")
    copied(source, target, "en", CLOCK, move=False)

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target) as new:
        differing = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert new.namelist() == old.namelist()
    written = (list(grids(source)).index(title) + 1 for title in ("Settings", "Rules seen"))
    assert differing == [f"xl/worksheets/sheet{number}.xml" for number in written]


# `copy --language` translates a ledger, both ways and without a loss.


@every_language
def test_there_and_back_again_every_cell_of_every_tab_is_the_same(
    source: Path, ran: Mapping[Language, bytes], language: Language
) -> None:
    source.write_bytes(ran[language])
    there, back = source.with_name("there.xlsx"), source.with_name("back.xlsx")

    copied(source, there, OTHER[language], CLOCK, move=False)
    copied(there, back, language, CLOCK, move=False)

    expected = grids(source)
    setting(expected, "sending", language)[1] = Sending.PAUSED.label(language)
    found = grids(back)
    for of_the_last_run in (expected, found):  # the next run fills it
        del of_the_last_run[TAB["dashboard"].label(language)]
        _without_what_was_seen(of_the_last_run, language)
    assert found == expected


@every_language
def test_a_translated_ledger_has_the_other_languages_tabs_headers_and_choices(
    source: Path, ran: Mapping[Language, bytes], language: Language
) -> None:
    source.write_bytes(ran[language])
    target, other = source.with_name("new.xlsx"), OTHER[language]

    copied(source, target, other, CLOCK, move=False)

    old, new = grids(source), grids(target)
    there = [tab for tab in TABS if tab in USUAL_TABS or tab is RECEPTIONS]  # the demo has turned these on
    assert list(new) == [*(tab.label(other) for tab in there), "Own list"]
    assert language_of(new) == other
    for tab in USUAL_TABS:
        if tab.columns:
            labels = [column.label(other) for column in tab]
            assert new[tab.label(other)][0][: len(labels)] == labels
            for place, column in enumerate(tab):
                if column.choices is not None and not column.separator:
                    ours = {word.label(language): word.label(other) for word in column.choices}
                    before, after = (
                        [row[place] if place < len(row) else "" for row in rows[1:]]
                        for rows in (old[tab.label(language)], new[tab.label(other)])
                    )
                    assert after == [ours.get(str(cell), cell) for cell in before]


@pytest.fixture(scope="module")
def translated(ran: Mapping[Language, bytes], tmp_path_factory: pytest.TempPathFactory) -> tuple[Grids, Grids]:
    """The cells of the English ledger, and of its copy in Chinese."""
    source, target = (tmp_path_factory.mktemp(name) / "ledger.xlsx" for name in ("source", "target"))
    source.write_bytes(ran["en"])
    copied(source, target, "zh", CLOCK, move=False)
    return grids(source), grids(target)


# role, digest; conditions of a routing rule; the steps of the ladder: several choices in one cell
@pytest.mark.parametrize(
    ("tab", "column", "row", "before", "after"),
    [
        pytest.param("people", "role", 2, "office; administrator", "信访办；管理员", id="several-roles"),
        pytest.param("people", "digest", 2, "daily", "每日", id="a-choice"),
        pytest.param("escalation", "to", 2, "office", "信访办", id="a-role"),
        pytest.param("register", "kind", 21, "Grumble", "Grumble", id="a-choice-that-is-none"),
        pytest.param("register", "received_on", 19, "3/2/2026", "3/2/2026", id="a-date-that-is-none"),
        pytest.param("register", "people", 22, "four or five", "four or five", id="a-number-that-is-none"),
        pytest.param("wording", "block", 2, "Alert: subject", "紧急通知：主题", id="a-sentence"),
        pytest.param("wording", "text", 2, "Go to {case_no}", "Go to {case_no}", id="the-offices-own-words"),
        pytest.param(
            "wording", "ours", 2, "{matter}: {case_no}, {came_on}", "{来件}：{编号}，{来件日}", id="our-words"
        ),
        pytest.param("register", "status", 2, "At stage 3", "复核中", id="a-derived-choice"),
    ],
)
def test_what_a_cell_becomes(
    translated: tuple[Grids, Grids], tab: str, column: str, row: int, before: str, after: str
) -> None:
    place = [one.key for one in TAB[tab]].index(column)

    english, chinese = translated

    assert english[TAB[tab].label("en")][row - 1][place] == before
    assert chinese[TAB[tab].label("zh")][row - 1][place] == after


def test_own_columns_and_tabs_go_along_as_values_and_are_named(source: Path, ran: Mapping[Language, bytes]) -> None:
    source.write_bytes(ran["en"])
    target = source.with_name("new.xlsx")

    said = copied(source, target, "zh", CLOCK, move=False)

    width = len(TAB["register"].columns)
    rows = grids(target)["登记"]
    assert [row[width:] for row in rows[:6]] == [
        ["Room"],
        ["B 12"],
        ["", "no header above"],
        [],
        ["00123"],
        [],
    ]
    assert grids(target)["Own list"] == [
        ["Visit"],
        ["'=cmd()", Formula("=1+1"), 2.5],
        [datetime(2026, 3, 2).date()],
    ]
    assert said[1:] == [
        f"自有的表和列只复制了内容：Register/Room、Register/{get_column_letter(width + 2)}、Own list。",
        "“用语”表中自拟的用语原样复制，没有翻译，请在该表中修改：紧急通知：主题。",
        f"人工添加的颜色、批注和链接仍留在 {source.name}。",
    ]


@every_language
def test_a_translated_ledger_goes_on_as_before(source: Path, ran: Mapping[Language, bytes], language: Language) -> None:
    """The next run only derives words anew, then has nothing to do: no number, date or department changes."""
    source.write_bytes(ran[language])
    target = source.with_name("new.xlsx")
    copied(source, target, OTHER[language], CLOCK, move=False)
    workbook = ExcelWorkbook(target, CLOCK)

    result = run(workbook, RUN)

    texts = {
        ("register", "problems"),
        ("register", "flags"),
        ("receptions", "problems"),
        ("routing", "matches"),
        ("index", "fingerprint"),
        ("index", "as_seen"),  # kept anew, since cells in another language cannot be compared
        *(("rules_seen", key) for key in ("tab", "part", "rows")),
        *([("routing", "problems")] if language == "en" else []),  # only the English demo has something beside a rule
    }
    changed = {(one.table.tab.key, one.column.key) for one in result.changes if one.table.tab.key != "runs"}
    assert changed == texts
    assert [one for one in result.problems if one.stops] == []
    assert run(workbook, RUN).edits == ()


# "`copy --move` marks the source as moved, and runs there stop in words." (docs/design.md#p6.6)


@every_language
def test_a_moved_ledger_stops_and_the_new_one_runs(
    source: Path, ran: Mapping[Language, bytes], language: Language
) -> None:
    source.write_bytes(ran[language])
    target = source.with_name("new.xlsx")
    expected = grids(source)

    said = copied(source, target, None, CLOCK, move=True)

    row = setting(expected, "moved_to", language)
    row[:] = [row[0], "new.xlsx", *row[2:]]
    found = grids(source)
    for one in (expected, found):
        _without_what_was_seen(one, language)
    assert found == expected
    with pytest.raises(LedgerError) as stopped:
        run(ExcelWorkbook(source, CLOCK), RUN)
    assert (stopped.value.say("en"), stopped.value.say("zh")) == (
        "This ledger was moved to new.xlsx: work there. (To go on here, empty “Moved to” in Settings.)",
        "本台账已迁往 new.xlsx，请使用新台账。（要继续使用本台账，请清空“设置”中的“已迁往”。）",
    )
    assert setting(grids(target), "moved_to", language)[1] == ""
    assert run(ExcelWorkbook(target, CLOCK), RUN).edits == ()
    assert (
        said[1:]
        == {
            "en": ["ledger.xlsx is marked as moved: its jobs stop."],
            "zh": ["ledger.xlsx 已标记为迁出，其任务停止运行。"],
        }[language]
    )


def test_a_copy_of_a_moved_ledger_is_not_moved(source: Path, ran: Mapping[Language, bytes]) -> None:
    source.write_bytes(ran["zh"])
    first, second = source.with_name("first.xlsx"), source.with_name("second.xlsx")
    copied(source, first, None, CLOCK, move=True)

    copied(source, second, None, CLOCK, move=False)

    assert grids(second) == grids(first)


# What cannot be copied is refused, and nothing is made or marked.


def everything(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".ledger.xlsx.lock"
    }


def test_an_existing_file_is_not_written_over(source: Path, ran: Mapping[Language, bytes]) -> None:
    source.write_bytes(ran["zh"])
    source.with_name("new.xlsx").write_bytes(b"precious")
    before = everything(source.parent)

    with pytest.raises(LedgerError) as refused:
        copied(source, source.with_name("new.xlsx"), "en", CLOCK, move=True)

    assert refused.value.say("en") == "new.xlsx is already there: choose another name, or move it away first."
    assert everything(source.parent) == before


@pytest.mark.parametrize("wanted", LANGUAGES)
def test_a_ledger_that_lacks_a_tab_is_not_copied(source: Path, ran: Mapping[Language, bytes], wanted: Language) -> None:
    source.write_bytes(ran["en"])
    book = openpyxl.load_workbook(source)
    del book["Duty"]
    book.save(source)
    before = everything(source.parent)

    with pytest.raises(LedgerError) as refused:
        copied(source, source.with_name("new.xlsx"), wanted, CLOCK, move=True)

    assert refused.value.say("en") == (
        "The ledger cannot be copied yet: The tab “Duty” is missing, though this ledger was in use. Put it back: Undo, version history or a backup. "
        "Only if that cannot be, run install, which adds one without what stood there."
    )
    assert everything(source.parent) == before


@every_language
def test_a_ledger_somebody_has_open_is_copied_but_not_moved(
    source: Path, ran: Mapping[Language, bytes], language: Language
) -> None:
    source.write_bytes(ran[language])
    owner = source.with_name("~$ledger.xlsx")
    owner.write_bytes(b"\x04Ruth")
    now = datetime.now(UTC)
    before = everything(source.parent)

    with pytest.raises(LedgerError) as refused:
        copied(source, source.with_name("new.xlsx"), None, now, move=True)

    assert refused.value.exit_code == 75
    assert everything(source.parent) == before
    copied(source, source.with_name("new.xlsx"), None, now, move=False)
    assert parse(ExcelWorkbook(source.with_name("new.xlsx"), now).read()).language == language


def test_every_tab_is_found_again_under_its_other_name() -> None:
    titles = [tab.label("zh") for tab in TABS]

    assert [title_of(tab, titles, "en") for tab in TABS] == titles


def test_the_secrets_beside_a_ledger_go_along_when_it_moves(tmp_path: Path, ran: Mapping[Language, bytes]) -> None:
    source = tmp_path / "ledger.xlsx"
    source.write_bytes(ran["en"])
    names = {"{}.replies-key": b"2026-03-18 key", ".{}.status-secret": b"secret"}
    for name, secret in names.items():
        beside = tmp_path / name.format("ledger.xlsx")
        beside.write_bytes(secret)
        beside.chmod(0o600)
    said = copied(source, tmp_path / "a copy.xlsx", None, CLOCK, move=False)
    (tmp_path / ".new.xlsx.status-secret").write_bytes(b"its own")
    moved = copied(source, tmp_path / "new.xlsx", None, CLOCK, move=True)
    assert not [*tmp_path.glob("*a copy.xlsx.*key"), *tmp_path.glob(".a copy.xlsx.*secret")], said
    found = [tmp_path / name.format("new.xlsx") for name in names]
    assert [one.read_bytes() for one in found] == [b"2026-03-18 key", b"its own"], moved
    assert found[0].stat().st_mode & 0o777 == 0o600
