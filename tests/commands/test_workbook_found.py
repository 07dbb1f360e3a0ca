"""The only ledger in the folder is used where nobody said which workbook is meant."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.install import install_into
from tests.support.ledger_in_memory import NOW

AT = ("--now", "2026-03-18T10:00")
USED = "台账.xlsx is used: it is the only ledger in this folder.\n"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("found") / "some.xlsx"
    install_into(path, "en", "uk-school", NOW, datetime.now(UTC))
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what is no ledger: another workbook, a damaged one, an owner file, and backups."""
    monkeypatch.chdir(tmp_path)
    openpyxl.Workbook().save("budget.xlsx")
    Path("broken.xlsx").write_bytes(b"no workbook")
    Path("empty.xlsx").touch()
    return tmp_path


def put(ledger: Path, *names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(exist_ok=True)
        shutil.copy(ledger, name)


def called(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(jobs.main, arguments, env=environment, prog_name="ledger")


NO_LEDGERS = (
    "~$台账.xlsx",
    "台账 2026-03-17 120000.xlsx",
    "台账 2026-03-17 120000 2.xlsx",
    "台账.backups/台账 2026-03-17 120000.xlsx",
    "sub/other.xlsx",
)


@pytest.mark.parametrize("command", ["validate", "verify", "check"])
def test_the_only_ledger_is_used_and_named(ledger: Path, command: str) -> None:
    put(ledger, "台账.xlsx", *NO_LEDGERS[1:])

    ended = called(command, *AT)

    assert (ended.exit_code in (0, 3), ended.stderr) == (True, USED)


def test_beside_json_nothing_is_said(ledger: Path) -> None:
    put(ledger, "台账.xlsx")

    ended = called("validate", "--json", *AT)

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["run"]


def test_of_several_one_has_to_be_named(ledger: Path) -> None:
    put(ledger, "a.xlsx", "b.xlsx")

    ended = called("validate", *AT)

    said = "There are several ledgers in this folder (a.xlsx, b.xlsx): say which one with --workbook.\n"
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", said)


def test_where_there_is_none_the_usual_one_is_missed(ledger: Path) -> None:
    put(ledger, *NO_LEDGERS)

    ended = called("validate", *AT)

    said = "There is no workbook ledger.xlsx: check the path, or make one with `ledger install`.\n"
    assert (ended.exit_code, ended.stderr) == (1, said)


def test_the_usual_one_comes_first(ledger: Path) -> None:
    put(ledger, "台账.xlsx", "ledger.xlsx")

    assert (called("validate", *AT).exit_code, called("validate", *AT).stderr) == (0, "")


@pytest.mark.parametrize("how", ["typed", "variable", "file"])
def test_whoever_names_a_workbook_gets_no_other(ledger: Path, how: str) -> None:
    put(ledger, "台账.xlsx")
    if how == "file":
        Path("ledger.toml").write_text('workbook = "ledger.xlsx"', "utf-8")
    typed = ("-w", "ledger.xlsx") if how == "typed" else ()
    environment = {"LEDGER_WORKBOOK": "ledger.xlsx"} if how == "variable" else {}

    assert called("validate", *AT, *typed, **environment).stderr.startswith("There is no workbook ledger.xlsx:")


def test_install_makes_the_usual_one(ledger: Path) -> None:
    put(ledger, "台账.xlsx")

    ended = called("install", "--language", "en", *AT)

    assert (ended.exit_code, ended.stderr, Path("ledger.xlsx").exists()) == (0, "", True)
