"""`--language` before a command chooses what it prints, of whatever ledger; without it the ledger's own language is spoken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from tests.support.calls import AT, CALLS
from tests.support.english_ledger import install_with_a_case
from tests.support.workbook_homes import Kept
from tests.support.workbook_homes import kept as kept_one

CASE = {
    "channel": "Visit",
    "petitioner": "Anna Archer",
    "kind": "Complaint",
    "topic": "Teaching",
    "summary": "Too loud",
}
WITHOUT_A_LEDGER = {"demo", "install", "schedule"}
"""Commands that make a ledger, or say nothing themselves."""
_CHINESE, _SENTENCE = (
    re.compile("[\u4e00-\u9fff]"),
    re.compile(r"\b(?:the|to|of|is|in|written|nothing|no)\b", re.IGNORECASE),
)


@pytest.fixture(scope="module")
def kept() -> Kept:
    """An English ledger that has a case."""

    def make(folder: Path) -> Path:
        path = folder / "ledger.xlsx"
        install_with_a_case(path, CASE)
        assert CliRunner().invoke(jobs.main, ["run", "-w", str(path), *AT]).exit_code == 0
        return path

    return kept_one(make)


@pytest.fixture
def folder(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the ledger, and a copy of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copy.xlsx").write_bytes(kept.put(tmp_path).read_bytes())
    return tmp_path


def said(command: str, *before: str) -> str:
    ended = CliRunner().invoke(jobs.main, [*before, command, *CALLS[command]], env={"LEDGER_LANGUAGE": "zh"})
    assert ended.exception is None or isinstance(ended.exception, SystemExit)
    assert "fault" not in ended.output
    return ended.output


NAME_ASKED_FOR = "王芳"
"""`person` says it as it was typed."""


def test_the_table_has_every_command() -> None:
    assert {*CALLS} | WITHOUT_A_LEDGER == {*jobs.main.commands}


@pytest.mark.parametrize("command", [*CALLS])
@pytest.mark.usefixtures("folder")
def test_what_a_command_prints_is_in_the_language_of_the_call_else_of_the_ledger(command: str) -> None:
    in_chinese = said(command, "--language", "zh")
    Path("new.xlsx").unlink(missing_ok=True)
    in_english = said(command)

    assert _CHINESE.search(in_chinese)
    assert not _CHINESE.search(in_english.replace(NAME_ASKED_FOR, ""))
    assert _SENTENCE.search(in_english)
