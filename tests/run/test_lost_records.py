"""A tab of the program's own records that was deleted or emptied: no fault, no second mail, and the way back is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from automation.commands.install import install_into
from automation.ledger.errors import LedgerError
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW, line
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, column, ledger_at, set_to, typed
from tests.support.workbook_homes import Kept, address, delete_rows, kept, shown_in

ON_BOTH = True
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


@pytest.mark.parametrize("title", ["归档", "索引"])
def test_cases_and_numbers_that_are_deleted_come_back_only_as_they_were(path: Path, title: str) -> None:
    deleted(path, title)
    said = ran(path, "2026-03-19T09:10")
    assert (title in said[0], "历史版本" in said[0], said[1]) == (True, True, 0)
    with pytest.raises(LedgerError):
        install_into(address(path), None, None, NOW, CLOCK)
    assert ran(path, "2026-03-19T09:20") == said


@pytest.mark.parametrize("title", ["变更", "运行"])
def test_any_other_record_that_is_deleted_says_how_it_comes_back(path: Path, title: str) -> None:
    deleted(path, title)
    said, sent = ran(path, "2026-03-19T09:10")
    assert (f"缺少“{title}”表" in said, "历史版本" in said, sent) == (True, True, 0)
    install_into(address(path), None, None, NOW, CLOCK)
    assert ran(path, "2026-03-19T09:20") == ("", 0)


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


def test_a_new_ledger_has_lost_nothing(path: Path, tmp_path: Path) -> None:
    fresh = ledger_at(tmp_path / "fresh", CASES, people=(FANG, ADMIN))
    assert ran(fresh, "2026-03-18T09:00")[0] == ""
