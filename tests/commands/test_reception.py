"""The list of reception days for the notice board: what stands on it, and that nobody who came does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobs import main
from tests.run.test_reception_days import CALENDAR, PEOPLE, day, settings
from tests.support.ledger_in_memory import line
from tests.support.new_ledger import settle_new

BREAKS = (
    {"date": "2026-01-24", "until": "2026-02-22", "kind": "校历假期", "name": "寒假"},
    {"date": "2026-07-11", "until": "2026-08-31", "kind": "校历假期", "name": "暑假"},
)
AWAY = {**PEOPLE[1], "absent_from": "2026-03-27", "absent_until": "2026-03-27", "stand_in": "王建国"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle_new(
        tmp_path_factory.mktemp("board") / "ledger.xlsx",
        {
            "people": (PEOPLE[0], AWAY, PEOPLE[2]), "settings": settings(school_name="第一中学"), "escalation": [],
            "calendar": (*CALENDAR, *BREAKS), "deadlines": [], "register": [line()],
            "receptions": [
                day(came="CANARY", undertaking="CANARY", time="14:00-16:00", cases="LV-00001"),
                day("RD-00002", on="每周五", host="赵刚", place="<b>一楼</b>", until="2026-04-10"),
                day("RD-00003", on="2026-03-25", host=""), day("RD-00004", on="2026-03-26", came="取消"),
            ],
        },
    )  # fmt: skip


def listed(book: Path, which: str, now: str = "2026-03-18") -> tuple[int, str, Path]:
    into = book.parent / f"out {which}"
    done = CliRunner().invoke(
        main, ["reception", "--workbook", str(book), "--list", which, "--into", str(into), "--now", now]
    )
    return done.exit_code, done.output, into


def test_what_stands_on_the_list(book: Path) -> None:
    exit_code, _, into = listed(book, "2026-03-16..2026-04-10")
    (pdf,), (page,) = into.glob("*.pdf"), into.glob("*.html")
    assert exit_code == 0
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    lines = [" ".join(one.split()) for one in text.splitlines() if "周" in one]
    assert lines == [
        "2026年3月18日周三 14:00-16:00 接待室 王建国（校长）",
        "2026年3月20日周五 <b>一楼</b> 赵刚（分管领导）",
        "2026年3月25日周三 接待室 另行公布",
        "2026年3月27日周五 <b>一楼</b> 王建国（校长）",
        "2026年4月3日周五 <b>一楼</b> 赵刚（分管领导）",
        "2026年4月10日周五 <b>一楼</b> 赵刚（分管领导）",
    ]
    html = page.read_text("utf-8")
    assert ("CANARY" in html + text, "LV-" in html + text, "<b>" in html) == (False, False, False)


WHICH = {
    "the term": ("term", "2026-03-18", 0, "2026-02-23"),
    "in a break the next": ("本学期", "2026-02-01", 0, "2026-02-23"),
    "a month": ("2026-03", "2026-03-18", 0, "2026-03-31"),
    "no period": ("soon", "2026-03-18", 2, "soon"),
    "no term that is known": ("term", "2026-09-10", 1, "2026-09-10"),
}


@pytest.mark.parametrize(("which", "now", "exit_code", "said"), WHICH.values(), ids=WHICH)
def test_which_days_are_listed(book: Path, which: str, now: str, exit_code: int, said: str) -> None:
    code, output, _ = listed(book, which, now)
    assert (code, said in output) == (exit_code, True), output


def test_where_reception_days_are_not_turned_on_it_says_how(tmp_path: Path) -> None:
    path = settle_new(tmp_path / "ledger.xlsx", {"settings": settings(reception_days="否")})
    code, output, _ = listed(path, "2026-03")
    assert (code, "install" in output) == (1, True)
