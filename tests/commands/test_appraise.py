"""appraise: what is due by retention and closing year, in Filing and year books; nothing is destroyed by it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import jobs
from tests.support.closed_year import closed
from tests.support.ledger_in_memory import line
from tests.support.new_ledger import settle_new
from tests.support.small_office import office_of
from tests.support.workbook_homes import address, content

FILING = [
    {**line("LV-00001", petitioner="访客甲", summary="访客甲说太吵"), "archive_no": "A-1", "year": 2015, "retention": "10年", "appraise_on": "2099-01-01"},
    {**line("LV-00002"), "archive_no": "A-2", "year": 2016, "retention": "10年"},
    {**line("LV-00003"), "archive_no": "A-3", "year": 1995, "retention": "30年"},
    {**line("LV-00004"), "archive_no": "A-4", "year": 1900, "retention": "永久"},
    {**line("LV-00005", kind="检举控告", about="王强", summary="收礼"), "archive_no": "A-5", "closed_on": "2014-05-05", "retention": "10年"},
    {**line("LV-00006"), "archive_no": "A-6", "year": 2014, "retention": "五年"},
]  # fmt: skip


def test_what_is_due_is_listed_with_the_form_to_sign(tmp_path: Path) -> None:
    rows = {**office_of([line("LV-00007")]), "filing": FILING}
    path = settle_new(tmp_path / "ledger.xlsx", rows)
    before = content(path)

    def said(*more: str) -> str:
        done = CliRunner().invoke(jobs.main, ["appraise", "-w", address(path), *more])
        assert done.exit_code == 0, done.output
        return done.stdout

    told = json.loads(said("--now", "2026-12-31", "--json"))["cases"]
    assert [(one["case_no"], one["due_on"], one["unclear"]) for one in told] == [
        ("LV-00005", "2025-01-01", None),
        ("LV-00001", "2026-01-01", None),
        ("LV-00003", "2026-01-01", None),
        ("LV-00006", None, "retention"),
    ]
    assert "LV-00002" in said("--now", "2027-01-01")
    said("--now", "2026-12-31", "--into", str(tmp_path / "list"))
    (page,) = (tmp_path / "list").glob("*.html")
    text = page.read_text("utf-8")
    assert all(one in text for one in ("A-1", "…说太吵", "A-5", "A-6", "鉴定"))
    assert not any(one in text for one in ("访客甲", "收礼", "王强", "A-2", "A-4")), (
        "no names, of restricted ones nothing"
    )
    assert content(path) == before


def test_year_books_are_looked_into(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    done = CliRunner().invoke(jobs.main, ["appraise", "-w", address(path), "--now", "2037-01-01", "--json"])
    assert {one["book"] for one in json.loads(done.stdout)["cases"]} == {"ledger 2026.xlsx"}
