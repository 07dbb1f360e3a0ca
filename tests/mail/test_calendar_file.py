"""Calendars as files: what is new, moved, done, or as it was; read back as RFC 5545 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from automation.mail.calendar_file import Owner, calendar_file, calendar_for_a_mail, is_ours
from automation.steps.calendar_entries import CalendarEntry

NOW = datetime(2026, 3, 18, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FANG = Owner("王芳" * 40, "zh", "seed")
REPLY = CalendarEntry("LV-00001", "reply", date(2026, 3, 22), (date(2026, 3, 13), date(2026, 3, 19)))
DECIDE = CalendarEntry("LV-00002", "decide", date(2026, 3, 20))
MOVED = CalendarEntry("LV-00001", "reply", date(2026, 3, 29))


def entries(content: bytes) -> list[tuple[object, ...]]:
    """Summary, day, status and alarms of each entry."""
    return [
        (
            str(one["summary"]),
            one.decoded("dtstart"),
            str(one["status"]),
            [NOW.replace(hour=0) + alarm.decoded("trigger") - NOW.replace(hour=0) for alarm in one.walk("VALARM")],
        )
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def sequences(content: bytes) -> dict[str, int]:
    return {str(one["uid"]): one.decoded("sequence") for one in Calendar.from_ical(content).walk("VEVENT")}


def test_an_entry_is_number_step_and_day_with_its_reminders_at_nine() -> None:
    made = calendar_file(FANG, [REPLY, DECIDE], NOW)
    assert entries(made) == [
        ("LV-00002 · 受理", date(2026, 3, 20), "CONFIRMED", []),
        ("LV-00001 · 答复", date(2026, 3, 22), "CONFIRMED", [timedelta(days=-9, hours=9), timedelta(days=-3, hours=9)]),
    ]
    assert b"DTSTART;VALUE=DATE:20260322\r\n" in made
    assert {one["last-modified"].dt for one in Calendar.from_ical(made).walk("VEVENT")} == {NOW}


def test_lines_are_folded_as_rfc_5545_has_it() -> None:
    """At most 75 bytes, none cut within a character, all ended by CRLF."""
    made = calendar_file(FANG, [REPLY], NOW)
    lines = made.split(b"\r\n")
    assert (max(map(len, lines)) <= 75, b"\n" in b"".join(lines), lines[-1]) == (True, False, b"")
    assert [line.decode() for line in lines]  # each is UTF-8 by itself
    assert str(Calendar.from_ical(made)["x-wr-calname"]) == f"{FANG.name}的到期日"


def test_what_is_as_it_was_is_the_same_to_the_byte() -> None:
    made = calendar_file(FANG, [REPLY, DECIDE], NOW)
    assert calendar_file(FANG, [DECIDE, REPLY], LATER, made) == made


@pytest.mark.parametrize("later", [LATER, NOW, NOW - timedelta(days=9)], ids=["later", "at once", "clock put back"])
def test_what_moved_is_newer_and_the_others_stay(later: datetime) -> None:
    made = calendar_file(FANG, [REPLY, DECIDE], NOW)
    moved = calendar_file(FANG, [MOVED, DECIDE], later, made)
    before, after = sequences(made), sequences(moved)
    assert entries(moved)[1][:3] == ("LV-00001 · 答复", date(2026, 3, 29), "CONFIRMED")
    assert sorted(after[uid] - before[uid] > 0 for uid in before) == [False, True]
    assert set(after) == set(before)


def test_what_is_gone_is_cancelled_once_and_says_nothing_more() -> None:
    made = calendar_file(FANG, [REPLY, DECIDE], NOW)
    ended = CalendarEntry("LV-00001", "reply", date(2026, 3, 22), ended=True)
    gone = calendar_file(FANG, [DECIDE, ended], LATER, made)
    assert entries(gone)[1] == ("已取消", date(2026, 3, 22), "CANCELLED", [])
    assert b"LV-00001" not in gone
    assert [after > sequences(made)[uid] for uid, after in sequences(gone).items()] == [False, True]
    assert calendar_file(FANG, [DECIDE], LATER + timedelta(days=1), gone) == gone
    again = calendar_file(FANG, [DECIDE, REPLY], LATER + timedelta(days=1), gone)
    assert [one[2] for one in entries(again)] == ["CONFIRMED"] * 2
    assert len(entries(calendar_file(FANG, [DECIDE], LATER + timedelta(days=400), gone))) == 1


def test_nothing_to_say_is_no_file() -> None:
    assert calendar_file(FANG, [], NOW) == b""


def test_a_mail_cancels_what_is_done_and_is_newer_than_the_file() -> None:
    made = calendar_file(FANG, [REPLY, DECIDE], NOW)
    long_ago = CalendarEntry("LV-00003", "reply", date(2026, 1, 22), ended=True)
    done = CalendarEntry("LV-00001", "reply", date(2026, 3, 22), ended=True)
    mailed = calendar_for_a_mail(FANG, [done, DECIDE, long_ago], LATER)
    assert sorted(one[2] for one in entries(mailed)) == ["CANCELLED", "CONFIRMED"]
    assert all(sequences(mailed)[uid] > before for uid, before in sequences(made).items())


def test_an_id_is_of_one_calendar_and_tells_nothing() -> None:
    others = [Owner("李敏", "zh", "seed"), Owner("", "zh", "seed"), Owner(FANG.name, "zh", "another ledger")]
    uids = [uid for owner in (FANG, *others) for uid in sequences(calendar_file(owner, [REPLY], NOW))]
    assert (len(set(uids)), any("00001" in uid for uid in uids)) == (4, False)
    assert sequences(calendar_file(Owner(FANG.name, "en", "seed"), [MOVED], LATER)).keys() == {uids[0]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no calendar",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//another//\r\nEND:VCALENDAR\r\n",
        calendar_file(FANG, [REPLY], NOW)[:200],
        calendar_file(FANG, [REPLY], NOW).replace(b"SEQUENCE", b"X-SEQUENCE"),
        calendar_file(FANG, [REPLY], NOW).replace(b"20260322", b"2026"),
    ],
    ids=["nothing", "text", "another's", "torn", "without a sequence", "without a day"],
)
def test_whose_file_it_is(content: bytes) -> None:
    assert (is_ours(content), is_ours(calendar_file(FANG, [REPLY], NOW))) == (False, True)


def test_of_what_somebody_must_no_longer_know_nothing_stays_however_old_it_is() -> None:
    made = calendar_file(FANG, [REPLY], NOW)
    old = calendar_file(FANG, [], NOW + timedelta(days=400), made)
    assert (is_ours(old), entries(old), b"LV-00001" in old) == (True, [], False)
    assert calendar_file(FANG, [], NOW + timedelta(days=401), old) == old
