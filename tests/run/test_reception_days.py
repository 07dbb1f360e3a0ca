"""Reception days in a run: who is reminded of what, on which day, and who must not read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from automation.cases.exported import exported
from automation.cases.reception_roster import gaps, periods
from automation.ledger.parsing import parse
from automation.ledger.receptions import receptions_of
from automation.ledger.repeated_days import repeated_days
from automation.ledger.workbook import Grid
from automation.mail.calendar_file import Owner, calendar_file
from automation.reports.as_json import as_json
from automation.reports.build import report_of
from automation.reports.case.explain import explain, explained
from automation.reports.dashboard_receptions import TITLE_ROW, reception_values
from automation.reports.model import Period, ReceptionCounts
from automation.reports.page import page_of
from automation.reports.receptions import receptions_said
from automation.steps.cases_now import cases_now
from automation.steps.digests import visible_to
from automation.steps.reception_rows import print_of as print_of_row
from automation.steps.task_entries import office_task_entries, own_task_entries
from sheet_schema import SETTING
from tests.support.ledger_in_memory import Rows, ledger, line, snapshot
from tests.support.small_office import planned

WANG = {"name": "王建国", "also_called": "王校长", "role": "校长", "email": "wang@s.example"}
ZHAO = {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"}
LI = {"name": "李敏", "role": "信访办", "email": "min@s.example"}
PEOPLE: Rows = (WANG, ZHAO, LI)
LADDER: Rows = (
    {"step": "答复", "level": 1, "after": 1, "unit": "工作日", "to": "部门负责人"},
    {"step": "答复", "level": 2, "after": 3, "unit": "工作日", "to": "分管领导"},
)
CALENDAR: Rows = (
    {"date": "2026-04-04", "until": "2026-04-06", "kind": "放假", "name": "清明节"},
    {"date": "2026-03-28", "kind": "调休上班", "name": "补班"},
)
SEEN = "2026-03-02 09:00:00"


def settings(**cells: str) -> Rows:
    given = {"blank_rows": "1", "reception_days": "是", "file_old_cases": "2099-12-31", **cells}
    return [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]


def day(number: str = "RD-00001", **cells: object) -> dict[str, object]:
    """A row that a run saw long ago, as it stands."""
    row = {"reception_no": number, "on": "2026-03-18", "host": "王校长", "place": "接待室", "noted_at": SEEN, **cells}
    return {**row, "changed_at": SEEN, "seen": cells.get("seen", print_of(row))}


def print_of(row: dict[str, object]) -> str:
    return print_of_row(ledger(receptions=[row]).tables["receptions"], 0)


def run(moment: str, *receptions: dict[str, object], register: Rows = (), **tabs: Rows) -> Any:
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for row in register]
    given: dict[str, Rows] = {
        "people": PEOPLE, "settings": settings(), "escalation": LADDER, "calendar": CALENDAR, "deadlines": [],
        "register": register, "index": index, "receptions": receptions,
    }  # fmt: skip
    return planned(moment, **{**given, **tabs})


def told(result: Any, kind: str = "task_") -> list[tuple[str, str]]:
    """Who gets a mail of what kind."""
    return sorted((mail.to, mail.kind) for mail in result.mails if mail.kind.startswith(kind))


def text(result: Any, to: str) -> str:
    return "\n".join(
        mail.rendered.subject + mail.rendered.text for mail in result.mails if mail.to == to and mail.kind[:4] == "task"
    )


REMINDED = {
    "long before": ("2026-03-12 09:00", {}, []),
    "three working days before": ("2026-03-13 09:00", {}, ["wang@s.example"]),
    "on the day": ("2026-03-18 09:00", {}, ["wang@s.example"]),
    "over": ("2026-03-19 09:00", {}, []),
    "cancelled": ("2026-03-17 09:00", {"came": "取消"}, []),
    "nobody hosts": ("2026-03-17 09:00", {"host": ""}, ["min@s.example"]),
    "nobody who is here": ("2026-03-17 09:00", {"host": "张某某"}, ["min@s.example"]),
    "two hosts": ("2026-03-17 09:00", {"host": "王校长；赵刚"}, ["gang@s.example", "wang@s.example"]),
    "in words": ("2026-03-17 09:00", {"on": "3月18日下午"}, ["wang@s.example"]),
    "every Wednesday": ("2026-03-17 09:00", {"on": "每周三"}, ["wang@s.example"]),
    "every Wednesday until yesterday": ("2026-03-17 09:00", {"on": "每周三", "until": "2026-03-16"}, []),
    "a make-up day counts": (
        "2026-03-26 09:00",
        {"on": "2026-03-31"},
        [],
    ),  # 30, 28, 27 are the three working days before
    "from the third day on": ("2026-03-27 09:00", {"on": "2026-03-31"}, ["wang@s.example"]),
    "a rule skips a day off": ("2026-04-03 09:00", {"on": "每周一"}, []),
    "and stands for the next": ("2026-04-08 09:00", {"on": "每周一"}, ["wang@s.example"]),
    "after a holiday": ("2026-04-02 09:00", {"on": "2026-04-08"}, ["wang@s.example"]),
}


def test_a_host_cannot_tell_by_the_reminder_of_a_day_that_a_case_about_them_came_of_it() -> None:
    register = [line(about="李敏"), line("LV-00002", about="王建国")]
    numbers = ("LV-00001;LV-00002", "")
    one, other = (
        text(run("2026-03-17 09:00", day(cases=cases), register=register), WANG["email"]) for cases in numbers
    )
    assert one == other != ""


@pytest.mark.parametrize(("moment", "cells", "readers"), REMINDED.values(), ids=REMINDED)
def test_who_is_reminded_of_a_reception_day(moment: str, cells: dict[str, object], readers: list[str]) -> None:
    assert [to for to, _ in told(run(moment, day(**cells)))] == readers


PROMISED = {"on": "2026-03-04", "undertaking": "修好路灯", "by_when": "2026-03-18"}
OWED = {
    "before the first reminder": ("2026-03-12 09:00", {}, []),
    "soon": ("2026-03-13 09:00", {}, ["min@s.example", "wang@s.example"]),
    "on its last day": ("2026-03-18 09:00", {}, ["min@s.example", "wang@s.example"]),
    "late by a working day": ("2026-03-19 09:00", {}, ["min@s.example", "wang@s.example"]),
    "late by two": ("2026-03-20 09:00", {}, ["min@s.example", "wang@s.example"]),
    "late by three": ("2026-03-23 09:00", {}, ["gang@s.example", "min@s.example", "wang@s.example"]),
    "done": ("2026-03-23 09:00", {"done_on": "2026-03-20"}, []),
    "no host": ("2026-03-16 09:00", {"host": ""}, ["min@s.example"]),
    "late when first seen": ("2026-03-23 09:00", {"noted_at": "2026-03-20 09:00:00"}, ["min@s.example", "wang@s.example"]),
    "in a year that nobody wrote": ("2026-03-13 09:00", {"by_when": "3月18日"}, ["min@s.example", "wang@s.example"]),
    "a day off": ("2026-04-03 09:00", {"by_when": "2026-04-05"}, ["min@s.example", "wang@s.example"]),  # 2, 3 April: before
}  # fmt: skip


@pytest.mark.parametrize(("moment", "cells", "readers"), OWED.values(), ids=OWED)
def test_who_is_told_of_an_undertaking(moment: str, cells: dict[str, object], readers: list[str]) -> None:
    assert sorted({to for to, _ in told(run(moment, day(**{**PROMISED, **cells})))}) == readers


LINKED = {**PROMISED, "cases": "LV-1", "came": "CANARY-陈静", "undertaking": "CANARY-修灯"}
NOBODY_ELSE: Rows = (WANG, ZHAO, LI, {"name": "周立", "role": "校外人员", "email": "zhou@s.example"})
SECRETS = {
    "anybody may know": ({}, {"min@s.example": True, "wang@s.example": True}),
    "about the host": ({"about": "王校长"}, {"min@s.example": True}),
    "restricted": ({"restricted": "是"}, {"min@s.example": False, "wang@s.example": False}),
    "about the office": ({"about": "李敏"}, {"wang@s.example": True, "zhou@s.example": True}),
    "an allegation about nobody yet": ({"kind": "检举控告"}, {"min@s.example": False}),
    "about both": ({"about": "王校长；李敏"}, {"zhou@s.example": True}),
}


@pytest.mark.parametrize(("case", "readers"), SECRETS.values(), ids=SECRETS)
def test_an_undertaking_is_as_secret_as_its_case(case: dict[str, object], readers: dict[str, bool]) -> None:
    """With each reader, whether they read what was undertaken, or only the number and the day."""
    result = run("2026-03-17 09:00", day(**LINKED), register=[line(**case)], people=NOBODY_ELSE)
    assert {to: "CANARY-修灯" in text(result, to) for to, _ in told(result)} == readers
    assert all("RD-00001" in text(result, to) and "CANARY-陈静" not in text(result, to) for to in readers)


def test_of_a_number_that_is_no_case_nobody_is_told() -> None:
    result = run("2026-03-17 09:00", day(**{**LINKED, "cases": "LV-00777"}), register=[line()])
    assert told(result) == []
    assert "LV-00777" in beside(result)


def test_who_comes_is_read_by_host_and_office_alone() -> None:
    cells = {"came": "CANARY", "cases": "LV-00001"}
    open_to_all = run("2026-03-17 09:00", day(**cells), register=[line()])
    about_him = run("2026-03-17 09:00", day(**cells), register=[line(about="王校长")])
    secret = run("2026-03-17 09:00", day(**cells), register=[line(restricted="是")])
    assert ["CANARY" in text(one, "wang@s.example") for one in (open_to_all, about_him, secret)] == [True, False, False]
    assert [to for to, _ in told(about_him)] == ["wang@s.example"]  # that he receives on that day is no secret


def beside(result: Any, at: int = 0) -> str:
    return str(result.after.tables["receptions"]["problems"][at])


SAID = {
    "nothing wrong": ({}, ""),
    "no day": ({"on": ""}, "本行没有日期。"),
    "no such day": ({"on": "2026-02-30"}, "没有“2026-02-30”这一天"),
    "which Wednesday": ({"on": "周三"}, "周三"),
    "a day off": ({"on": "2026-04-04"}, "2026-04-04是休息日。"),
    "a make-up day": ({"on": "2026-03-28"}, ""),
    "held on a day off, cancelled": ({"on": "2026-04-04", "came": "取消"}, ""),
    "nobody hosts": ({"host": ""}, "没有填接访领导。"),
    "nobody here": ({"host": "张某某"}, "“张某某”不是“人员”中的人"),
    "over, nothing said": ({"on": "2026-03-09"}, "没有填接访情况"),
    "over for two days": ({"on": "2026-03-13"}, ""),
    "over, nobody came": ({"on": "2026-03-09", "came": "无"}, ""),
    "no day by which": ({"undertaking": "修灯"}, "缺少承诺时限"),
    "no undertaking": ({"by_when": "2026-03-30"}, "没有填承诺事项"),
    "due before": ({"undertaking": "修灯", "by_when": "2026-03-01"}, "早于接访日"),
    "done in the future": ({"undertaking": "修灯", "done_on": "2026-05-01"}, "还没有到"),
    "what came of many": ({"on": "每周三", "came": "陈静"}, "本行代表许多天"),
    "taken for": ({"on": "3月25日"}, "2026-03-25"),
}


@pytest.mark.parametrize(("cells", "said"), SAID.values(), ids=SAID)
def test_what_is_said_beside_a_row(cells: dict[str, object], said: str) -> None:
    found = beside(run("2026-03-17 09:00", day(**cells)))
    assert said in found if said else found == ""


def test_a_row_gets_its_number_and_nobody_is_told_before_it_stands_there() -> None:
    fresh = {"on": "2026-03-18", "host": "王校长"}
    notices = [
        {"key": "RD-00007|task_reminder|reception|2026-01-05|-1|王建国", "kind": "task_reminder", "state": "sent"}
    ]
    result = run("2026-03-17 09:00", fresh, day("RD-00004", on="2026-05-06"), notices=notices)
    assert result.after.tables["receptions"]["reception_no"].tolist() == ["RD-00008", "RD-00004"]
    assert told(result) == []


def test_of_a_number_that_stands_twice_nobody_is_told() -> None:
    result = run("2026-03-17 09:00", day(), day(host="赵刚"))
    assert told(result) == []
    assert all("RD-00001" in beside(result, at) for at in (0, 1))


def test_a_row_that_is_being_typed_waits_but_a_host_hears_of_tomorrow() -> None:
    changed = {**day(**PROMISED), "seen": "other", "on": "2026-03-18"}
    result = run("2026-03-17 09:00", changed)
    assert told(result) == [("wang@s.example", "task_reminder")]
    assert "修好路灯" not in text(result, "wang@s.example")
    assert told(run("2026-03-17 09:00", {**changed, "host": "", "noted_at": "2026-03-17 08:00:00"})) == []


LINKS = {
    "by the case number": ({"cases": "lv-1"}, {}, "LV-00001"),
    "by its number": ({}, {"reception": "rd-1"}, "LV-00001"),
    "by a tick": ({}, {"reception": "✓", "received_on": "2026-03-04"}, "LV-00001"),
    "a tick on another day": ({}, {"reception": "✓", "received_on": "2026-03-05"}, ""),
    "no tick": ({}, {"reception": "否", "received_on": "2026-03-04"}, ""),
    "another number": ({}, {"reception": "RD-00009"}, ""),
}


@pytest.mark.parametrize(("row", "case", "linked"), LINKS.values(), ids=LINKS)
def test_a_case_and_its_reception_day_name_each_other(
    row: dict[str, object], case: dict[str, object], linked: str
) -> None:
    result = run("2026-03-17 09:00", day(on="2026-03-04", came="陈静", **row), register=[line(**case)])
    after = result.after
    assert (after.tables["receptions"]["cases"][0] or "") == (row.get("cases") or linked)
    wanted = case.get("reception") or ("RD-00001" if linked else "")
    assert after.register["reception"][0] == wanted
    unknown = case.get("reception") not in (None, "否") and not linked
    assert ("不能确定是哪次接访" in after.register["problems"][0]) == unknown


def test_with_the_setting_off_nothing_is_read_said_or_told() -> None:
    rows = [{"on": "昨日", "host": "谁"}, day()]
    result = run("2026-03-17 09:00", *rows, settings=settings(reception_days="否"))
    assert told(result) == []
    assert not any(change.table.tab.key == "receptions" for change in result.changes)
    assert [one for one in result.after.problems if one.tab == "receptions"] == []


MORNING = "2026-03-17 09:00"
OFFICE_DIGEST: Rows = (
    WANG,
    {**WANG, "name": "孙浩", "also_called": "", "email": "sun@s.example", "digest": "每日"},
    ZHAO,
    LI,
)


def digest_text(result: Any, to: str) -> str:
    found = [mail.rendered.text for mail in result.mails if mail.to == to and mail.kind.startswith("digest")]
    return found[0] if found else ""


def test_a_digest_has_what_is_near_and_what_is_missing_for_whoever_may_know() -> None:
    rows = [
        day(**PROMISED, came="陈静", host="孙浩"),
        day("RD-00002", **{**PROMISED, "undertaking": "CANARY"}, cases="LV-00001", host="孙浩"),
        day("RD-00003", on="2026-03-24", host=""),
    ]
    result = run(MORNING, *rows, register=[line(about="孙浩")], people=OFFICE_DIGEST)
    office, host = digest_text(result, "min@s.example"), digest_text(result, "sun@s.example")
    assert [("修好路灯" in one, "CANARY" in one, "RD-00002" in one, "RD-00003" in one) for one in (office, host)] == [
        (True, True, True, True), (True, False, False, False)
    ]  # fmt: skip
    assert "没有填接访领导" in office
    assert "没有安排接访：2026年4月" in office


def test_with_no_reception_day_near_nobody_gets_a_digest_for_it() -> None:
    result = run(MORNING, day(on="2026-04-20", host="孙浩"), people=OFFICE_DIGEST)
    assert (digest_text(result, "sun@s.example"), digest_text(result, "min@s.example")) == ("", "")


def test_explain_says_what_was_undertaken_at_a_reception_day_and_nothing_of_one_that_would_tell_of_another_case() -> (
    None
):
    register = [line(), line("LV-00002", restricted="是")]
    rows = [day(**PROMISED, cases="LV-00001"), day("RD-00002", **PROMISED, cases="LV-00001;LV-00002")]
    result = run("2026-03-20 09:00", *rows, register=register)
    said = [one for one in explain(result, "LV-1") if "接访" in one and "RD-" in one]
    assert said == [
        "来自2026-03-04接访（RD-00001）。接访领导：王建国。承诺事项：修好路灯。承诺时限2026-03-18。已超期2天。"
    ]
    assert not any("RD-" in one for one in explain(result, "LV-2"))
    (only,) = explained(result, "LV-1")["receptions"]  # type: ignore[misc]
    assert (only["number"], only["by_when"]) == ("RD-00001", "2026-03-18")


def test_what_came_of_a_day_is_withheld_with_its_case() -> None:
    rows = [day(**LINKED), day("RD-00002", **{**LINKED, "cases": "LV-00002"})]
    book = run(MORNING, *rows, register=[line(restricted="是"), line("LV-00002")]).after
    table = exported(book, book.tables["receptions"].tab, restricted=False)
    assert table.values["undertaking"] == [None, "CANARY-修灯"]
    assert table.values["place"] == ["接待室", "接待室"]


def test_the_dashboard_names_the_next_days_and_what_is_missing() -> None:
    page = Grid("看板", [[""]])
    rows = [
        day(**{**PROMISED, "by_when": "2026-03-10"}, came="陈静"), day("RD-00002", on="2026-03-24", host="孙浩"), day("RD-00003", on="每月最后一个周五"),
    ]  # fmt: skip
    gone = {**WANG, "name": "孙浩", "also_called": "", "absent_from": "2026-03-20"}
    on = settings(reception_every="每两周")
    with_page = {"people": (*PEOPLE, gone), "settings": on, "receptions": rows, "calendar": CALENDAR, "deadlines": []}
    book = snapshot(**with_page)
    book = replace(book, grids={**book.grids, "看板": page})
    values = dict(reception_values(parse(book), datetime(2026, 3, 17, 9), page.rows))
    left, right = ([values[TITLE_ROW + at, column] for at in range(7)] for column in (2, 8))
    assert left[:4] == [
        "领导接访", "2026年3月24日周二；接待室；无接访领导", "2026年3月27日周五；接待室；王建国", "2026年4月24日周五；接待室；王建国",
    ]  # fmt: skip
    assert right[1] == "1件承诺事项超期。"
    assert "2026-03-09至2026-03-22" in str(right[2])
    assert right[3] == "2026年3月24日周二：孙浩不在或已离任，无人代理"
    off = parse(snapshot(**{**with_page, "settings": settings(reception_days="否")}))
    assert reception_values(off, datetime(2026, 3, 17, 9), page.rows) == {}
    theirs = [*page.rows, *[[]] * (TITLE_ROW - len(page.rows) - 1), ["", "我们的备注"]]
    assert reception_values(parse(book), datetime(2026, 3, 17, 9), theirs) == {}


def test_a_week_without_school_is_no_gap() -> None:
    closed = {"date": "2026-03-09", "until": "2026-03-15", "kind": "校历假期", "name": "春假"}
    book = parse(
        snapshot(
            people=PEOPLE, settings=settings(reception_every="每周"), calendar=(*CALENDAR, closed), receptions=[day(on="2026-03-04", came="无")]
        )
    )  # fmt: skip
    found = gaps(book, receptions_of(book), date(2026, 3, 2), date(2026, 3, 22))
    assert [(one.first.day, one.last.day) for one in found] == [(16, 22)]


PERIODS = {
    "months": ("month", date(2026, 1, 15), date(2026, 3, 31), [(1, 1, 31), (2, 1, 28), (3, 1, 31)]),
    "not the month that goes on": ("month", date(2026, 2, 1), date(2026, 3, 30), [(2, 1, 28)]),
    "weeks": ("week", date(2026, 3, 4), date(2026, 3, 15), [(3, 2, 8), (3, 9, 15)]),
    "a leap year": ("month", date(2028, 2, 29), date(2028, 2, 29), [(2, 1, 29)]),
}


@pytest.mark.parametrize(("every", "first", "last", "wanted"), PERIODS.values(), ids=PERIODS)
def test_the_periods_that_are_looked_over(
    every: str, first: date, last: date, wanted: list[tuple[int, int, int]]
) -> None:
    found = periods(every, first, last)
    assert [(one.month, one.day, other.day) for one, other in found] == wanted


RULES = {
    "每周三": ["2026-03-04", "2026-03-11", "2026-03-18", "2026-03-25"],
    "隔周三": ["2026-03-04", "2026-03-18"],
    "每月第一个周三": ["2026-03-04"],
    "每月最后一个星期五下午": ["2026-03-27"],
    "每月15日": ["2026-03-15"],
    "每周三、五": ["2026-03-04", "2026-03-06", "2026-03-11", "2026-03-13", "2026-03-18", "2026-03-20", "2026-03-25", "2026-03-27"],
    "every other Wednesday": ["2026-03-04", "2026-03-18"],
    "first Wednesday of the month": ["2026-03-04"],
    "the last Friday of every month": ["2026-03-27"],
    "Wednesdays, 2pm": ["2026-03-04", "2026-03-11", "2026-03-18", "2026-03-25"],
    "the 31st of every month": ["2026-03-31"],
    "周三": None, "every day": None, "每周三 王校长": None, "3月18日": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "days"), RULES.items(), ids=RULES)
def test_a_day_that_comes_again(text: str, days: list[str] | None) -> None:
    found = repeated_days(text)
    march = found and found.between(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 1))
    assert (march and [str(one) for one in march]) == days


def test_a_report_counts_what_was_held_and_kept() -> None:
    rows = [
        day(**{**PROMISED, "by_when": "2026-03-12", "done_on": "2026-03-12"}, came="陈静"),
        day("RD-00002", **{**PROMISED, "by_when": "2026-03-13", "done_on": "2026-03-14"}, cases="LV-00001"),
        day("RD-00003", on="2026-03-11", undertaking="修门", by_when="2026-03-16"),
        day("RD-00004", on="2026-03-12", came="取消"),
        day("RD-00005", on="每周五"), day("RD-00006", on="2026-03-25"),
    ]  # fmt: skip
    march, before = Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 2, 1), date(2026, 2, 28))
    register = [line(about="赵刚")]

    def counts(**cells: str) -> ReceptionCounts | None:
        book = snapshot(
            people=PEOPLE, settings=settings(**cells), calendar=CALENDAR, receptions=rows, register=register,
            index=[{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}],
        )  # fmt: skip
        cases = cases_now(book, datetime(2026, 3, 17, 9))
        whole = report_of(cases, march, before)
        zhao = next(one for one in cases.ledger.policy.people if one.name == "赵刚")
        partly = report_of(cases, march, before, visible_to(zhao, cases.ledger.policy)).receptions
        if partly is not None:
            assert (partly.held, partly.due, partly.kept) == (2, 2, 1)
            assert (
                receptions_said(whole, "zh") == "安排接访6次，举行3次。到期的承诺事项3件，按时办结1件。超期未办结1件。"
            )
            assert receptions_said(whole, "zh") in page_of(whole)
            assert as_json(whole)["receptions"] == {"planned": 6, "held": 3, "due": 3, "kept": 1, "late": 1}
        else:
            assert "接访" not in page_of(whole)
            assert "receptions" not in as_json(whole)
        return whole.receptions

    assert counts() == ReceptionCounts(planned=6, held=3, due=3, kept=1, late=1)
    assert counts(reception_days="否") is None


def test_calendars_have_the_days_of_hosts_and_of_the_office() -> None:
    rows = [
        day(**{**PROMISED, "by_when": "2026-03-20"}, cases="LV-00001"),
        day("RD-00002", on="每周三", until="2026-03-25"),
    ]
    book = snapshot(
        people=PEOPLE, settings=settings(), calendar=CALENDAR, receptions=rows, register=[line(about="王校长")],
        index=[{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}],
    )  # fmt: skip
    cases = cases_now(book, datetime(2026, 3, 17, 9))
    wang = next(one for one in cases.ledger.policy.people if one.name == "王建国")
    office, own = office_task_entries(cases), own_task_entries(cases, wang)
    assert [(one.case_no, f"{one.due:%d}", one.step) for one in own] == [
        ("RD-00002", "18", "reception"), ("RD-00002", "25", "reception"),
    ]  # fmt: skip
    assert [(one.case_no, one.step) for one in office][2:] == [("RD-00001", "undertaking")]
    owner = Owner("王建国", "zh", "seed")
    made = calendar_file(owner, own, datetime(2026, 3, 17, 9, tzinfo=UTC)).decode()
    assert (made.count("BEGIN:VEVENT"), "接访" in made) == (2, True)
