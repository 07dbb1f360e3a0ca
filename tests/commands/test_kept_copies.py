"""backup --list, backup --take-out, and restore from a copy that is kept with the older ones."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.workbooks.excel.older_copies import FILE
from tests.support.ledger_in_memory import line
from tests.support.small_office import at, column, ledger_at, typed
from tests.support.workbook_homes import content, load, made_once, save

DAYS = ("2026-03-18", "2026-03-19", "2026-03-20")


@made_once
def ledger(folder: Path) -> Path:
    """A ledger whose summary was changed on three days, with a copy of each state before; the pictures in it make it so
    large that the first three are with the older copies, and the others files of their own."""
    path = ledger_at(folder, [line(f"LV-{number:05d}", petitioner=f"访客{number}") for number in (1, 2)])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("docProps/thumbnail.jpeg", random.Random(1).randbytes(200_000))
    for day in DAYS:
        typed(path, "反映问题", f"{day}的事")
        at(path, f"{day}T09:00")
    return path


def say(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, ["--language", "en", *arguments, "-w", str(path)])


def copies(path: Path) -> list[str]:
    """The names of all copies kept: two a run, of before and after its mails were claimed."""
    return say(path, "backup", "--list").stdout.splitlines()


def summary(path: Path) -> object:
    return column(path, "register", "summary")[0][0]


def test_the_copies_are_named_the_oldest_first(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    assert copies(path) == [f"ledger {day} 090000{more}.xlsx" for day in DAYS for more in ("", " 2")]
    kept = sorted(file.name for file in (tmp_path / "ledger.backups").iterdir())
    assert kept == ["MANIFEST.sha256", *sorted(copies(path)[3:]), FILE]


@pytest.mark.parametrize(
    ("wanted", "shows"),
    [
        pytest.param("2026-03-18", "2026-03-18的事", id="a day: one of the older copies"),
        pytest.param("2026-03-19 09:00", "2026-03-19的事", id="a day and time: a file of its own"),
        pytest.param("2026-03", "2026-03-20的事", id="a month: the last of it"),
        pytest.param("ledger.backups/{second}", "2026-03-19的事", id="its path"),
        pytest.param("{third}", "2026-03-20的事", id="the newest"),
    ],
)
def test_a_copy_is_taken_out_as_a_workbook(tmp_path: Path, wanted: str, shows: str) -> None:
    path = ledger(tmp_path)
    second, third = copies(path)[3::2]
    before = content(path)
    asked = wanted.format(second=second, third=third)
    done = say(path, "backup", "--take-out", asked, "--into", str(tmp_path / "out"))
    (made,) = (tmp_path / "out").glob("*.xlsx")
    assert (done.exit_code, done.stdout) == (
        0,
        f"Written: {made}. It is a copy of the ledger as it was: the ledger itself is as before.\n",
    )
    assert (summary(made), content(path) == before) == (shows, True)
    again = say(path, "backup", "--take-out", asked, "--into", str(tmp_path / "out"))
    assert (again.exit_code, again.stderr) == (
        1,
        f"{made.name} is already there: choose another name, or move it away first.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_holds_copies_is_for_the_ledgers_people_only_also_if_they_became_fewer(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    path.chmod(0o600)
    typed(path, "反映问题", "又改了")
    at(path, "2026-03-21T09:00")
    assert say(path, "backup", "--take-out", "2026-03-19", "--into", str(tmp_path / "out")).exit_code == 0
    (made,) = (tmp_path / "out").glob("*.xlsx")
    assert [oct(one.stat().st_mode & 0o777) for one in (made, tmp_path / "ledger.backups" / FILE)] == ["0o600"] * 2


def test_a_copy_that_is_not_kept_is_said_to_be_unknown(tmp_path: Path) -> None:
    said = say(ledger(tmp_path), "backup", "--take-out", "2025-01-01", "--into", str(tmp_path))
    assert (said.exit_code, said.stderr) == (
        1,
        "No copy named 2025-01-01 is kept: `main backup --list` says which ones are.\n",
    )


def test_of_a_new_ledger_no_copies_are_kept(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [])
    for file in (tmp_path / "ledger.backups").glob("*"):
        file.unlink()
    assert say(path, "backup", "--list").stdout == f"No copies of {path} are kept: each run that writes keeps one.\n"


@pytest.mark.parametrize("where", ["{folder}/{name}", "{name}"])
@pytest.mark.parametrize("which", [pytest.param(2, id="with the older"), pytest.param(-1, id="the newest")])
def test_restore_takes_a_copy_by_its_name_wherever_it_is_kept(tmp_path: Path, where: str, which: int) -> None:
    path = ledger(tmp_path)
    name = copies(path)[which]
    book = load(path)
    book["登记"].delete_rows(3)  # LV-00002
    save(book, path)
    source = where.format(folder=tmp_path / "ledger.backups", name=name)
    done = say(path, "restore", "--missing", "--from", source, "--now", "2026-03-20T10:00", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Put back into 登记: LV-00002.\n")
    assert ("LV-00002", "访客2") in column(path, "register", "case_no", "petitioner")
