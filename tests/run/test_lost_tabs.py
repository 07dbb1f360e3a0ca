"""A tab that was deleted or emptied: no fault, no second mail, no half of a job in silence, and the way back is said."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from automation.commands.install import install_into
from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Grid
from automation.run.plan import plan
from sheet_schema import TAB, USUAL_TABS
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW, line
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, column, ledger_at, request_at, set_to, typed
from tests.support.workbook_homes import Kept, address, book_at, delete_rows, kept, shown_in

ON_BOTH = IN_TURN = True
CASES = [line(**HANDLED), line("LV-00002", petitioner="何平", contact="13800000002", summary="食堂")]
LOST = "“通知”表记录的邮件发送情况已丢失"


@cache
def office(home: str) -> Kept:
    """An office whose mails went out on the 18th and 19th."""

    def make(folder: Path) -> Path:
        path = ledger_at(folder, CASES, people=(FANG, ADMIN), blank_rows="3")
        at(path, "2026-03-18T09:00")
        at(path, "2026-03-19T09:00")
        return path

    return kept(make)


@pytest.fixture
def path(tmp_path: Path, home: str) -> Path:
    return office(home).put(tmp_path)


def deleted(path: Path, title: str) -> None:
    book = homes.load(path)
    del book[title]
    homes.save(book, path)


def ran(path: Path, moment: str) -> tuple[str, int]:
    """What stopped a run, and how many mails about cases it sent."""
    try:
        result = at(path, moment)
    except LedgerError as error:
        return error.say("zh"), 0
    return "".join(one.say("zh") for one in result.problems if one.stops), sum(
        bool(mail.cases) for mail in result.mails
    )


def said_on(path: Path, moment: str) -> list[tuple[str, str]]:
    """Reader and subject of each mail of a run."""
    return sorted((mail.to, mail.rendered.subject) for mail in at(path, moment).mails)


@pytest.mark.parametrize("emptied", [False, True])
def test_lost_notices_stop_every_run_until_a_day_is_typed(
    path: Path, tmp_path: Path, home: str, *, emptied: bool
) -> None:
    if emptied:
        delete_rows(path, "通知", 2, len(shown_in(path, "通知")) - 1)
    else:
        deleted(path, "通知")
    said, sent = ran(path, "2026-03-19T09:10")
    assert (LOST in said, "历史版本" in said, sent) == (True, True, 0)
    with pytest.raises(LedgerError, match="Nothing was added"):
        install_into(address(path), None, None, NOW, CLOCK)
    assert ran(path, "2026-03-19T09:20") == (said, 0)
    set_to(path, "go_live_on", "2026-03-20")
    install_into(address(path), None, None, NOW, CLOCK)
    assert [ran(path, f"2026-03-19T09:{minute}") for minute in (30, 40)] == [("", 0)] * 2
    unhurt = office(home).put(tmp_path / "unhurt")
    assert said_on(path, "2026-03-20T09:00") == said_on(unhurt, "2026-03-20T09:00") != []


@pytest.mark.parametrize(
    ("title", "rows"), [("变更", ""), ("运行", ""), ("设置", ""), ("人员", "“人员”表的内容已全部丢失")]
)
def test_any_other_tab_that_is_deleted_says_how_it_comes_back(path: Path, title: str, rows: str) -> None:
    """What `install` then adds must do: Settings have our defaults, but People has to be typed again."""
    deleted(path, title)
    said, sent = ran(path, "2026-03-19T09:10")
    assert (f"缺少“{title}”表" in said, "历史版本" in said, sent) == (True, True, 0)
    install_into(address(path), None, None, NOW, CLOCK)
    said, sent = ran(path, "2026-03-19T09:20")
    assert (said[: len(rows)], bool(said), sent) == (rows, bool(rows), 0)


@pytest.mark.parametrize("title", ["归档", "索引"])
def test_cases_and_numbers_that_are_deleted_are_not_made_anew(path: Path, title: str) -> None:
    deleted(path, title)
    said, sent = ran(path, "2026-03-19T09:10")
    assert (f"“{title}”表不见了" in said, "历史版本" in said, sent) == (True, True, 0)
    with pytest.raises(LedgerError, match="Nothing was added"):
        install_into(address(path), None, None, NOW, CLOCK)
    assert ran(path, "2026-03-19T09:20") == (said, 0)


def test_an_index_without_rows_is_built_anew_with_every_number(path: Path) -> None:
    """Also with those of cases that no mail was about: such a row was told to give its number up."""
    typed(path, "信访人", "新来的", row=4)
    at(path, "2026-03-19T09:10")
    before = column(path, "register", "case_no", "petitioner"), column(path, "index", "case_no")
    delete_rows(path, "索引", 2, len(before[1]))
    assert [ran(path, f"2026-03-19T09:{minute}") for minute in (20, 30)] == [("", 0)] * 2
    assert (column(path, "register", "case_no", "petitioner"), column(path, "index", "case_no")) == before
    assert not [one for one in at(path, "2026-03-19T09:40").problems if one.column == "case_no"]


@pytest.mark.on_both
def test_a_new_ledger_has_lost_nothing(path: Path, tmp_path: Path) -> None:
    fresh = ledger_at(tmp_path / "fresh", CASES, people=(FANG, ADMIN))
    assert ran(fresh, "2026-03-18T09:00")[0] == ""


ANY = {"duty", "routing", "departments", "topics", "escalation", "calendar"}


@pytest.mark.on_both
def test_each_tab_deleted_or_emptied(path: Path) -> None:
    """What a run says that stops it. Of tabs without rows, only those stop it without which it would do half of its work."""
    whole = book_at(path, CLOCK).read()

    def stops(key: str, rows: tuple[int, ...]) -> list[str]:
        grids = {**whole.grids}
        grid = grids.pop(TAB[key].label("zh"))
        if rows:
            grids[grid.title] = Grid(grid.title, [grid.rows[at] for at in rows])
        result = plan(replace(whole, grids=grids), request_at(path, "2026-03-19T09:10"))
        assert not [mail for mail in result.mails if mail.cases]
        return sorted({f"{one.code} {one.tab}" for one in result.problems if one.stops})

    deleted_tabs = {tab.key: stops(tab.key, ()) for tab in USUAL_TABS if tab.columns}
    emptied_tabs = {tab.key: stops(tab.key, (0,)) for tab in USUAL_TABS if tab.columns}
    assert deleted_tabs == {
        **{key: [f"tab_lost {key}"] for key in (*ANY, "settings", "people", "deadlines", "history", "runs")},
        **{key: [f"tab_gone {key}"] for key in ("register", "filing", "index")},
        **{key: [f"no_tab {key}"] for key in ("wording", "words", "rules_seen")},
        "notices": ["notices_lost notices"],
        "books": [],  # no year of this ledger was closed
    }
    assert {key: said for key, said in emptied_tabs.items() if said} == {
        **{key: [f"rows_lost {key}"] for key in ("settings", "people", "deadlines")},
        "register": ["many_missing register"],
        "notices": ["notices_lost notices"],
    }


def test_runs_and_notices_both_emptied_are_lost_too(path: Path) -> None:
    for title in ("通知", "运行"):
        delete_rows(path, title, 2, len(shown_in(path, title)) - 1)
    said, sent = ran(path, "2026-03-19T09:10")
    assert (LOST in said, sent) == (True, 0)


def test_emptied_settings_stop_and_come_back_by_default(path: Path) -> None:
    set_to(path, "sending", "正式发送")
    delete_rows(path, "设置", 2, len(shown_in(path, "设置")) - 1)
    said, sent = ran(path, "2026-03-20T09:00")
    assert ("“设置”表的内容已全部丢失" in said, sent) == (True, 0)
    install_into(address(path), None, None, NOW, CLOCK)
    assert ran(path, "2026-03-20T09:10")[0] == ""
