"""form as a person types it: what it writes and says, and what it refuses; it only reads the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from sheet_schema import REGISTER, Type
from tests.support.ledger_in_memory import Rows, line
from tests.support.small_office import at, ledger_at
from tests.support.workbook_homes import address, content, made_once

ON_BOTH = IN_TURN = True

CANARY = "Canary"
SECRET = {column.key: CANARY for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
LINES: Rows = (
    line(),
    {**line("LV-00002"), **SECRET, "kind": "检举控告"},
    line("LV-00003", petitioner="../../etc"),
    {**line("LV-00004"), **SECRET, "kind": "", "about": "-"},
    {**line("LV-00005"), **SECRET, "about": "多" * 1001},
)
DAY = ("--now", "2026-03-18T09:00")
DOUBTFUL = "在“类别”“涉及部门或人员”“保密”填写清楚之前，{}可能是保密件：打印件只有编号、环节和期限，其余手工填写。请先填写清楚，再重新打印。\n"
RESTRICTED = (
    "LV-00002为保密件：打印件只有编号、环节和期限，其余手工填写。能打开工作簿的人可在“打印登记表”表查看全部内容。\n"
)


@made_once
def of_five_cases(folder: Path) -> Path:
    path = ledger_at(folder, LINES, blank_rows="5", sending="暂停", school_name="第一中学", school_phone="010-1")
    at(path, "2026-03-18T08:00")
    return path


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of five cases and a pad of five, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return of_five_cases(tmp_path)


def form(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, ["form", *arguments, "-w", address(path), *DAY], prog_name="jobs.py")


def written(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("forms/*"))


@pytest.mark.parametrize(
    ("arguments", "name", "said"),
    [
        (("LV-00001",), "登记表LV-00001", ""),
        ((" ｌｖ-00001 ",), "登记表LV-00001", ""),
        (("LV-00001", "--receipt"), "回执LV-00001", ""),
        (("LV-00002",), "登记表LV-00002", RESTRICTED),
        (("LV-00002", "--receipt"), "回执LV-00002", ""),
        (("LV-00004",), "登记表LV-00004", DOUBTFUL.format("LV-00004")),
        (("LV-00005",), "登记表LV-00005", DOUBTFUL.format("LV-00005")),
        (("LV-00008",), "登记表LV-00008", ""),
        (("--blank",), "登记表LV-00006", ""),
        (("--blank", "--pad"), "登记单LV-00006至LV-00010", ""),
        (("--blank", "--pad", "2"), "登记单LV-00006至LV-00007", ""),
        (("--blank", "--pad", "1"), "登记单LV-00006", ""),
    ],
)
def test_a_page_and_a_pdf_are_written(
    ledger: Path, tmp_path: Path, arguments: tuple[str, ...], name: str, said: str
) -> None:
    before = content(ledger)
    done = form(ledger, *arguments)
    folder = "forms" if address(ledger) != str(ledger) else str(tmp_path / "forms")

    assert (done.exit_code, done.stdout) == (
        0,
        f"{name}.html 和 {name}.pdf 已写入 {folder}，打印其中一个即可。\n{said}",
    )
    assert written(tmp_path) == [f"{name}.html", f"{name}.pdf"]
    assert content(ledger) == before
    page = (tmp_path / "forms" / f"{name}.html").read_text("utf-8")
    data = (tmp_path / "forms" / f"{name}.pdf").read_bytes()
    assert CANARY not in page
    assert ("第一中学" in page, data[:5]) == (True, b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Say which case, as in `jobs.py form LV-00012`; or `jobs.py form --blank` for an empty form."),
        (("LV-00001", "--blank"), 2, "--blank prints numbers that are still free: leave out the case and --receipt."),
        (("--receipt", "--blank"), 2, "--blank prints numbers that are still free: leave out the case and --receipt."),
        (
            ("--receipt",),
            2,
            "Say which case, as in `jobs.py form LV-00012`; or `jobs.py form --blank` for an empty form.",
        ),
        (("LV-00001", "--pad"), 2, "--pad prints slips for numbers that are still free: write --blank --pad."),
        (("LV-00099",), 1, "“登记”和“归档”表中都没有编号LV-00099：请先在表中核对编号。"),
        (("../../x",), 1, "“登记”和“归档”表中都没有编号../../X：请先在表中核对编号。"),
        (("  ",), 2, "Say which case, as in `jobs.py form LV-00012`; or `jobs.py form --blank` for an empty form."),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words(
    ledger: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    refused = form(ledger, *arguments)

    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (code, said)
    assert written(tmp_path) == []


def test_a_number_on_two_lines_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, (line(), line(petitioner="王强")))

    refused = form(path, "LV-00001")

    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (
        1,
        "“登记”表中有2行都是编号LV-00001：请先核对改正，再打印。",
    )
    assert written(tmp_path) == []


def test_a_pad_that_is_used_up_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = form(ledger_at(tmp_path, (line(),)), "--blank", "--pad")

    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (
        1,
        "“登记”表中没有已编号的空行：请先运行 `jobs.py validate` 补上。",
    )


@pytest.mark.file_only
def test_a_folder_that_cannot_be_written_is_said_in_words(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    refused = form(ledger, "LV-00001", "--into", str(tmp_path / "taken"))

    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (
        1,
        f"{tmp_path / 'taken'} cannot be written: close it if it is open, or choose another folder with --into.",
    )


@pytest.mark.file_only
def test_a_number_is_never_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, ({**line("../../LV-1"), "kind": "申诉求决"},))

    assert (form(path, "../../LV-1").exit_code, written(tmp_path)) == (
        0,
        ["登记表______LV-1.html", "登记表______LV-1.pdf"],
    )
