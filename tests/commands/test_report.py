"""report as a person types it: what it says, writes and leaves alone, on both kinds of workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import lxml.html
import pytest
from click.testing import CliRunner, Result
from docx import Document

import jobs
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, Rows, preset_rows
from tests.support.small_office import CLOCK
from tests.support.small_reports import DONE, LATE, MARKER, SECRET, case, deadlines
from tests.support.workbook_homes import Kept, address, content, kept, load, on_google_now, settle_in

ON_BOTH = IN_TURN = True
AT = ("--now", "2026-03-18T10:00")
MONTH = ("--period", "month")
REGISTER = [
    case(1, **DONE),
    case(2, **LATE, department="教务处", leapfrog="✓"),
    case(3, received_on="2026-02-16", **{**LATE, "decided_on": "2026-02-16"}),
    case(4, **SECRET),
]


_made: dict[str, Kept] = {}
"""Each ledger is laid out once, by what is in it."""


def ledger_at(folder: Path, register: Rows = REGISTER, language: Language = "zh", **tabs: Rows) -> Path:
    which = f"{on_google_now()} {register} {language} {tabs}"
    if which not in _made:
        _made[which] = kept(lambda folder: _laid_out(folder, register, language, **tabs))
    return _made[which].put(folder)


def _laid_out(folder: Path, register: Rows, language: Language, **tabs: Rows) -> Path:
    path = folder / "ledger.xlsx"
    rows = {
        "register": register,
        "people": LEADER_AND_OFFICE,
        "deadlines": deadlines(language),
        "topics": preset_rows("topics", language),
        "departments": preset_rows("departments", language),
        "settings": [
            {"name": SETTING["blank_rows"].label(language), "value": "1"},
            {"name": SETTING["school_name"].label(language), "value": "云溪学校"},
        ],
        **tabs,
    }
    ExcelWorkbook(path, CLOCK).create(new_workbook(language, rows))  # type: ignore[arg-type]
    return settle_in(path)


def invoke(path: Path, *options: str) -> Result:
    return CliRunner().invoke(jobs.main, ["report", "-w", address(path), *AT, *options], prog_name="jobs.py")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


PAGE = Path("reports") / "来信来访情况2026-03-01至2026-03-31.html"


def test_what_it_says_on_one_screen(folder: Path) -> None:
    shown = invoke(ledger_at(folder), *MONTH, "--into", "here", "--dry-run")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == dedent("""\
        云溪学校 · 来信来访情况（2026年3月）
        收到3件，答复1件。应答复3件，按期1件。目前超期3件。
        上期：2026年2月。

                                  本期        目标         上期
        收到件数                  3                        1
        及时受理告知率            67%（2/3）  100% 未达标  0%（0/1）
            未按期：保密件1件
        按期办结率                33%（1/3）  100% 未达标  0%（0/1）
            未按期：LV-00002，另有保密件1件
        法定时限内办结率          –           100%         –
        初信初访办结率            33%（1/3）  100% 未达标  0%（0/1）
            未答复：LV-00002，另有保密件1件
        上级件按期反馈率          –           100%         –
        满意率                    –                        –
        参评率                    0%（0/1）                –
        办理天数（平均；中位数）  8.0；8                   –
        重复信访率                0%（0/3）                0%（0/1）
        集体访                    0           0            0
        联名件                    0                        0
        重复集体访                0           0            0
        越级访                    1           0 未达标     0
            涉及编号：LV-00002

        没有写入；将写入 here/来信来访情况2026-03-01至2026-03-31.html。
        """)


def test_it_writes_a_page_beside_the_workbook_or_where_one_says(folder: Path) -> None:
    path = ledger_at(folder)
    for options, at in (((), PAGE), (("--into", "elsewhere/deep"), Path("elsewhere/deep") / PAGE.name)):
        shown = invoke(path, *MONTH, *options)
        assert (shown.exit_code, shown.stderr) == (0, "")
        page = lxml.html.document_fromstring(at.read_text("utf-8"))
        assert page.findtext(".//h1") == "来信来访情况（2026年3月）"
        assert [one.name for one in at.parent.iterdir()] == [PAGE.name]
        assert shown.stdout.splitlines()[-2].endswith(str(at))
        assert MARKER not in at.read_text("utf-8")


def _tab(path: Path) -> str:
    """Everything on the Report tab."""
    return "\n".join(
        str(value) for row in load(path)["统计"].iter_rows(values_only=True) for value in row if value is not None
    )


@pytest.mark.on_both
def test_it_fills_the_tab_and_leaves_it_alone_when_nothing_changed(folder: Path) -> None:
    path = ledger_at(folder)
    assert invoke(path, *MONTH).stdout.splitlines()[-1] == "“统计”表已更新。"
    written, tab = content(path), _tab(path)
    assert ("来信来访情况（2026年3月）" in tab, "收到3件" in tab, MARKER in tab, "LV-00004" in tab) == (
        True,
        True,
        False,
        False,
    )
    assert invoke(path, *MONTH).stdout.splitlines()[-1] == "“统计”表已是最新。"
    assert content(path) == written
    assert invoke(path).stdout.splitlines()[-1] == "“统计”表已更新。"
    assert "来信来访情况（2026年2月）" in _tab(path)


@pytest.mark.file_only
def test_while_somebody_has_it_open_there_is_a_page_all_the_same(folder: Path) -> None:
    path = ledger_at(folder)
    before = content(path)
    path.with_name("~$ledger.xlsx").write_bytes(b"\x04Ruth")
    shown = invoke(path, *MONTH)
    assert (shown.exit_code, PAGE.is_file(), content(path) == before) == (0, True, True)
    assert shown.stdout.splitlines()[-1].startswith("“统计”表没有更新。")


def test_in_json_it_writes_nothing_and_says_one_object(folder: Path) -> None:
    path = ledger_at(folder)
    before = content(path)
    shown = invoke(path, *MONTH, "--json")
    said = json.loads(shown.stdout)
    assert (shown.exit_code, said["received"], said["period"]) == (0, 3, {"from": "2026-03-01", "to": "2026-03-31"})
    assert (content(path) == before, list(folder.glob("reports*"))) == (True, [])
    assert MARKER not in shown.stdout
    assert "LV-00004" not in shown.stdout


@pytest.mark.on_both
def test_dry_run_writes_nothing(folder: Path) -> None:
    path = ledger_at(folder)
    before = content(path)
    for options in (("--dry-run",), ("--dry-run", "--annual")):
        assert invoke(path, *options).exit_code == 0
    assert (content(path) == before, [one.name for one in folder.glob("*report*")]) == (True, [])


@pytest.mark.file_only
def test_in_english(folder: Path) -> None:
    register = [case(1, "en", **{**DONE, "outcome": "Supported"})]
    shown = invoke(ledger_at(folder, register, "en"), "--from", "2026-03-01", "--to", "2026-03-15")
    lines = shown.stdout.splitlines()
    assert lines[:2] == [
        "云溪学校 · Letters and visits, 1 March to 15 March 2026",
        "One matter came in; one was answered. The one answer that fell due came in time. Nothing is late today.",
    ]
    assert lines[7].split("  ")[0] == "Answered in time"
    assert (folder / "reports" / "report 2026-03-01 2026-03-15.html").is_file()


@pytest.mark.file_only
def test_the_yearly_document(folder: Path) -> None:
    path = ledger_at(folder)
    shown = invoke(path, "--annual")
    (made,) = (folder / "reports").iterdir()
    assert (shown.exit_code, made.suffix) == (0, ".docx")
    assert shown.stdout.splitlines()[0] == "云溪学校 · 来信来访情况（2025年）"
    template = path.with_name("信访工作总结模板.docx")
    assert shown.stdout.splitlines()[-2:] == [
        f"年度总结（可继续编辑）：{made}",
        f"如需使用本单位的样式，请在Word中修改其样式，并另存为{template}。",
    ]
    assert json.loads(invoke(path, "--annual", "--json").stdout)["period"]["from"] == "2025-01-01"


@pytest.mark.file_only
def test_the_yearly_document_in_the_offices_own_styles(folder: Path) -> None:
    path, template = ledger_at(folder), folder / "信访工作总结模板.docx"
    invoke(path, "--annual")
    (made,) = (folder / "reports").iterdir()
    word = Document(str(made))
    word.styles["Title"].font.name = "Georgia"  # type: ignore[attr-defined]
    word.save(str(template))

    shown = invoke(path, "--annual")

    assert (shown.exit_code, shown.stdout.splitlines()[-1]) == (0, f"样式取自{template}。")
    assert Document(str(made)).styles["Title"].font.name == "Georgia"  # type: ignore[attr-defined]

    template.write_bytes(b"no Word document")
    before = made.read_bytes()
    refused = invoke(path, "--annual")

    assert (refused.exit_code, made.read_bytes() == before) == (1, True)
    assert refused.stderr.splitlines()[-1].endswith("或移走该文件，改用程序自带的样式。")


def _no_folder(folder: Path) -> None:
    (folder / "reports").write_text("a file")


def _as_it_is(_: Path) -> None:
    """Leave the ledger as it is."""


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("before", "options", "code", "said"),
    [
        (_as_it_is, ("--period", "fortnight"), 2, "--period fortnight is no period"),
        (
            _as_it_is,
            ("--from", "2026-03", "--to", "2026-02"),
            2,
            "--from 2026-03-01 is after --to 2026-02-28",
        ),
        (_as_it_is, ("--from", "2026-04"), 2, "--from 2026-04-01 is not past yet"),
        (_as_it_is, ("--period", "term"), 1, "The Calendar does not say when the term around 2026-03-18"),
        (_as_it_is, ("--now", "yesterday"), 2, "--now yesterday is not a day or time"),
        (_no_folder, MONTH, 1, "reports/来信来访情况2026-03-01至2026-03-31.html cannot be written"),
    ],
)
def test_what_goes_wrong(
    folder: Path, before: Callable[[Path], None], options: tuple[str, ...], code: int, said: str
) -> None:
    path = ledger_at(folder)
    before(folder)
    shown = invoke(path, *options)
    assert shown.exit_code == code
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.file_only
def test_no_report_is_made_of_a_ledger_that_is_torn(folder: Path) -> None:
    """Ten numbers vanished at once, so any count would be wrong."""
    index = [{"case_no": f"LV-{i:05d}", "issued_on": "2026-03-01", "first_seen": "2026-03-01"} for i in range(1, 15)]
    shown = invoke(ledger_at(folder, index=index))
    assert (shown.exit_code, (folder / "reports").exists()) == (1, False)
    assert shown.stderr.startswith("现在的统计会有错误。")
