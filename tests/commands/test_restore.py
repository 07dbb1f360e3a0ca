"""backup makes a copy that can be trusted, and restore puts back vanished cases from it and nothing else."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

import jobs
from automation.ledger.parsing import parse
from automation.steps.verification import verify
from automation.workbooks.excel import backups
from automation.workbooks.excel.backups import MANIFEST
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, at, column, ledger_at, typed
from tests.support.workbook_homes import address, book_at, content, delete_rows, load, made_once, save, shown_in

ON_BOTH = True

CLOSED = {"decision": "不予受理", "decided_on": "2026-03-03", "reason": "重复", "notified_on": "2026-03-04"}
LATER = "2026-06-01T09:00"


@made_once
def ledger(folder: Path) -> Path:
    """A ledger of three filed and four open cases, with a backup of it."""
    cases = [line(f"LV-{i:05d}", **(CLOSED if i <= 3 else {}), petitioner=f"访客{i}") for i in range(1, 8)]
    path = ledger_at(folder, cases)
    at(path, LATER)
    return path


def say(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, list(arguments))


def copy_of(path: Path) -> Path:
    assert say("backup", "-w", address(path), "--into", str(path.parent / "copies")).exit_code == 0
    (copy,) = (path.parent / "copies").glob("*.xlsx")
    return copy


def live(path: Path) -> list[tuple[object, ...]]:
    return [row for row in column(path, "register", "case_no", "petitioner", "summary") if row[1]]


def as_noted(folder: Path) -> dict[str, bool]:
    """Whether each backup matches the manifest, read as `sha256sum -c` does."""
    lines = (folder / MANIFEST).read_text("utf-8").splitlines()
    noted = dict(reversed(line_.split("  ", 1)) for line_ in lines)
    return {name: sha256((folder / name).read_bytes()).hexdigest() == checksum for name, checksum in noted.items()}


@pytest.mark.file_only
def test_a_backup_is_the_ledger_to_the_byte_and_its_manifest_says_so(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    copy = copy_of(path)
    assert (copy.read_bytes() == content(path), as_noted(copy.parent)) == (True, {copy.name: True})
    assert not copy.samefile(path)


def backup(path: Path) -> tuple[int, bool, list[str]]:
    """Its exit code, whether it says that a copy was made, and what is said of one that differs."""
    made = say("backup", "-w", address(path), "--into", str(path.parent / "copies"))
    return made.exit_code, "已备份到" in made.stdout, [one.partition(" ")[2] for one in made.stderr.splitlines()]


DIFFERS = ["与台账不一致：请删除该备份，检查磁盘后重新备份。"]


def test_a_copy_that_the_disk_spoils_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger(tmp_path)
    write = backups.write_whole

    def spoiling(path: Path, data: bytes, *rights: Any) -> None:
        write(path, data + b"\0" if path.suffix == ".xlsx" else data, *rights)

    monkeypatch.setattr(backups, "write_whole", spoiling)
    code, made, said = backup(path)
    assert (code, made, [one.rpartition(".xlsx ")[2] for one in said]) == (1, False, DIFFERS)


def without_a_line(data: bytes) -> bytes:
    book, shorter = load_workbook(BytesIO(data)), BytesIO()
    book["归档"].delete_rows(2)
    book.save(shorter)
    return shorter.getvalue()


def shorter(made: backups.DatedCopy) -> backups.DatedCopy:
    return replace(made, data=without_a_line(made.data))


def test_a_copy_that_lacks_a_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, copy = ledger(tmp_path), backups.copy_into
    monkeypatch.setattr(backups, "copy_into", lambda folder, made, now: copy(folder, shorter(made), now))
    code, made, said = backup(path)
    assert (code, made, [one.rpartition(".xlsx ")[2] for one in said]) == (1, False, DIFFERS)


@pytest.mark.file_only
def test_a_line_typed_meanwhile_is_left_to_the_next_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger(tmp_path)
    before, copy = content(path), backups.copy_into

    def typed_first(*arguments: Any) -> Path:
        book = load(path)
        book["登记"].append(["LV-00099"])
        save(book, path)
        return copy(*arguments)

    monkeypatch.setattr(backups, "copy_into", typed_first)
    assert backup(path) == (0, True, [])
    (made,) = (tmp_path / "copies").glob("*.xlsx")
    assert (made.read_bytes() == before, content(path) == before) == (True, False)


@pytest.mark.file_only
def test_every_backup_a_run_makes_is_in_the_manifest_too(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    typed(path, "反映问题", "改过")
    at(path, "2026-06-02T09:00")
    folder = tmp_path / "ledger.backups"
    assert as_noted(folder) == dict.fromkeys((one.name for one in folder.glob("*.xlsx")), True)


def test_what_vanished_comes_back_and_nothing_else_is_touched(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    copy, whole = copy_of(path), (live(path), column(path, "filing", "case_no", "petitioner", "seal"))
    book = load(path)
    book["登记"].delete_rows(3)  # LV-00005
    book["归档"].delete_rows(2)  # LV-00001
    for cell in book["登记"][4]:  # LV-00007 is emptied, its number left
        if cell.column > 3:
            cell.value = None
    book["登记"]["J2"] = "后来改的"  # LV-00004: newer than the copy
    save(book, path)
    before = content(path)
    options = ("restore", "--missing", "--from", str(copy), "-w", address(path), "--now", "2026-06-02T09:00")
    told = say(*options)
    untouched = content(path) == before
    done = say(*options, "--yes")
    again = say(*options, "--yes")
    assert (told.stdout.splitlines(), untouched) == (
        ["将放回“登记”：LV-00005、LV-00007。", "将放回“归档”：LV-00001。", "尚未写入。确认后请加 --yes 再运行一次。"],
        True,
    )
    assert (done.stdout.splitlines(), again.stdout) == (
        ["已放回“登记”：LV-00005、LV-00007。", "已放回“归档”：LV-00001。"],
        "没有缺失的件。\n",
    )
    after = live(path)
    assert sorted(after) == sorted([("LV-00004", "访客4", "后来改的"), *whole[0][1:]])
    assert sorted(column(path, "filing", "case_no", "petitioner", "seal")) == sorted(whole[1])
    assert [row for row in column(path, "history", "case_no", "why") if "恢复" in str(row[1])] == [
        (number, f"从 {copy.name} 恢复") for number in ("LV-00005", "LV-00007", "LV-00001")
    ]
    at(path, "2026-06-02T09:10")
    assert verify(parse(book_at(path, CLOCK).read())) == []


def test_what_the_copy_lacks_too_is_named(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    copy = copy_of(path)
    typed(path, "信访人", "新来的", row=6)
    typed(path, "反映问题", "新事", row=6)
    at(path, "2026-06-02T09:00")
    book = load(path)
    book["登记"].delete_rows(6)
    save(book, path)
    said = say("restore", "--missing", "--from", str(copy), "-w", address(path))
    assert said.stdout == "该副本中没有：LV-00008。\n"


def test_a_copy_from_before_runs_was_emptied_is_still_one_of_this_ledger(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    copy = copy_of(path)
    delete_rows(path, "运行", 2, len(shown_in(path, "运行")) - 1)
    at(path, "2026-06-02T09:00")
    delete_rows(path, "登记", 3)
    done = say("restore", "--missing", "--from", str(copy), "-w", address(path), "--yes")
    assert (done.stdout, done.stderr) == ("已放回“登记”：LV-00005。\n", "")


@pytest.mark.file_only
def test_another_ledgers_copy_is_refused(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    (tmp_path / "other").mkdir()
    other = ledger_at(tmp_path / "other", [line()])
    at(other, "2026-05-01T09:00")
    said = say("restore", "--missing", "--from", str(other), "-w", address(path), "--yes")
    assert (said.exit_code, said.stderr.splitlines()[0]) == (
        1,
        "ledger.xlsx 不是本台账的副本：首次运行时间不同，事项也不同。",
    )


def test_an_altered_backup_is_refused(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    copy = copy_of(path)
    typed(copy, "反映问题", "改过")
    said = say("restore", "--missing", "--from", str(copy), "-w", address(path), "--yes")
    assert (said.exit_code, "is not what it was when it was made" in said.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [("--from", "x.xlsx"), ("--missing",)])
def test_restore_needs_both_words(arguments: tuple[str, ...]) -> None:
    assert say("restore", *arguments).exit_code == 2
