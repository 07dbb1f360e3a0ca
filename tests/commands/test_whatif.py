"""whatif as a person types it: both sides in words and as JSON, and nothing is written, on both kinds of workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from sheet_schema import TAB
from tests.commands.test_report import ledger_at
from tests.support.ledger_in_memory import LEADER_AND_OFFICE
from tests.support.small_reports import DONE, LATE, MARKER, SECRET, case, deadlines
from tests.support.workbook_homes import address, content, type_in

ON_BOTH = True
REGISTER = [case(1, **DONE), case(2, **LATE), case(3, **SECRET)]
LADDER = [{"step": "答复", "level": 1, "after": 1, "unit": "日", "to": "分管领导"}]


def say(*arguments: str) -> str:
    done = CliRunner().invoke(jobs.main, list(arguments), prog_name="jobs.py")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def test_the_year_is_shown_beside_what_it_would_have_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, REGISTER, people=LEADER_AND_OFFICE, deadlines=deadlines(), escalation=LADDER)
    for day in ("2026-03-11", "2026-03-18"):
        say("run", "-w", address(path), "--now", f"{day}T10:00", "--outbox", "out")
    asked = ("whatif", "-w", address(path), "--now", "2026-03-18T12:00")
    before = json.loads(say(*asked, "--json"))
    assert (before["check"]["notices"] > 0, before["check"]["only_replayed"], before["check"]["only_in_notices"]) == (
        True,
        0,
        0,
    )
    assert (before["edited"], before["due_days"], before["late"]) == ({}, [], {"before": 2, "after": 2})

    type_in(path, "时限", 3, TAB["deadlines"].keys.index("amount") + 1, 30)
    held = content(path)
    shown, found = say(*asked), json.loads(say(*asked, "--json", "--from", "2026-03"))
    assert content(path) == held
    assert MARKER not in shown
    assert MARKER not in json.dumps(found)
    assert "LV-00003" not in shown
    assert [" ".join(line.split()) for line in shown.splitlines()[:7]] == [
        "2025-03-19至2026-03-18：重演2次运行。没有写入，也没有发信。",
        "改动：“时限”1行，视为自2025-03-19起即如此。",
        "",
        "实际 按改动",
        "会变动的期限 3",
        "告知按期 2/3（67%） 2/3（67%）",
        "答复按期 1/3（33%） –",
    ]
    assert "  LV-00002 答复：2026-03-12 → 2026-04-01\n  另有保密件1项\n" in shown
    assert "完全一致" in shown
    assert (found["late"], found["due_days_restricted"], found["ladder"]) == (
        {"before": 2, "after": 1},
        1,
        {"1": {"before": 2, "after": 0}},
    )
    assert found["due_days"][0] == {
        "case_no": "LV-00001",
        "step": "reply",
        "before": "2026-03-12",
        "after": "2026-04-01",
    }
