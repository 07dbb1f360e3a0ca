"""Days off read from calendar files."""

from __future__ import annotations

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.ics_days import days_of_calendar_file, is_calendar_file


def file(*events: str) -> str:
    whole = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Days off\n{whole}\nEND:VCALENDAR\n".replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270102\nSUMMARY:New Year’s Day", ("2027-01-01", "", "holiday", "New Year’s Day")),
        ("SUMMARY:Christmas holidays\nDTSTART;VALUE=DATE:20261219\nDTEND;VALUE=DATE:20270104", ("2026-12-19", "2027-01-03", "closed", "Christmas holidays")),
        ("DTSTART;VALUE=DATE:20270215\nDURATION:P5D\nSUMMARY:Half-term", ("2027-02-15", "2027-02-19", "closed", "Half-term")),
        ("DTSTART;VALUE=DATE:20270830\nSUMMARY:Summer bank holiday", ("2027-08-30", "", "holiday", "Summer bank holiday")),
        ("DTSTART;VALUE=DATE:20270222\nSUMMARY:INSET day", ("2027-02-22", "", "closed", "INSET day")),
        ("DTSTART:20270206T000000Z\nDTEND:20270213T000000Z\nSUMMARY:春节（休）", ("2027-02-06", "2027-02-12", "holiday", "春节（休）")),
        ("DTSTART;TZID=Asia/Shanghai:20270220T090000\nDTEND;TZID=Asia/Shanghai:20270220T170000\nSUMMARY:春节（班）", ("2027-02-20", "", "workday", "春节（班）")),
        ("DTSTART;VALUE=DATE:20270110\nSUMMARY:元旦补班", ("2027-01-10", "", "workday", "元旦补班")),
        ("DTSTART;VALUE=DATE:20270710\nDTEND;VALUE=DATE:20270901\nSUMMARY:暑假", ("2027-07-10", "2027-08-31", "closed", "暑假")),
        ("DTSTART;VALUE=DATE:20270329\nSUMMARY:Easter\\, Monday and a na\n me that is folded", ("2027-03-29", "", "holiday", "Easter, Monday and a name that is folded")),
    ],
)  # fmt: skip
def test_an_event(event: str, days: tuple[str, str, str, str]) -> None:
    text = file("SUMMARY:without a day", event)
    (found,) = days_of_calendar_file(text)
    assert is_calendar_file(text)
    assert (str(found.start), str(found.until or ""), found.kind, found.name) == days


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, "workday") for name in ("班", "春节 班", "春节　班", "春节班", "补班", "补 班", "元旦 补班", "（班）", "（ 班 ）", "国庆节【班】", "上班", "春节 上 班", "调休上班", "调休 上班", "春节·班", "班 春节", "make up day")]
    + [(name, "holiday") for name in ("春节 休", "春节（休）", "春节 假期", "元旦不上班", "元旦 无需上班", "春节值班", "国庆 加班补助日", "（3）班", "初一（3）班", "三班", "休")]
    + [(name, "closed") for name in ("寒假", "暑假")],
)  # fmt: skip
def test_a_make_up_working_day_in_every_form(name: str, kind: str) -> None:
    (found,) = days_of_calendar_file(file(f"DTSTART;VALUE=DATE:20270131\nSUMMARY:{name}"))
    assert (found.kind, found.name) == (kind, name)


def test_an_event_that_repeats_is_named() -> None:
    with pytest.raises(LedgerError) as refused:
        days_of_calendar_file(file("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nSUMMARY:New Year"))
    assert refused.value.say("en").startswith("“New Year” repeats in that file;")
