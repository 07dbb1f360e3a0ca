"""The outbox on a real workbook and folder: each thing is said once, to the right people, and no secret is told."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.errors import LedgerError
from automation.run.job import JOBS, Result
from automation.steps.alerts import alert
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from tests.support import small_office as office
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, ledger_at, mails, read, set_to, typed
from tests.support.workbook_homes import address, content, load

ON_BOTH = IN_TURN = True

BY_CASE = replace(JOBS["run"], raises=(alert, remind, escalate))
"""A run without assignment mails and digests, which other tests cover."""


def at(path: Path, moment: str, outbox: Path | None = None) -> Result:
    return office.at(path, moment, outbox, BY_CASE)


def notices(path: Path) -> list[tuple[object, ...]]:
    return office.column(path, "notices", "level", "to", "state", "attempts")


REMINDED = ("fang@s.example", "【试运行】LV-00001 答复（3月22日到期）")


@pytest.mark.on_both
def test_each_notice_goes_out_once(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    counts = [
        len(at(path, moment).mails)
        for moment in (
            "2026-03-12T09:00",
            "2026-03-13T09:00",
            "2026-03-13T09:10",
            "2026-03-16T09:00",
            "2026-03-19T09:00",
        )
    ]
    assert (counts, mails(tmp_path / "out")) == ([0, 1, 0, 0, 1], [REMINDED, REMINDED])


def test_after_missed_days_only_the_highest_level(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-20T09:00")
    assert (mails(tmp_path / "out"), notices(path)) == (
        [REMINDED],
        [
            ("-1", "fang@s.example", "written", 1.0),
            ("-7", "fang@s.example", "superseded", 0.0),
            ("-3", "fang@s.example", "superseded", 0.0),
        ],
    )


def test_what_is_late_goes_to_the_leader(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-23T09:00")
    assert mails(tmp_path / "out") == [("gang@s.example", "【试运行】超期：LV-00001 答复（3月22日到期）")]


def held(path: Path, moment: str) -> tuple[int, int, bool]:
    """How many notices a run held, how many mails it wrote, and whether there is an outbox."""
    result = at(path, moment)
    return len(result.held), len(result.mails), (path.parent / "out").exists()


def test_held_mail_goes_out_later(tmp_path: Path) -> None:
    """Too early, too late, and on a Saturday."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    found = [held(path, moment) for moment in ("2026-03-13T06:59", "2026-03-13T20:01", "2026-03-14T09:00")]
    assert found == [(1, 0, False)] * 3
    at(path, "2026-03-16T09:00")
    assert mails(tmp_path / "out") == [REMINDED]


def test_mail_of_a_paused_ledger_goes_out_once_it_is_not(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], sending="暂停")
    assert held(path, "2026-03-13T09:00") == (1, 0, False)
    set_to(path, "sending", "试运行")
    at(path, "2026-03-16T09:00")
    assert mails(tmp_path / "out") == [REMINDED]


@pytest.mark.file_only
def test_a_moved_due_date_re_arms_only_what_lies_ahead(tmp_path: Path) -> None:
    """One case moved a week later, to Sun 29 March: reminders on Fri 20 and Thu 26; the 7-day one lies ahead and goes out. The
    other moved two days earlier, to Fri 20 March: its 7-day reminder (the 13th) lies behind, its 3-day one (the 17th) ahead."""
    path = ledger_at(tmp_path, [line(**HANDLED), line("LV-00002", **HANDLED)])
    at(path, "2026-03-13T09:00")
    at(path, "2026-03-16T09:00")
    for row, received in ((2, "2026-03-09"), (3, "2026-02-28")):
        typed(path, "收到日期", datetime.fromisoformat(received), row=row)
    told: dict[str, int] = {}
    for day in (16, 17, 18, 19, 20):
        for mail in at(path, f"2026-03-{day}T10:00").mails:
            told = {**dict.fromkeys(mail.cases, day), **told}
    assert told == {"LV-00001": 20, "LV-00002": 17}


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("moments", "goes"),
    [
        ([], False),  # a run at nine was free to send it, and its day lies behind
        (["2026-03-20T06:50", "2026-03-20T21:00", "2026-03-21T09:00"], True),
    ],
    ids=["nothing held it", "at night and on a day off"],
)
def test_what_was_due_while_mail_was_held_goes_though_its_date_had_moved(
    tmp_path: Path, moments: list[str], *, goes: bool
) -> None:
    """Its 7-day reminder, of Friday 20 March, for a due date that moved from the 22nd to the 29th."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    for moment in ("2026-03-19T09:00", *(moments or ["2026-03-23T07:30"])):
        at(path, moment)
    typed(path, "收到日期", datetime(2026, 3, 9))
    sent = [
        notice.level for moment in ("2026-03-23T07:40", "2026-03-23T07:50") for notice, _ in at(path, moment).notices
    ]
    assert sent == ([-7] if goes else [])


def test_what_was_due_while_the_ledger_was_paused_goes_on_release(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], sending="试运行")
    at(path, "2026-03-19T09:00")
    set_to(path, "sending", "暂停")
    typed(path, "收到日期", datetime(2026, 3, 9))
    paused = [at(path, f"2026-03-{day}T09:00").mails for day in (20, 24)]
    set_to(path, "sending", "试运行")
    (told,) = at(path, "2026-03-24T09:10").notices
    mail = [row[0] for row in office.column(path, "runs", "mail")]
    assert (paused, told[0].level, mail[-3:]) == ([(), ()], -7, ["none", "none", "all"])


def test_going_live_mails_no_older_steps(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], go_live_on="2026-03-16")
    counts = [len(at(path, f"2026-03-{day}T09:00").mails) for day in (16, 18, 19)]
    assert (counts, notices(path)[0][0]) == ([0, 0, 1], "-3")


def test_an_absence_does_not_send_twice(tmp_path: Path) -> None:
    """ "The key names the role's slot, not the address, so an absence does not send twice." (docs/design.md#p6.8)"""
    path = ledger_at(tmp_path, [line(**HANDLED)], [{**FANG, "stand_in": "李敏"}])
    at(path, "2026-03-13T09:00")
    typed(path, "离岗自", "2026-03-16", "人员")
    assert at(path, "2026-03-16T09:00").mails == ()


def too_deep_for_a_file(folder: Path) -> Path:
    """A folder that can be made, but in whose path no room is left for a mail's name."""
    longest = os.pathconf(folder, "PC_PATH_MAX")
    while (left := longest - len(str(folder)) - len("/") * 2) > 20:
        folder /= "d" * min(200, left - 4)
    return folder


def test_a_dead_runs_claim(tmp_path: Path) -> None:
    """It "goes out however many runs died, if today's jobs would raise all its notices to the same person; otherwise it
    is void" (docs/design.md#p7.6). One case is as it was, one was answered meanwhile, one is about its handler now."""
    people = [FANG, *({"name": name, "role": "经办人", "email": f"{name}@s.example"} for name in ("an", "bo"))]
    handlers = ("王芳", "an", "bo")
    cases = [line(f"LV-0000{n}", **{**HANDLED, "handler": name}) for n, name in enumerate(handlers, start=1)]
    path = ledger_at(tmp_path, cases, people)
    full = too_deep_for_a_file(tmp_path)
    for minute in range(4):
        with pytest.raises(LedgerError):
            at(path, f"2026-03-13T09:{minute:02d}", full)
    assert [row[2:] for row in notices(path)] == [("claimed", 0.0)] * 3
    typed(path, "答复日期", datetime(2026, 3, 13), row=3)
    typed(path, "涉及部门或人员", "bo", row=4)
    at(path, "2026-03-13T09:10")
    after = {str(row[1]): row[2:] for row in notices(path)[:3]}
    assert (after, mails(tmp_path / "out")) == (
        {"fang@s.example": ("written", 1.0), "an@s.example": ("void", 0.0), "bo@s.example": ("void", 0.0)},
        [REMINDED],
    )


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("domains", "reached"),
    [
        (
            "",
            {"h1@s.example": True, "": False, "h3@例子.example": False, "h4@s.example\nBcc: x@y.example": False},
        ),
        ("s.example; t.example", {"h1@s.example": True, "h2@S.EXAMPLE": True, "h3@evil.s.example": False}),
    ],
    ids=["any domain", "two domains"],
)
def test_which_addresses_are_written_to(tmp_path: Path, domains: str, reached: dict[str, bool]) -> None:
    """What cannot reach the handler goes to the department."""
    people = [{"name": f"经办{n}", "role": "经办人", "email": email} for n, email in enumerate(reached, start=1)]
    cases = [line(f"LV-{n:05d}", **{**HANDLED, "handler": f"经办{n}"}) for n in range(1, len(people) + 1)]
    path = ledger_at(tmp_path, cases, people, allowed_domains=domains)
    result = at(path, "2026-03-13T09:00")
    written_to = {number: mail.to.casefold() for mail in result.mails for number in mail.cases}
    wanted = (email.casefold() if can else "jw@s.example" for email, can in reached.items())
    assert (written_to, result.unreachable) == (
        dict(zip([str(one["case_no"]) for one in cases], wanted, strict=True)),
        (),
    )


PRINCIPAL = {"name": "孙校长", "role": "校长", "email": "sun@s.example", "phone": "01000000009"}
ALERTED = ("gang@s.example", "【试运行】重要来访：LV-00001，3月2日")


def test_alerts_never_wait_and_go_on_to_the_principal(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(important="✓", handler="王芳")], [FANG, PRINCIPAL])
    at(path, "2026-03-07T23:00")  # a Saturday night
    first = mails(tmp_path / "out")
    counts = [len(at(path, f"2026-03-07T23:{minute}").mails) for minute in (10, 29, 30, 40)]
    assert (first, counts, mails(tmp_path / "out")[1:]) == (
        [ALERTED],
        [0, 0, 1, 0],
        [("sun@s.example", ALERTED[1])],
    )
    (text,) = {mail.get_body(("plain",)).get_content() for mail in read(tmp_path / "out") if "sun" in mail["To"]}  # type: ignore[union-attr]
    # nobody but the principal herself has a number, and she is not asked to telephone herself
    said = ("请先打电话", "01000000009", "台账中没有可供联系的电话，请立即处理。", "代表不超过五人")
    assert [part in text for part in said] == [False, False, True, True]


def test_a_leader_who_is_complained_about_is_not_alerted(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(important="✓", about="赵刚")], [FANG, {**PRINCIPAL, "role": "分管领导"}])
    at(path, "2026-03-02T09:00")
    assert [to for to, _ in mails(tmp_path / "out")] == ["sun@s.example"]


SECRET = {
    "petitioner": "MARKER1", "contact": "MARKER2", "summary": "MARKER3", "about": "MARKER4（校外）", "reason": "MARKER5",
    "result": "MARKER6", "leader_note": "MARKER7", "leader_told": "MARKER8", "attachments": "MARKER9", "kind": "检举控告", "important": "✓",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        (
            {},
            [
                "assignment",
                "digest_leader",
                "digest_leader",
                "digest_office",
                "digest_office",
                "escalation",
            ],
        ),
        (
            {"leader_told": "", "leader_note": ""},
            [
                "alert",
                "alert",
                "assignment",
                "digest_leader",
                "digest_office",
                "escalation",
            ],
        ),
    ],
    ids=["leader told", "leader not told"],
)
def test_a_restricted_case_says_nothing_anywhere(tmp_path: Path, cells: dict[str, object], kinds: list[str]) -> None:
    """ "number, step, date and 'ask the office', nothing else" (docs/design.md#p5.7)"""
    leader = {"name": "孙校长", "role": "领导小组", "email": "sun@s.example", "digest": "每日"}
    path = ledger_at(tmp_path, [line(**{**HANDLED, **SECRET, **cells})], [FANG, leader])
    said = []
    for moment in ("2026-03-13T09:00", "2026-03-23T09:00"):
        for options in (["--dry-run"], ["--json", "--dry-run"], ["-v"]):
            arguments = [
                "run",
                "-w",
                address(path),
                "--now",
                moment,
                "--outbox",
                str(tmp_path / "out"),
                *options,
            ]
            said.append(CliRunner().invoke(jobs.main, arguments).output)
    said.append(
        CliRunner().invoke(jobs.main, ["explain", "LV-00001", "-w", address(path), "--now", "2026-03-23"]).output
    )
    for mail in read(tmp_path / "out"):
        said += [str(value) for value in mail.values()]
        said += [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    said += [one.name for one in (tmp_path / "out").iterdir()]
    said.append((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    said += [one.read_text(encoding="utf-8") for one in tmp_path.glob("*.journal")]
    book = load(path)
    said += [str(row) for tab in ("通知", "变更", "运行") for row in book[tab].iter_rows(values_only=True)]
    assert sorted(one.name.partition("-")[0] for one in (tmp_path / "out").glob("*.eml")) == kinds
    assert [text for text in said if "MARKER" in text] == []
    texts = [mail.get_body(("plain",)).get_content() for mail in read(tmp_path / "out")]  # type: ignore[union-attr]
    told = ("请向信访办当面了解", "请查看“登记”表该行")
    assert [text for text in texts if "LV-00001" in text and not any(words in text for words in told)] == []


def test_who_is_in_conflict_gets_the_same_with_and_without_the_case(tmp_path: Path) -> None:
    got = []
    for name, cases in (
        ("without", [line(**HANDLED)]),
        ("with", [line(**HANDLED), line("LV-00002", **HANDLED, about="王芳")]),
    ):
        folder = tmp_path / name
        folder.mkdir()
        path = ledger_at(folder, cases)
        for moment in ("2026-03-13T09:00", "2026-03-19T09:00"):
            at(path, moment)
        got.append([mail.as_bytes().split(b'boundary="')[0] for mail in read(folder / "out") if "fang" in mail["To"]])
        got[-1] += [
            mail.get_body(("plain",)).get_content().encode() for mail in read(folder / "out") if "fang" in mail["To"]
        ]  # type: ignore[union-attr]
    assert got[0] == got[1]
    assert len(got[0]) == 4


def test_live_without_a_mail_server_is_an_error_before_anything_is_claimed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], sending="正式发送")
    before = content(path)
    ended = CliRunner().invoke(jobs.main, ["run", "-w", address(path), "--now", "2026-03-13"])
    assert (ended.exit_code, ended.stderr.splitlines()[0], content(path) == before) == (
        1,
        "“发送方式”为正式发送，但没有设置邮件服务器：请设置 LEDGER_SMTP_HOST、LEDGER_SMTP_PORT、LEDGER_SMTP_USER、LEDGER_SMTP_PASSWORD，或改为试运行或暂停，或用 --outbox 指定文件夹。",
        True,
    )


def test_json_names_each_notice(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    arguments = ["remind", "-w", address(path), "--now", "2026-03-13T09:00", "--json", "--dry-run"]
    assert json.loads(CliRunner().invoke(jobs.main, arguments).stdout)["notices"] == [
        {
            "key": "LV-00001|reminder|reply|2026-03-22|-7|handler", "kind": "reminder", "to": "fang@s.example",
            "cases": ["LV-00001"], "step": "reply", "due_on": "2026-03-22", "level": -7, "subject": REMINDED[1], "state": "claimed",
        }
    ]  # fmt: skip


@pytest.mark.file_only
@pytest.mark.parametrize("text", ["{{ 7*7 }}<script>alert(1)</script>", "/etc/passwd", "=cmd()\nBcc: x@y.example"])
def test_cell_text_is_data(tmp_path: Path, text: str) -> None:
    people = [{**FANG, "name": "王芳"}]
    path = ledger_at(
        tmp_path, [line(**HANDLED, summary=text)], people, school_name=text, mail_greeting=f"{text} {{name}}"
    )
    at(path, "2026-03-13T09:00")
    (mail,) = read(tmp_path / "out")
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert (len(list(mail.iter_attachments())), "<script" in html, "49" in html, mail["Bcc"]) == (
        0,
        False,
        False,
        None,
    )
