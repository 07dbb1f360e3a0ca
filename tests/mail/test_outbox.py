"""Which notices go out now, in which mails, and what Notices remembers: whole outcomes of `post`, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

import numpy as np
import pytest

from automation.cases.cases import cases_of
from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.outbox import Outbox, Posting, days_with_all_mail, every_mail, in_working_hours, post
from sheet_schema import SETTING
from sheet_schema.sending_words import RunMail
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind
from tests.support.ledger_in_memory import Rows, ledger, line, preset_rows

NOW = datetime(2026, 3, 18, 9, 30)  # a Wednesday
PEOPLE: Rows = (
    {"name": "王芳", "role": "经办人", "email": "fang@s.example"},
    {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"},
    {"name": "李敏", "role": "信访办", "email": "min@s.example"},
    {"name": "陈工", "role": "管理员", "email": "admin@s.example"},
)
DEPARTMENT = str(preset_rows("departments", "en")[0]["name"])
REGISTER = [
    line(f"LV-0000{at}", department=DEPARTMENT, handler="王芳", decision="受理", decided_on="2026-03-03")
    for at in range(1, 5)
]
LIVE = {"sending": "live", "go_live_on": "2026-01-01"}


def office(notices: Rows = (), runs: Rows = (), calendar: Rows = (), people: Rows = PEOPLE, **settings: str) -> Ledger:
    typed = {**LIVE, "blank_rows": "1", **settings}
    rows = [{"name": SETTING[key].label("en"), "value": value} for key, value in typed.items()]
    return ledger("en", register=REGISTER, people=people, notices=notices, runs=runs, calendar=calendar, settings=rows)


def about(
    case: int, slot: str = "handler", kind: str = "reminder", level: int = -1, due: str = "2026-03-20", **more: object
) -> Notice:
    from_day = date.fromisoformat(str(more.get("from_day", "2026-03-17")))
    holder = str(more.get("holder", ""))
    return Notice(kind, f"LV-0000{case}", case - 1, "reply", date.fromisoformat(due), level, slot, from_day, holder)


def of_no_case(kind: str, slot: str, step: str = "") -> Notice:
    return Notice(kind, "", NO_CASE, step, date(2026, 3, 18), 0, slot, date(2026, 3, 18))


def row(notice: Notice, state: str, **cells: object) -> dict[str, object]:
    """The row of Notices that an earlier run wrote about a notice."""
    due_on = notice.due_on.isoformat() if notice.due_on else ""
    return {
        "key": notice.key, "mail_id": "earlier", "case_no": notice.case_no, "kind": notice.kind, "step": notice.step,
        "due_on": due_on, "level": str(notice.level), "slot": notice.slot, "to": "fang@s.example", "state": state,
        "run": "r1", **cells,
    }  # fmt: skip


def recipients_of(read: Ledger, now: datetime = NOW) -> Recipients:
    return Recipients(read.policy, read.register, cases_of(read, now).confidence, now.date())


def posted(read: Ledger, *wanted: Notice, now: datetime = NOW, **more: object) -> Posting:
    outbox = Outbox(read, recipients_of(read, now), "r2", now)
    return post(replace(outbox, **more), wanted)  # type: ignore[arg-type]


def told(mails: Sequence[object]) -> list[str]:
    """Each mail in a line: its kind, its reader, and the cases and levels of its notices."""
    return [
        f"{one.kind} {one.reader.name}: {' '.join(f'{n.case_no[-1:]}/{n.level}' for n in one.notices)}"  # type: ignore[attr-defined]
        for one in mails
    ]


def added(posting: Posting, before: Ledger) -> list[tuple[str, ...]]:
    """What each line reads that was added to Notices: who, about what, and its state."""
    table, first = posting.table, len(before.tables["notices"])
    columns = ("case_no", "kind", "level", "slot", "to", "state")
    return list(zip(*(table[key][first:].tolist() for key in columns), strict=True))


def mail_id(address: str, *notices: Notice) -> str:
    keys = "\n".join(sorted(notice.key for notice in notices))
    return sha256(f"{address}\n{keys}".encode()).hexdigest()[:20]


def test_the_notices_of_a_reader_are_one_mail_of_each_kind_and_each_has_a_line_in_notices() -> None:
    read = office(notices=[row(about(4), "sent")])
    two, one, late = about(2), about(1, holder=f"{DEPARTMENT} · 王芳"), about(3, kind="escalation", level=1)
    leader = about(1, "leader", kind="escalation", level=1)
    posting = posted(read, two, one, late, leader)
    assert told(posting.outgoing_mails) == ["reminder 王芳: 2/-1 1/-1", "escalation 王芳: 3/1", "escalation 赵刚: 1/1"]
    fang = "fang@s.example"
    ids = [mail_id(fang, one, two), mail_id(fang, late), mail_id("gang@s.example", leader)]
    assert [mail.id for mail in posting.outgoing_mails] == ids
    assert (posting.held, posting.unreachable, posting.switches, posting.mail) == ((), (), {}, RunMail.ALL)
    assert [(notice, mail.id) for notice, mail in posting.notices] == [
        (two, ids[0]), (one, ids[0]), (late, ids[1]), (leader, ids[2]),
    ]  # fmt: skip
    table = posting.table
    assert table.rows.tolist() == [2, 3, 4, 5, 6]
    at = {key: table[key][2].item() if hasattr(table[key][2], "item") else table[key][2] for key in table.values}
    at = {
        key: value for key, value in at.items() if value not in ("", None) and value == value
    }  # a blank number is none
    assert at == {
        "key": one.key, "mail_id": ids[0], "case_no": "LV-00001", "kind": "reminder", "step": "reply", "due_on": date(2026, 3, 20),
        "level": "-1", "slot": "handler", "holder": f"{DEPARTMENT} · 王芳", "to": fang, "state": "claimed", "attempts": 0.0,
        "run": "r2", "claimed_at": NOW,
    }  # fmt: skip
    assert np.isnat(posted(read, replace(one, due_on=None)).table["due_on"][-1])


def test_of_a_series_only_the_highest_level_goes_and_the_lower_ones_are_superseded() -> None:
    levels = [about(1, "leader", "escalation", level) for level in (1, 2, 3)]
    low, middle, high = levels
    for wanted in (levels, levels[::-1], [middle, high, low]):
        read = office()
        posting = posted(read, *wanted)
        assert told(posting.outgoing_mails) == ["escalation 赵刚: 1/3"]
        assert sorted(added(posting, read), key=lambda one: one[2]) == [
            ("LV-00001", "escalation", "1", "leader", "gang@s.example", "superseded"),
            ("LV-00001", "escalation", "2", "leader", "gang@s.example", "superseded"),
            ("LV-00001", "escalation", "3", "leader", "gang@s.example", "claimed"),
        ]
        assert posting.table["attempts"].tolist() == [0.0] * 3
        assert posting.table["mail_id"].tolist() == [mail_id("gang@s.example", high)] * 3
    read = office(notices=[row(low, "sent"), row(middle, "void")])
    known = [each[2:] for each in added(posted(read, *levels), read)]
    assert known == [("3", "leader", "gang@s.example", "claimed"), ("2", "leader", "gang@s.example", "superseded")]
    assert added(posted(read, about(2, "leader", "escalation", 1), low), read) == [
        ("LV-00002", "escalation", "1", "leader", "gang@s.example", "claimed"),
    ]
    sent = office(notices=[row(high, "sent")])
    assert added(posted(sent, *levels), sent) == []


@pytest.mark.parametrize(
    ("state", "to", "goes"),
    [
        *[(state, "fang@s.example", False) for state in ("sent", "written", "uncertain", "superseded", "failed")],
        ("void", "fang@s.example", True),
        ("failed", "old@s.example", True),  # the server refused an address that is mended now
        ("sent", "old@s.example", False),
    ],
)
def test_what_was_said_is_not_said_again(state: str, to: str, goes: bool) -> None:
    read, said, new = office(notices=[row(about(1), state, to=to)]), about(1), about(2)
    posting = posted(read, said, new)
    assert told(posting.outgoing_mails) == ["reminder 王芳: 1/-1 2/-1" if goes else "reminder 王芳: 2/-1"]
    assert posting.outgoing_mails[0].id == mail_id("fang@s.example", *([said, new] if goes else [new]))
    assert posting.outgoing_mails[0].kind == "reminder"
    assert told(posted(read, said).outgoing_mails) == (["reminder 王芳: 1/-1"] if goes else [])


@pytest.mark.parametrize(
    ("lines", "goes"),
    [
        ([(1, "failed", 9), (3, "sent", 10)], True),  # the mailbox was full, and is not any more
        ([(3, "sent", 9), (1, "failed", 9)], False),
        ([(1, "failed", 9), (3, "sent", 10), (1, "failed", 11)], False),  # it is this mail that is refused
        ([(1, "failed", 9), (3, "sent", 10), (1, "failed", 11), (4, "sent", 12)], True),
        ([(1, "failed", 9), (3, "sent", 10), (1, "sent", 11)], False),
        ([(1, "failed", 9), (3, "written", 10)], False),  # in a folder, which says nothing of the mailbox
    ],
)
def test_what_was_refused_goes_again_once_the_mailbox_has_taken_another_mail(
    lines: list[tuple[int, str, int]], goes: bool
) -> None:
    notices = [row(about(case), state, done_at=f"2026-03-17T{hour:02}:00") for case, state, hour in lines]
    assert told(posted(office(notices=notices), about(1)).outgoing_mails) == (["reminder 王芳: 1/-1"] if goes else [])


def test_what_a_dead_run_left_goes_first_and_is_not_claimed_again() -> None:
    read = office(notices=[row(about(1), "claimed"), row(about(3), "claimed", mail_id="gone")])
    posting = posted(read, about(1), about(2))
    assert [mail.id for mail in posting.outgoing_mails] == ["earlier", mail_id("fang@s.example", about(2))]
    assert told(posting.outgoing_mails) == ["reminder 王芳: 1/-1", "reminder 王芳: 2/-1"]
    assert posting.table["state"].tolist() == ["claimed", "void", "claimed"]
    assert posting.table["run"].tolist() == ["r2", "r1", "r2"]


URGENT_AND_NOT = (
    about(1),
    about(2, "leader", "alert"),
    of_no_case("failure", "administrator"),
)


@pytest.mark.parametrize(
    ("sending", "live_since", "really", "hour", "goes", "waits", "switches", "mail"),
    [
        ("live", "2026-01-01", True, 9, "alert reminder failure", "", {}, RunMail.ALL),
        ("live", "", True, 9, "alert reminder failure", "", {"go_live_on": "2026-03-18"}, RunMail.ALL),
        ("live", "", False, 9, "alert reminder failure", "", {}, RunMail.ALL),
        ("trial", "", True, 9, "alert reminder failure", "", {}, RunMail.ALL),
        ("live", "2026-01-01", True, 22, "alert failure", "reminder", {}, RunMail.URGENT),
        ("live", "2026-01-01", False, 22, "alert failure", "reminder", {}, RunMail.URGENT),
        ("release", "2026-01-01", True, 9, "alert reminder failure", "", {"sending": "live"}, RunMail.ALL),
        ("release", "2026-01-01", True, 22, "alert failure", "reminder", {}, RunMail.URGENT),
        ("release", "2026-01-01", False, 9, "alert reminder failure", "", {}, RunMail.ALL),
        (
            "release",
            "",
            True,
            9,
            "alert reminder failure",
            "",
            {"go_live_on": "2026-03-18", "sending": "live"},
            RunMail.ALL,
        ),
        ("paused", "2026-01-01", True, 9, "", "alert reminder failure", {}, RunMail.NONE),
        ("paused", "", True, 9, "", "alert reminder failure", {}, RunMail.NONE),
    ],
)
def test_what_goes_and_what_waits(
    sending: str,
    live_since: str,
    really: bool,
    hour: int,
    goes: str,
    waits: str,
    switches: dict[str, str],
    mail: RunMail,
) -> None:
    read = office(sending=sending, go_live_on=live_since)
    wanted = [replace(one, from_day=date(2026, 3, 18)) for one in URGENT_AND_NOT]
    posting = posted(read, *wanted, now=NOW.replace(hour=hour), really=really)
    kinds = [" ".join(one.kind for one in mails) for mails in (posting.outgoing_mails, posting.held)]
    assert (*kinds, posting.switches, posting.mail) == (goes, waits, switches, mail)
    assert [one[1] for one in added(posting, read)] == goes.split()


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-03-18 06:59", False), ("2026-03-18 07:00", True), ("2026-03-18 20:00", True), ("2026-03-18 20:01", False),
        ("2026-03-21 12:00", False), ("2026-03-19 12:00", False), ("2026-03-22 12:00", True),
    ],
)  # fmt: skip
def test_working_hours(moment: str, working: bool) -> None:
    calendar = [
        {"date": "2026-03-19", "kind": "holiday", "name": "x"},
        {"date": "2026-03-22", "kind": "workday", "name": "y"},
    ]
    assert in_working_hours(office(calendar=calendar), datetime.fromisoformat(moment)) is working


@pytest.mark.parametrize(
    ("sending", "storm_at", "really", "stopped"),
    [
        ("live", "2", True, True),
        ("live", "3", True, False),
        ("live", "2", False, False),
        ("trial", "2", True, False),
        ("release", "2", True, False),
    ],
)
def test_too_many_mails_stop_all_but_the_urgent(sending: str, storm_at: str, really: bool, stopped: bool) -> None:
    read = office(sending=sending, storm_at=storm_at)
    wanted = about(1), about(2, "leader", "escalation", 1), about(3, "leader", "alert")
    posting = posted(read, *wanted, really=really)
    if not stopped:
        assert told(posting.outgoing_mails) == ["alert 赵刚: 3/-1", "reminder 王芳: 1/-1", "escalation 赵刚: 2/1"]
        assert (posting.held, posting.mail, "paused" in posting.switches.values()) == ((), RunMail.ALL, False)
        return
    assert told(posting.outgoing_mails) == ["alert 赵刚: 3/-1", "storm 陈工: /570"]
    assert told(posting.held) == ["reminder 王芳: 1/-1", "escalation 赵刚: 2/1"]
    assert (posting.switches, posting.mail) == ({"sending": "paused"}, RunMail.URGENT)
    today = date(2026, 3, 18)
    warning = Notice("storm", "", NO_CASE, "", today, 9 * 60 + 30, "administrator", today)
    assert posting.outgoing_mails[1].notices == (warning,)


def test_too_many_mails_outside_working_hours_hold_what_waits_anyway() -> None:
    read = office(storm_at="1", go_live_on="")
    alerts = [replace(about(at, "leader", "alert"), from_day=date(2026, 3, 18)) for at in (1, 2)]
    wanted = [
        *alerts,
        replace(about(3, "office", "alert"), from_day=date(2026, 3, 18)),
        replace(about(1), from_day=date(2026, 3, 18)),
    ]
    posting = posted(read, *wanted, now=NOW.replace(hour=22))
    assert told(posting.held) == ["reminder 王芳: 1/-1"]
    assert posting.switches == {"go_live_on": "2026-03-18", "sending": "paused"}
    assert told(posting.outgoing_mails) == ["alert 李敏: 3/-1", "alert 赵刚: 1/-1 2/-1", "storm 陈工: /1350"]


def test_the_order_of_mails_does_not_tell_of_a_case_that_none_of_them_is_about() -> None:
    read, wanted = office(), [about(1, "leader", "alert"), about(2, "office", "alert"), about(3, "office", "alert")]

    orders = [[mail.reader.name for mail in posted(read, *some).outgoing_mails] for some in (wanted, wanted[::-1])]

    assert (orders[0], len(orders[0])) == (orders[1], 2)


def test_the_order_of_kinds_does_not_tell_of_a_case_either() -> None:
    wanted = [about(1), about(2, "leader", "alert"), about(3, "handler", "assignment")]

    orders = [told(posted(office(), *some).outgoing_mails) for some in (wanted, wanted[::-1])]

    assert orders[0] == orders[1] == ["alert 赵刚: 2/-1", "reminder 王芳: 1/-1", "assignment 王芳: 3/-1"]


def test_a_paused_ledger_sends_only_the_warning_that_a_dead_run_did_not_get_off() -> None:
    today = date(2026, 3, 17)
    storms = [Notice("storm", "", NO_CASE, "", today, level, "administrator", today) for level in (570, 580, 590, 600)]
    states = zip(storms, ("claimed", "retry", "handing_over", "sent"), strict=True)
    rows = [row(one, state, to="admin@s.example", mail_id=f"s{one.level}") for one, state in states]
    read = office(sending="paused", notices=[*rows, row(about(1), "claimed"), row(about(2), "sent")])
    posting = posted(read, about(1), about(2), about(3))
    assert [(mail.id, *mail.notices) for mail in posting.outgoing_mails] == [
        ("s570", storms[0]), ("s580", storms[1]), ("s590", storms[2]),
    ]  # fmt: skip
    assert posting.table["state"].tolist() == ["claimed", "claimed", "claimed", "sent", "claimed", "sent"]
    assert posting.table["run"].tolist() == ["r2", "r2", "r2", "r1", "r1", "r1"]
    assert told(posting.held) == ["reminder 王芳: 3/-1"]


def test_what_a_dead_run_left_is_settled_for_the_kinds_that_may_go_now() -> None:
    rows = [row(about(1), "claimed"), row(about(2, "leader", "alert"), "claimed", to="gang@s.example", mail_id="a")]
    wanted = about(1), about(2, "leader", "alert")
    by_day, by_night = (posted(office(rows), *wanted, now=NOW.replace(hour=hour)) for hour in (9, 22))
    no_alerts = posted(office(rows), *wanted, kinds=(NoticeKind.REMINDER,))
    assert [mail.id for mail in by_day.outgoing_mails] == ["earlier", "a"]
    assert [mail.id for mail in by_night.outgoing_mails] == ["a"]
    assert [mail.id for mail in no_alerts.outgoing_mails] == ["earlier"]
    assert by_day.table["run"].tolist() == ["r2", "r2"]
    assert by_night.table["run"].tolist() == ["r1", "r2"]


def test_what_was_due_before_the_ledger_went_live_is_not_mailed() -> None:
    days = ("2026-03-16", "2026-03-17", "2026-03-18")
    wanted = [about(at, from_day=day) for at, day in enumerate(days, start=1)]
    assert told(posted(office(go_live_on="2026-03-17"), *wanted).outgoing_mails) == ["reminder 王芳: 2/-1 3/-1"]
    assert told(posted(office(go_live_on=""), *wanted).outgoing_mails) == ["reminder 王芳: 3/-1"]
    assert told(posted(office(go_live_on=""), *wanted, really=False).outgoing_mails) == [
        "reminder 王芳: 1/-1 2/-1 3/-1"
    ]


def test_on_the_day_a_ledger_goes_live_older_assignments_are_known() -> None:
    old, older = about(1, kind="assignment", from_day="2026-03-01"), about(2, kind="assignment", from_day="2026-02-01")
    reminder, new = about(3, from_day="2026-03-01"), about(4, kind="assignment", from_day="2026-03-18")
    read = office(go_live_on="", notices=[row(older, "void")])
    posting = posted(read, old, older, reminder, new)
    assert added(posting, read) == [
        ("LV-00004", "assignment", "-1", "handler", "fang@s.example", "claimed"),
        ("LV-00001", "assignment", "-1", "handler", "", "superseded"),
    ]
    assert posting.table["mail_id"].tolist()[-1] == ""
    assert (posting.table["attempts"][-1], posting.table["run"][-1]) == (0.0, "r2")
    later = posted(read := office(go_live_on="2026-03-17"), old, new)
    assert added(later, read) == [("LV-00004", "assignment", "-1", "handler", "fang@s.example", "claimed")]


MOVED = {"due": "2026-03-25", "from_day": "2026-03-16"}


@pytest.mark.parametrize(
    ("notices", "free", "goes"),
    [
        ([], "2026-03-17", True),  # its date has not moved
        ([row(about(1), "sent")], "2026-03-17", False),
        ([row(about(1), "sent")], "2026-03-16", True),  # no run was free to send it since
        ([row(about(1), "sent")], "2026-03-18", False),
        ([row(about(1), "sent")], "2026-03-19", True),  # a day that has not come
        ([row(about(1), "sent")], "", True),
        ([row(about(1), "void")], "2026-03-17", True),  # nobody was told of the old date
        ([row(about(2), "sent")], "2026-03-17", True),
        ([row(about(1, "leader"), "sent")], "2026-03-17", True),
        ([row(about(1, kind="escalation"), "sent")], "2026-03-17", True),
        ([row(about(1), "sent", step="decide")], "2026-03-17", True),
        # armed once, armed for good: a dead run left it
        ([row(about(1), "sent"), row(about(1, **MOVED), "void")], "2026-03-17", True),  # type: ignore[arg-type]
        # told of both dates: it is the old one that differs
        ([row(about(1, level=-3, **MOVED), "sent"), row(about(1), "sent")], "2026-03-17", False),  # type: ignore[arg-type]
        ([row(about(1, level=-3, **MOVED), "sent")], "2026-03-17", True),  # type: ignore[arg-type]
    ],
)
def test_a_moved_date_arms_only_what_no_run_could_have_sent(notices: Rows, free: str, goes: bool) -> None:
    read = office(notices=notices, runs=[{"at": f"{free} 10:00", "mail": "all"}] if free else [])
    assert told(posted(read, about(1, **MOVED)).outgoing_mails) == (["reminder 王芳: 1/-1"] if goes else [])  # type: ignore[arg-type]


def test_a_moved_date_does_not_arm_what_was_due_before_the_ledger_went_live() -> None:
    read = office(notices=[row(about(1), "sent")], go_live_on="2026-03-17")
    assert told(posted(read, about(1, **MOVED)).outgoing_mails) == []  # type: ignore[arg-type]


def test_the_days_on_which_a_run_was_free_to_send() -> None:
    said = [("2026-03-02 03:00", "all"), ("2026-03-03 10:00", "urgent"), ("2026-03-04 10:00", "none"), ("", "all")]
    unsaid = [
        "2026-03-05 06:59",
        "2026-03-06 07:00",
        "2026-03-09 20:00",
        "2026-03-10 20:01",
        "2026-03-14 12:00",
        "2026-03-11 08:30",
    ]
    runs = [{"at": at, "mail": mail} for at, mail in (*said, *((at, "") for at in unsaid))]
    free = {date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 11)}
    assert days_with_all_mail(office(runs=runs)) == free
    assert days_with_all_mail(office(runs=runs, send_from="08:30", send_until="19:30")) == {
        date(2026, 3, 2),
        date(2026, 3, 11),
    }
    assert days_with_all_mail(office()) == frozenset()


def test_notices_that_nobody_can_get_are_listed_but_for_answers() -> None:
    read = office(people=[{**one, "email": ""} if one["name"] == "陈工" else one for one in PEOPLE])
    nobody, known, answer = of_no_case("failure", "administrator"), about(1), of_no_case("answer", "陈工", "check")
    posting = posted(read, nobody, known, answer)
    assert (told(posting.outgoing_mails), posting.unreachable) == (["reminder 王芳: 1/-1"], (nobody,))
    mails, unreachable = every_mail_of(read, nobody, about(1, level=-3), known, answer)
    assert (told(mails), unreachable) == (["reminder 王芳: 1/-1"], [nobody])
    paused = posted(office(people=read_people(read), sending="paused"), nobody, known)
    assert (told(paused.held), paused.unreachable) == (["reminder 王芳: 1/-1"], (nobody,))


def read_people(read: Ledger) -> Rows:
    return [{"name": one.name, "role": ";".join(one.roles), "email": one.email} for one in read.policy.people]


def every_mail_of(read: Ledger, *wanted: Notice) -> tuple[list[object], list[Notice]]:
    mails, unreachable = every_mail(wanted, recipients_of(read))
    return list(mails), unreachable


@pytest.mark.parametrize(
    ("please_do", "step", "kind", "before", "switches"),
    [
        ("check", "check", "answer", "", {PLEASE_DO: ""}),
        ("check", "report", "answer", "", {}),
        ("check", "check", "handover", "", {}),
        ("", "", "answer", "", {}),
        ("check", "check", "answer", "claimed", {PLEASE_DO: ""}),  # a dead run's answer goes again
        ("check", "check", "answer", "sent", {}),
    ],
)
def test_a_request_is_taken_out_of_settings_once_its_answer_goes(
    please_do: str, step: str, kind: str, before: str, switches: dict[str, str]
) -> None:
    answer = of_no_case(kind, "陈工", step)
    notices = [row(answer, before, to="admin@s.example")] if before else []
    read = office(notices=notices, please_do=please_do)
    assert posted(read, about(1), answer).switches == switches
