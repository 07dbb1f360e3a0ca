"""erase on a Google Sheet: gone from every tab, hidden ones too, and what no program can erase is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.parsing import parse
from tests.support.closed_year import filed
from tests.support.workbook_homes import address, at_home, content, read_now


def test_a_case_is_erased_on_google_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with at_home("google", tmp_path):
        path = filed().put(tmp_path)

        def say(*arguments: str) -> str:
            done = CliRunner().invoke(jobs.main, [*arguments, "-w", address(path)])
            assert done.exit_code == 0, done.output
            return done.output

        assert "访客2" in str(content(path))
        said = say("erase", "2", "--what", "case", "--reason", "清册", "--by", "陈工", "--early", "--yes")
        assert "Google" in said
        everything = str(content(path))
        assert "访客2" not in everything
        assert "13800000002" not in everything
        assert "LV-00002" in say("verify")
        assert parse(read_now(path)).filing["petitioner"].tolist() == ["访客1", "", "访客3"]
