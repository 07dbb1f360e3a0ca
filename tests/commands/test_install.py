"""install makes a ledger in either language from either preset; repeated, it touches nothing that people changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import jobs
from automation.commands.install import install_into
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.wording.blocks import BLOCKS
from automation.ledger.workbook import Snapshot
from automation.run.job import JOBS, Request
from automation.run.row_commit import rows_of
from automation.run.run import run
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import LANGUAGES, SETTING, TAB, USUAL_TABS, Language, Type
from sheet_schema.languages import traits
from sheet_schema.preset_files import NAMES, SECTIONS, load
from tests.support.ledger_in_memory import NOW
from tests.support.workbook_homes import delete_rows, type_cells

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
NEXT_YEAR = NOW.replace(year=2027)
KINDS = [(language, preset) for language in LANGUAGES for preset in NAMES]
every_kind = pytest.mark.parametrize(("language", "preset"), KINDS, ids=lambda value: value)
Book = openpyxl.Workbook
Installed = dict[tuple[Language, str], tuple[bytes, list[str]]]
Made = dict[tuple[Language, str], tuple[Snapshot, Ledger]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The file and what was said, for each language and preset."""
    made = {}
    for language, preset in KINDS:
        path = tmp_path_factory.mktemp(f"{language}-{preset}") / "ledger.xlsx"
        said = install_into(path, language, preset, NOW, CLOCK)
        made[language, preset] = (path.read_bytes(), said)
    return made


@pytest.fixture(scope="module")
def made(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What is read in each of them, and what is meant."""
    found = {}
    for kind, (data, _) in installed.items():
        path = tmp_path_factory.mktemp("read") / "ledger.xlsx"
        path.write_bytes(data)
        cells = ExcelWorkbook(path, CLOCK).read()
        found[kind] = cells, parse(cells)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def again(path: Path, now: datetime = NOW, language: Language | None = None, preset: str | None = None) -> list[str]:
    return install_into(path, language, preset, now, CLOCK)


def ledger_of(path: Path) -> Ledger:
    return parse(ExcelWorkbook(path, CLOCK).read())


def cells(path: Path) -> dict[str, list[list[object]]]:
    found: dict[str, list[list[object]]] = {}
    for title, grid in ExcelWorkbook(path, CLOCK).read().grids.items():
        found[title] = [list(row) for row in grid.rows]
    return found


def everything(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def change(path: Path, edit: Callable[[Book], None]) -> None:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


# A new ledger.


@every_kind
def test_a_new_ledger_says_what_comes_next(installed: Installed, language: Language, preset: str) -> None:
    years = preset == "cn-school"  # make-up working days are decreed for one year at a time in China only

    assert (
        installed[language, preset][1]
        == {
            "en": [
                f"Made ledger.xlsx with the preset {preset}.",
                *[
                    "This program does not know the official days off of 2027 yet, announced or not; those marked so in the Calendar are provisional. Once they are announced: `install --holidays` with the notice, or type them in."
                ]
                * years,
                "Next: fill in Departments and People. The Start here tab says what is still missing.",
            ],
            "zh": [
                f"已按预设 {preset} 新建 ledger.xlsx。",
                *[
                    "本程序还不知道2027年的放假调休安排（不论是否已公布），“日历”表中标有“暂定”的放假为暂定。公布后请用 `install --holidays` 加通知文件填入，或自行填写。"
                ]
                * years,
                "下一步：填写“部门”和“人员”表。“使用说明”表会列出还缺什么。",
            ],
        }[language]
    )


@every_kind
def test_a_new_ledger_has_every_tab_and_column_in_order_and_no_problem(
    made: Made, language: Language, preset: str
) -> None:
    cells, ledger = made[language, preset]

    assert list(cells.grids) == [tab.label(language) for tab in USUAL_TABS]
    for tab in USUAL_TABS:
        if tab.columns:
            header = list(cells.grids[tab.label(language)].rows[0])
            assert header == [column.label(language) for column in tab]
    assert (ledger.language, ledger.problems) == (language, ())


@every_kind
def test_a_new_ledger_holds_the_presets_rows(made: Made, language: Language, preset: str) -> None:
    differs = []
    for section in [section for section in SECTIONS if section not in ("settings", "calendar")]:
        table, rows = made[language, preset][1].tables[section], load(preset).rows(section, language)
        for column in TAB[section]:
            if column.type is not Type.CHOICES and any(column.key in row for row in rows):
                wanted = [row.get(column.key, "") for row in rows]
                found = ["" if cell != cell else cell for cell in table[column.key].tolist()]  # NaN is blank
                if column.type is Type.TICK:
                    wanted = [bool(cell) for cell in wanted]
                differs += [(section, column.key, found, wanted)] * (found != wanted)
    assert differs == []


@every_kind
def test_a_new_ledger_has_every_setting_once(made: Made, language: Language, preset: str) -> None:
    given = {str(row["name"]): str(row.get("value", "")) for row in load(preset).rows("settings", language)}
    cells, ledger = made[language, preset]

    rows = cells.grids[TAB["settings"].label(language)].rows[1:]

    assert [row[0] for row in rows] == [setting.label(language) for setting in SETTING.values()]
    assert dict(ledger.policy.settings.values) == {
        key: given.get(key, setting.default) for key, setting in SETTING.items()
    }


@every_kind
def test_thirty_numbered_lines_wait_to_be_written_on(made: Made, language: Language, preset: str) -> None:
    _, ledger = made[language, preset]
    numbers = [f"LV-{number:05d}" for number in range(1, 31)]

    assert list(ledger.register["case_no"]) == numbers
    assert list(ledger.index["case_no"]) == numbers
    assert {str(day) for day in ledger.index["issued_on"]} == {"2026-03-18"}


def test_without_a_word_it_is_chinese_and_for_china(path: Path, installed: Installed) -> None:
    said = again(path)

    assert said == installed["zh", "cn-school"][1]
    assert path.read_bytes() == installed["zh", "cn-school"][0]


@pytest.mark.parametrize(
    ("preset", "holidays", "made_up"),
    [
        # 国办发明电〔2025〕7号: six days worked instead in 2026. None are decreed for 2027 yet.
        pytest.param("cn-school", {2026, 2027}, {2026}, id="cn-school"),
        pytest.param("uk-school", {2026, 2027}, set(), id="uk-school"),
    ],
)
def test_the_calendar_holds_the_official_days_of_this_year_and_the_next(
    made: Made, preset: str, holidays: set[int], made_up: set[int]
) -> None:
    calendar = made["en", preset][1].tables["calendar"]

    def years(kind: str) -> set[int]:
        return {day.year for day in calendar["date"][calendar["kind"] == kind].tolist()}

    assert (years("holiday"), years("workday"), years("closed")) == (holidays, made_up, set())


# "It adds what is missing and touches nothing that people changed" (docs/design.md#p2.16)


AGAIN: dict[tuple[Language, str], dict[str, str]] = {
    ("en", "cn-school"): {"language": "en"},
    ("en", "uk-school"): {"preset": "cn-school"},
    ("zh", "cn-school"): {"preset": "uk-school"},
    ("zh", "uk-school"): {"preset": "uk-school"},
}
"""What is asked for the second time: its language, its own preset, another one."""


@every_kind
def test_installed_again_nothing_changes_at_all(
    path: Path, installed: Installed, language: Language, preset: str
) -> None:
    path.write_bytes(installed[language, preset][0])
    again(path)
    before = everything(path.parent)

    said = again(path, **AGAIN[language, preset])  # type: ignore[arg-type]

    assert said[0] == {"en": "ledger.xlsx lacks nothing.", "zh": "ledger.xlsx 不缺内容。"}[language]
    assert everything(path.parent) == before
    assert path.read_bytes() == installed[language, preset][0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "ledger.xlsx 的语言是English，保持不变；如需中文台账，请用 `copy --language zh`。",
                "ledger.xlsx 不缺内容。",
            ],
        ),
        (
            "zh",
            [
                "ledger.xlsx is in 中文 and stays so; `copy --language en` makes one in English.",
                "ledger.xlsx lacks nothing.",
            ],
        ),
    ],
)
def test_it_stays_in_its_language(path: Path, installed: Installed, language: Language, said: list[str]) -> None:
    path.write_bytes(installed[language, "uk-school"][0])

    assert again(path, language="zh" if language == "en" else "en") == said
    assert path.read_bytes() == installed[language, "uk-school"][0]


def mended_by_people(book: Book) -> None:
    """Change what an office changes in its first week."""
    book["Routing"].delete_rows(3)
    book["Topics"]["A2"] = "Teaching and learning"
    book["Settings"]["B2"] = "Larkfield School"
    book["Calendar"].delete_rows(2)
    book["Deadlines"]["B2"].number_format = "0.00"
    book["People"]["A2"] = "Ruth Penrose"
    register = book["Register"]
    register["F2"], register.cell(1, register.max_column + 1).value = "Anna Archer", "Room"
    book.create_sheet("Our own")["A1"] = "ours"
    book.move_sheet("Duty", -3)


def test_what_people_changed_is_left_alone(path: Path, installed: Installed) -> None:
    path.write_bytes(installed["en", "cn-school"][0])
    change(path, mended_by_people)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    before = path.read_bytes()

    assert again(path)[0] == "ledger.xlsx lacks nothing."
    assert path.read_bytes() == before


def test_what_is_missing_is_added_and_named_and_nothing_else(path: Path, installed: Installed) -> None:
    path.write_bytes(installed["en", "uk-school"][0])

    def torn(book: Book) -> None:
        del book["Duty"], book["Escalation"]
        book["Register"].delete_cols([column.key for column in TAB["register"]].index("topic") + 1)
        book["Departments"].delete_cols([column.key for column in TAB["departments"]].index("read_by") + 1)
        book["Settings"].delete_rows(3, 2)

    change(path, mended_by_people)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    change(path, torn)
    before = cells(path)

    said = again(path)

    after = cells(path)
    labels = [setting.label("en") for setting in list(SETTING.values())[1:3]]
    assert said == [
        "Added the tab Escalation.",
        "Added the tab Duty.",
        "Added to Register: Topic.",
        "Added to Departments: Read by.",
        "Added 2 settings.",
    ]
    assert [row[0] for row in after["Settings"]][-2:] == labels
    assert after["Settings"][:-2] == before["Settings"]
    assert after["Duty"] == [[column.label("en") for column in TAB["duty"]]]
    assert len(after["Escalation"]) == 1 + len(load("uk-school").rows("escalation", "en"))
    assert [row[:-1] for row in after["Register"]] == before["Register"]
    assert after["Register"][0][-1] == "Topic"
    assert [row[:-1] for row in after["Departments"]] == before["Departments"]
    assert after["Departments"][0][-1] == "Read by"
    untouched = set(before) - {"Register", "Departments", "Settings", "Start here", "History", "Runs", "Rules seen"}
    assert {title: after[title] for title in untouched} == {title: before[title] for title in untouched}
    who, tab, row = (after["History"][0].index(label) for label in ("Who", "Tab", "Row"))
    assert [(line[who], line[tab], line[row]) for line in after["History"][len(before["History"]) :]] == [
        ("a person", "Settings", label)
        for label in labels  # whose rows were taken out by hand
    ]
    assert again(path) == ["ledger.xlsx lacks nothing."]


def test_rules_for_new_steps_come_with_their_columns_from_that_day_on(path: Path, installed: Installed) -> None:
    """An older ledger has neither, and one of its cases was reviewed and closed long ago."""
    path.write_bytes(installed["zh", "cn-school"][0])
    steps = ("申请复核期", "复核", "反馈结果")
    later = [label for label in cells(path)["登记"][0] if label in ("申请复核日期", "复核办结日期", "查结日期")]

    def aged(book: Book) -> None:
        for label in later:
            book["登记"].delete_cols([cell.value for cell in book["登记"][1]].index(label) + 1)
        for tab in ("时限", "督办"):
            column = [cell.value for cell in book[tab][1]].index("环节") + 1
            for row in range(book[tab].max_row, 1, -1):
                if book[tab].cell(row, column).value in steps:
                    book[tab].delete_rows(row)
        seen = book[TAB["rules_seen"].label("zh")]
        seen.delete_rows(2, seen.max_row)
        typed = {
            "来源形式": "来信", "信访人": "陈静", "联系方式": "010-5550-2000", "类别": "申诉求决", "事项": "收费", "反映问题": "退费",
            "收到日期": date(2025, 10, 9), "受理意见": "受理", "决定日期": date(2025, 10, 9), "告知日期": date(2025, 10, 9), "结论": "支持",
            "答复日期": date(2025, 10, 20), "申请复查日期": date(2025, 11, 3), "复查办结日期": NOW.date() - timedelta(days=2),
        }  # fmt: skip
        headings = [cell.value for cell in book["登记"][1]]
        for label, value in typed.items():
            book["登记"].cell(2, headings.index(label) + 1, value)

    change(path, aged)
    before = cells(path)
    said = again(path)
    after = cells(path)
    held = [(row[after["时限"][0].index("环节")], row[after["时限"][0].index("自")]) for row in after["时限"][1:]]
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))

    assert said[-3:-1] == ["已在“时限”表中补充3行，用于新的环节。", "已在“督办”表中补充3行，用于新的环节。"]
    assert [row for row in after["时限"] if row[after["时限"][0].index("环节")] not in steps] == before["时限"]
    assert {day.date() if isinstance(day, datetime) else day for step, day in held if step in steps} == {NOW.date()}
    assert ledger_of(path).register["status"][0] == "closed"
    assert again(path)[0] == "ledger.xlsx 不缺内容。"
    history = cells(path)["变更"]
    assert not [row for row in history if "时限" in row or "督办" in row]  # nobody's change


WITH_LATER = {"登记": "register", "归档": "filing", "索引": "index", "分办规则": "routing", "时限": "deadlines"}


@pytest.mark.parametrize(
    ("gone_from", "only", "renamed", "says"),
    [
        (tuple(WITH_LATER), "", "", ""),
        (("分办规则", "时限"), "", "", ""),
        (("登记",), "", "", "查结日期"),
        (("归档",), "", "", "查结日期"),
        (("登记", "归档"), "并案共用", "", "并案共用"),
        (("索引",), "等待记录", "", "等待记录"),
        ((), "", "报告上级日", "报告上级日"),
    ],
)
def test_a_run_goes_on_without_the_columns_of_a_later_version(
    path: Path, installed: Installed, gone_from: tuple[str, ...], only: str, renamed: str, says: str
) -> None:
    """Unless only some are there of those that work together, or a heading was renamed."""
    path.write_bytes(installed["zh", "cn-school"][0])

    def later(tab: str) -> list[str]:
        return [one.label("zh") for one in TAB[WITH_LATER[tab]] if one.later and only in ("", one.label("zh"))]

    def aged(book: Book) -> None:
        for tab in gone_from:
            for label in later(tab):
                book[tab].delete_cols([cell.value for cell in book[tab][1]].index(label) + 1)
        if renamed:
            book["登记"].cell(1, [cell.value for cell in book["登记"][1]].index(later("登记")[0]) + 1, renamed)

    change(path, aged)
    before = cells(path)
    done = run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    problems = " ".join(one.say("zh") for one in done.after.problems if one.stops)

    assert (bool(done.stopped), says in problems) == (bool(says), True)
    assert cells(path)["登记"][0] == before["登记"][0]
    if len(gone_from) == len(WITH_LATER):
        with pytest.raises(LedgerError, match="run install once"):
            rows_of(ExcelWorkbook(path, CLOCK), NOW)


def test_a_new_version_adds_its_sentences_and_touches_no_text(path: Path, installed: Installed) -> None:
    """A sentence that a version no longer has is kept with its text, and reported."""
    path.write_bytes(installed["zh", "uk-school"][0])

    type_cells(path, "用语", {(2, 2): "请速办：{编号}", (3, 1): "到期提醒：附言", (3, 2): "请勿回复。"})
    delete_rows(path, "用语", 5)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    before = cells(path)["用语"]

    said = again(path)

    after, new = cells(path)["用语"], [BLOCKS[1].label("zh"), BLOCKS[3].label("zh")]
    assert said == ["已在“用语”表补上2条语句。"]
    assert (after[: len(before)], [row[0] for row in after[len(before) :]]) == (before, new)
    assert after[2][:3] == [
        "到期提醒：附言",
        "请勿回复。",
        "没有名为“到期提醒：附言”的语句。其用语保留但不使用。请核对名称，或删除该行。",
    ]
    assert ledger_of(path).policy.wording == {"alert.subject": "请速办：{编号}"}
    assert again(path) == ["ledger.xlsx 不缺内容。"]


def test_a_ledger_that_never_had_the_tab_gets_every_sentence(path: Path, installed: Installed) -> None:
    path.write_bytes(installed["zh", "uk-school"][0])
    made = cells(path)["用语"]
    change(path, lambda book: book.remove(book["用语"]))

    assert again(path) == ["已补上“用语”表。"]
    assert cells(path)["用语"] == made
    assert ledger_of(path).problems == ()


# The calendar is filled, and years that are not official yet are warned of (docs/design.md#p3.13).


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        (
            "cn-school",
            [
                "Added 6 lines to the Calendar.",
                "This program does not know the official days off of 2027 and 2028 yet, announced or not; those marked so in the Calendar are provisional. Once they are announced: `install --holidays` with the notice, or type them in.",
            ],
        ),
        ("uk-school", ["Added 6 lines to the Calendar."]),
    ],
)
def test_a_year_later_the_next_year_is_added_once(
    path: Path, installed: Installed, preset: str, said: list[str]
) -> None:
    path.write_bytes(installed["en", preset][0])
    before = cells(path)["Calendar"]

    first = again(path, NEXT_YEAR)
    calendar = cells(path)["Calendar"]
    second = again(path, NEXT_YEAR)

    assert (first, second) == (said, ["ledger.xlsx lacks nothing.", *said[1:]])
    assert calendar[: len(before)] == before
    assert {row[0].year for row in calendar[len(before) :] if isinstance(row[0], date)} == {2028}
    assert cells(path)["Calendar"] == calendar


def test_a_holiday_somebody_deleted_does_not_come_back(path: Path, installed: Installed) -> None:
    path.write_bytes(installed["en", "uk-school"][0])
    delete_rows(path, "Calendar", len(cells(path)["Calendar"]))  # one that is past: 3.18
    before = cells(path)["Calendar"]

    again(path)

    assert cells(path)["Calendar"] == before


# What cannot be completed is refused, and stays as it was.


def test_an_open_ledger_is_not_completed(path: Path, installed: Installed) -> None:
    path.write_bytes(installed["en", "uk-school"][0])
    before = path.read_bytes()
    path.with_name("~$ledger.xlsx").write_bytes(b"\x04Ruth")

    with pytest.raises(LedgerError) as refused:
        install_into(path, None, None, NEXT_YEAR, datetime.now(UTC))  # whose holidays it lacks

    assert refused.value.exit_code == 75
    assert path.read_bytes() == before


def test_without_its_country_a_ledger_keeps_the_calendar_of_its_preset(path: Path, installed: Installed) -> None:
    """Chinese holidays do not belong into an English school's calendar."""
    path.write_bytes(installed["en", "uk-school"][0])
    names = [row[0] for row in cells(path)["Settings"]]
    type_cells(path, "Settings", {(1 + names.index(SETTING["country"].label("en")), 2): ""})
    assert again(path) == ["ledger.xlsx lacks nothing."]


@pytest.mark.parametrize(
    ("before", "behind", "language", "said"),
    [
        ((), (), "zh", "已按预设 cn-school 新建 ledger.xlsx。"),
        (("--language", "en"), (), "en", "Made ledger.xlsx with the preset uk-school."),
        (("--language", "en"), ("--language", "zh"), "zh", "已按预设 cn-school 新建 ledger.xlsx。"),
    ],
)
def test_a_new_ledger_is_in_the_language_that_is_asked_for_and_starts_from_its_own_preset(
    path: Path, before: tuple[str, ...], behind: tuple[str, ...], language: Language, said: str
) -> None:
    made = CliRunner().invoke(jobs.main, [*before, "install", "-w", str(path), *behind])
    ledger, own = ledger_of(path), traits(language)["preset"]
    assert (made.stdout.splitlines()[0], own in said) == (said, True)
    assert (ledger.language, ledger.policy.settings["preset"]) == (language, own)


def test_rows_that_install_adds_are_nobodys_change_and_those_that_people_took_out_are_theirs(
    path: Path, installed: Installed
) -> None:
    path.write_bytes(installed["zh", "cn-school"][0])

    def run_at(hour: int) -> list[tuple[str, str, str, str]]:
        run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW.replace(hour=hour), CLOCK))
        history = ledger_of(path).tables["history"]
        lines = zip(*(history[key].tolist() for key in ("who", "tab", "column", "row")), strict=True)
        return [line for line in lines if line[0]]

    def without_rows(*names: str) -> None:
        for title in ("设置", "用语"):
            first = [row[0] for row in cells(path)[title]]
            for name in set(names) & {*first}:
                delete_rows(path, title, 1 + first.index(name))
        type_cells(path, "设置", {(2, 2): "育才学校"})

    run_at(10)
    without_rows("预留空行", BLOCKS[0].label("zh"))
    wanted = [("person", "设置", "", "预留空行"), ("person", "用语", "", BLOCKS[0].label("zh"))]
    found = run_at(11)
    assert sorted(line for line in found if not line[2]) == sorted(wanted)
    assert len(again(path)) >= 2
    assert run_at(12) == found  # install put both rows back
    again(path, NEXT_YEAR)
    assert run_at(13) == found  # and the holidays of another year
