"""What is no ledger is touched by no command, and every command says the same: where to begin one."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import jobs
from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION
from automation.workbooks.address import address_of
from automation.workbooks.excel.xml.custom_properties import put_custom_property
from automation.workbooks.excel.xml.package import Package
from sheet_schema import TABS
from tests.support import workbook_homes as homes
from tests.support.new_ledger import blank
from tests.workbooks.excel.xml.test_ledger_mark import strict, with_parts

Rows = Sequence[Sequence[str]]
AT = ("--now", "2026-03-18T09:00")
ENGLISH: Rows = (("No.", "Date", "Name", "Complaint", "Status"), ("1", "2 March", "Ann Lee", "Noise", "open"))
CHINESE: Rows = (("序号", "日期", "信访人", "反映问题", "办理结果"), ("1", "3月2日", "陈静", "作业太多", ""))
FOREIGN: Mapping[str, Mapping[str, Rows]] = {
    "register": {"Register": ENGLISH},
    "title row": {"Register": (("Complaints 2026",), (), *ENGLISH)},
    "zh": {"登记": CHINESE},
    "zh title row": {"登记表": (("信访登记簿",), *CHINESE)},
    "both languages": {"Register": ENGLISH, "登记": CHINESE},
    "every tab of ours": {label: ENGLISH for tab in TABS for label in (tab.label("en"), tab.label("zh"))},
    "another name": {"Tabelle1": ENGLISH},
    "blank": {"Sheet1": ()},
    "blank tab of ours": {"Settings": (), "People": ()},
}
COMMANDS: Sequence[Sequence[str]] = (
    *(("install", *more) for more in ((), ("--rename-labels",), ("--language", "zh"))),
    *((job, *AT) for job in ("run", "validate", "assign", "alert", "remind", "escalate", "digest", "archive", "preview")),
    ("run", "--dry-run", *AT),
    ("check",), ("check", "--probe"), ("verify",), ("backup",), ("explain", "1"), ("prove", "1"), ("form", "1"), ("letter", "1", "accepted"),
    ("report", "--period", "2026-03"), ("reseal", "1", "--reason", "typo"),
)  # fmt: skip
SAID = (
    "This workbook is not a ledger of this program, so nothing in it was touched: make a ledger under a new file name ("
)


def called(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, arguments, prog_name="ledger")


@cache
def book_of(kind: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in FOREIGN[kind].items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) in ((1, ""), (2, "")), result.output
    return result.stderr.strip()


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("kind", FOREIGN)
def test_install_and_run_leave_a_file_of_any_kind_alone(folder: Path, kind: str, is_strict: bool) -> None:
    (folder / "own.xlsx").write_bytes(with_parts(book_of(kind), strict) if is_strict else book_of(kind))
    before = everything(folder)
    said = {refused(called(command, "-w", "own.xlsx")) for command in ("install", "run")}
    assert [one.startswith(SAID) for one in said] == [True]
    assert everything(folder) == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_leaves_a_file_alone_and_says_the_same(folder: Path, command: Sequence[str]) -> None:
    (folder / "own.xlsx").write_bytes(book_of("register"))
    before = everything(folder)
    said = refused(called(*command, "-w", "own.xlsx"))
    assert said.startswith(SAID) or "--probe" in command  # which a file does not have at all
    assert everything(folder) == before


def test_neither_side_of_a_copy_or_of_a_restore_is_touched(folder: Path) -> None:
    (folder / "own.xlsx").write_bytes(book_of("register"))
    (folder / "ledger.xlsx").write_bytes(blank("en"))
    before = everything(folder)
    for command in (
        ("copy", "own.xlsx", "new.xlsx"),
        ("restore", "--missing", "--from", "ledger.xlsx", "-w", "own.xlsx"),
        ("restore", "--missing", "--from", "own.xlsx", "-w", "ledger.xlsx"),
    ):
        assert refused(called(*command)).startswith(SAID), command
        assert everything(folder) == before


@pytest.mark.parametrize("home", ["google"], indirect=True)
@pytest.mark.parametrize("kind", [kind for kind in FOREIGN if not kind.startswith("blank")])
def test_no_command_touches_a_sheet_on_google(folder: Path, home: str, kind: str) -> None:
    """Not even for the blink of a lock: nothing but reading requests are sent."""
    key = homes.on_google(FOREIGN[kind])
    ledger = folder / "ledger.xlsx"
    ledger.write_bytes(blank("en"))
    before = everything(folder)
    commands = COMMANDS if kind == "register" else (("install",), ("run", *AT))
    copies = (
        ("copy", address_of(key), "new.xlsx"), ("copy", "ledger.xlsx", address_of(key)),
        ("restore", "--missing", "--from", "ledger.xlsx", "-w", key),
    )  # fmt: skip
    homes.server().clear_calls()
    for command in (*((*one, "-w", key) for one in commands), *copies):
        assert refused(called(*command)).startswith(SAID), command
    assert {call.method for call in homes.server().calls} == {"GET"}
    assert {name: data for name, data in everything(folder).items() if not name.endswith(".lock")} == before


@pytest.mark.parametrize("mark", [str(LEDGER_VERSION + 1), "2.5", "next"])
def test_a_ledger_of_a_newer_version_is_touched_by_no_command(folder: Path, mark: str) -> None:
    package, changed = Package(blank("en"), "l.xlsx"), dict[str, bytes]()
    put_custom_property(package, changed, LEDGER_MARK, mark)
    (folder / "ledger.xlsx").write_bytes(package.with_parts(changed))
    before = everything(folder)
    for command in COMMANDS if mark == "next" else COMMANDS[:1]:
        said = refused(called(*command, "-w", "ledger.xlsx"))
        assert said.startswith(f"This ledger is in use by a newer version of this program (its mark says {mark}") or "--probe" in command  # fmt: skip
        assert everything(folder) == before


def test_the_way_on_that_is_said_can_be_typed(folder: Path) -> None:
    (folder / "own.xlsx").write_bytes(book_of("zh"))
    for language, words in (("en", "paste the rows of an old register"), ("zh", "把旧登记簿的内容按列")):
        said = refused(called("--language", language, "install", "-w", "own.xlsx"))
        assert words in said
        typed = said[said.index("ledger install") :].split(")")[0].split("`")[0].split("）")[0]
        Path("new.xlsx").unlink(missing_ok=True)
        assert (typed, called(*typed.split()[1:], *AT).exit_code) == ("ledger install --workbook new.xlsx", 0)


def test_a_workbook_with_a_mark_whose_tabs_are_gone_says_what_is_missing(folder: Path) -> None:
    """An office copied a ledger, emptied it, and keeps a list of its own there."""
    package, changed = Package(book_of("register"), "l.xlsx"), dict[str, bytes]()
    put_custom_property(package, changed, LEDGER_MARK, str(LEDGER_VERSION))
    (folder / "ledger.xlsx").write_bytes(package.with_parts(changed))
    installed = called("install", "-w", "ledger.xlsx")
    ran = called("run", "-w", "ledger.xlsx", *AT)
    for said in (installed.output, ran.output):
        assert "The tab “Index” is gone, with all that stood in it." in said
        assert "“Register” is no longer the ledger's tab “Register”: most of its headings are gone." in said
        assert "Bring it back: Undo, the version history, or the last backup of the workbook." in said
        assert "install" not in said
    assert (installed.exit_code, ran.exit_code) == (1, 1)
    assert (folder / "ledger.xlsx").read_bytes() == package.with_parts(changed)
