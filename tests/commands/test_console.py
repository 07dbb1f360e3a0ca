"""What a console cannot encode is replaced in words, written as \\uXXXX in JSON, and never an error."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from automation.commands.console import replace_what_cannot_be_shown
from jobs import main
from tests.support import ROOT
from tests.support.calls import CALLS
from tests.support.english_ledger import install_with_a_case

TOPIC = "Zoë’s 🎈 操场"
"""A topic that is on no list, so that the problem quotes it."""
CASE = {"channel": "Visit", "petitioner": "Anna Archer", "kind": "Complaint", "topic": TOPIC, "summary": "Too loud"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("console") / "ledger.xlsx"
    install_with_a_case(path, CASE)
    assert said(path, "utf-8", "run", *CALLS["run"])[0] == 0
    return path


def said(ledger: Path, encoding: str, *arguments: str, language: str = "en") -> tuple[int, bytes, bytes]:
    """Exit code and bytes of `jobs.py` on a console that refuses what it cannot encode."""
    environment = {
        **os.environ,
        "PYTHONIOENCODING": f"{encoding}:strict",
        "PYTHONUTF8": "0",
        "LEDGER_LANGUAGE": language,
    }
    ended = subprocess.run(
        [sys.executable, str(ROOT / "jobs.py"), *arguments], cwd=ledger.parent, capture_output=True, env=environment, timeout=60, check=False
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("encoding", "shown"), [("gbk", "“Zo?’s ? 操场”"), ("cp1252", "“Zoë’s ? ??”"), ("ascii", "“Zoë’s 🎈 操场”")]
)
def test_a_run_ends_well_whatever_the_console_can_show(ledger: Path, encoding: str, shown: str) -> None:
    code, out, err = said(ledger, encoding, "run", "--now", "2026-03-18T10:00")

    assert (code, err) == (0, b"")
    assert shown in out.decode("utf-8" if encoding == "ascii" else encoding)


def test_json_loses_no_character(ledger: Path) -> None:
    """It is the same on a console that can show less."""
    code, out, err = said(ledger, "gbk", "run", "--json", "--now", "2026-03-18T10:00")

    assert (code, err) == (0, b"")
    assert any(TOPIC in problem["message"] for problem in json.loads(out.decode("gbk"))["problems"])


def test_a_chinese_error_on_a_western_console_is_still_that_error(ledger: Path) -> None:
    code, out, err = said(ledger, "cp1252", "run", "-w", "无.xlsx", language="zh")

    assert (code, out, b".xlsx" in err) == (1, b"", True)


def printed(ledger: Path, encoding: str, *arguments: str) -> tuple[int, int]:
    """Exit code of a command on such a console, and how many lines it printed there, on either stream."""
    console = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    with chdir(ledger.parent), redirect_stdout(console), redirect_stderr(console):
        replace_what_cannot_be_shown()
        with pytest.raises(SystemExit) as ended:
            main([*arguments], prog_name="jobs.py")
    console.flush()
    said = console.buffer.getvalue()  # type: ignore[attr-defined]
    assert b"fault" not in said
    return int(ended.value.code or 0), len(said.decode(encoding).splitlines())


@pytest.mark.parametrize("command", [*CALLS])
def test_every_command_ends_on_a_gbk_console_as_on_any_other(ledger: Path, tmp_path: Path, command: str) -> None:
    """The topic has an emoji, and letters that GBK lacks."""
    ends = {}
    for encoding in ("gbk", "utf-8"):
        there = tmp_path / encoding / "ledger.xlsx"
        there.parent.mkdir()
        for name in ("ledger.xlsx", "copy.xlsx"):
            (there.parent / name).write_bytes(ledger.read_bytes())
        ends[encoding] = printed(there, encoding, command, *CALLS[command])

    assert ends["gbk"] == ends["utf-8"]
