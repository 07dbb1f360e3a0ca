"""A ledger gets its mark from the first run or `install` that writes to it, once; a copy of the file keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.parsing import parse
from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.excel.xml.custom_properties import put_custom_property
from automation.workbooks.excel.xml.package import Package
from sheet_schema import REGISTER
from tests.support import workbook_homes as homes
from tests.support.new_ledger import settle_new

ON_BOTH = True
CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 18, 9)
OURS = str(LEDGER_VERSION)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in which the runs of the day have nothing more to do."""
    monkeypatch.chdir(tmp_path)
    made = settle_new(tmp_path / "ledger.xlsx", {})
    for minute in range(2):
        ran(made, minute)
    return made


def ran(path: Path, minute: int, **more: bool) -> bool:
    """Do a run, and return whether it wrote anything."""
    after = timedelta(minutes=minute)
    return run(
        homes.book_at(path, CLOCK + after), Request(JOBS["validate"], NOW + after, CLOCK + after, **more)
    ).written  # type: ignore[arg-type]


def mark(path: Path) -> str:
    return homes.book_at(path, CLOCK).read().mark


def set_mark(path: Path, value: str) -> None:
    """What another version, or a program that takes the mark away (blank), leaves behind."""
    if homes.on_google_now():
        book = homes.server().spreadsheets[homes.address(path)].book
        book.metadata = [{**one, "metadataValue": value} for one in book.metadata if value]
        return
    package, changed = Package(path.read_bytes(), path.name), dict[str, bytes]()
    put_custom_property(package, changed, LEDGER_MARK, value)
    path.write_bytes(package.with_parts(changed))


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    before, was = homes.content(path), mark(path)
    yield
    assert (homes.content(path), mark(path)) == (before, was)


@pytest.mark.parametrize("before", ["", "0"])
def test_the_next_run_marks_a_ledger_of_before_and_does_so_once(path: Path, before: str) -> None:
    assert mark(path) == OURS
    with unchanged(path):
        assert not ran(path, 2)
    set_mark(path, before)
    with unchanged(path):
        ran(path, 3, dry_run=True)
    assert mark(path) == before
    tabs = homes.book_at(path, CLOCK).read().grids
    assert ran(path, 4)
    assert mark(path) == OURS
    assert homes.book_at(path, CLOCK).read().grids == tabs
    with unchanged(path):
        assert not ran(path, 5)
    if homes.on_google_now():
        assert len(homes.server().spreadsheets[homes.address(path)].book.metadata) == 1


@pytest.mark.parametrize("before", ["", "0", OURS])
def test_install_marks_a_ledger_of_before(path: Path, before: str) -> None:
    """At first together with settings that this test's ledger lacks, then where it lacks nothing else."""
    for _ in range(2):
        set_mark(path, before)
        installed = CliRunner().invoke(jobs.main, ["install", "-w", homes.address(path), "--now", "2026-03-18T09:00"])
        assert (installed.exit_code, installed.stderr, mark(path)) == (0, "", OURS)


def test_a_ledger_without_a_mark_is_known_under_any_tabs_name(path: Path) -> None:
    set_mark(path, "")
    homes.rename_tab(path, REGISTER.label("zh"), "Besuche")
    with unchanged(path):
        problems = parse(homes.book_at(path, CLOCK).read()).problems
        assert ("renamed_tab", "register") in [(one.code, one.tab) for one in problems if one.stops]
        installed = CliRunner().invoke(jobs.main, ["install", "-w", homes.address(path)])
        assert (installed.exit_code, "Besuche" in installed.output) == (1, True)


@pytest.mark.parametrize("newer", [str(LEDGER_VERSION + 1), "next"])
def test_a_newer_mark_stays(path: Path, newer: str) -> None:
    set_mark(path, newer)
    with unchanged(path):
        for command in ("run", "install", "backup", "check"):
            ended = CliRunner().invoke(jobs.main, [command, "-w", homes.address(path)])
            assert (ended.exit_code, "更新版本的程序" in ended.output) == (1, True), ended.output


@pytest.mark.file_only
def test_the_mark_waits_while_somebody_has_the_file_open(path: Path) -> None:
    set_mark(path, "")
    owner = path.with_name("~$ledger.xlsx")
    owner.write_bytes(b"\x04Ruth")
    with unchanged(path):
        assert not ran(path, 2)
    owner.unlink()
    assert ran(path, 3)
    assert mark(path) == OURS


@pytest.mark.file_only
def test_a_file_saved_under_another_name_is_a_ledger(path: Path) -> None:
    """Also when a program saves it whole."""
    book = homes.load(path)
    book["登记"].title = "Register of complaints"
    other = path.with_name("other name.xlsx")
    book.save(other)
    assert mark(other) == OURS
    said = CliRunner().invoke(jobs.main, ["run", "-w", str(other), "--now", "2026-03-18T09:00"])
    assert "Register of complaints" in said.output  # it is known, and says which tab lost its name
