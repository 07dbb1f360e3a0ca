"""Replies by mail, from a real mail server and back from a real mailbox, on both kinds of workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.cases.exported import exported
from automation.commands.output import as_json
from automation.ledger.errors import Busy
from automation.ledger.parsing import parse
from automation.mail.replies import sorting
from sheet_schema import ANSWERS
from tests.replies.mails import a_bounce
from tests.replies.trial import tried
from tests.support.ledger_in_memory import line
from tests.support.reply_office import FIRST, a_reply, reply_office
from tests.support.small_office import FANG, HANDLED, at, column, ledger_at, text_of, typed
from tests.support.workbook_homes import delete_rows, load, read_now, save, shown_in

ON_BOTH = True
IN_TURN = True


@pytest.mark.on_both
def test_a_reply_stands_beside_its_case_once_and_is_taken_over_where_a_person_ticks_it(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        ours = office.sent_to("fang@s.example")
        office.inbox.put(
            a_reply(ours, "=已向家长说明。\n\n在 2026-03-19 09:30，信访办 <office@s.example> 写道：\n> 旧文").as_bytes()
        )
        first, again = office.take_in("2026-03-19T09:40"), office.take_in("2026-03-19T09:50")
        assert (first.written, again.written, len(again.found.mails)) == (True, False, 0)
        assert office.answers() == [("fang@s.example", "LV-00001", "reply", "=已向家长说明。")]
        typed(office.path, "采用", True, "回复")
        office.run("2026-03-19T10:00")
        assert column(office.path, "register", "result")[0] == ("=已向家长说明。",)
        assert [str(day) for (day,) in office.answers("taken_on")] == ["2026-03-19"]
        last = office.run("2026-03-19T10:10")
        assert (last.edits, office.inbox.flags()) == ((), [frozenset()])


@pytest.mark.file_only
def test_a_sample_of_mangled_mails_reaches_no_wrong_case_and_none_is_lost_or_taken_in_twice(tmp_path: Path) -> None:
    """`python -m tests.replies SEED COUNT` tries ten thousand."""
    outcome = tried(tmp_path, seed=3, count=60)
    assert (outcome.kills > 0, outcome.wrong) == (True, ())


def test_a_tick_writes_over_nothing_and_the_row_says_so(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        ours = office.sent_to("fang@s.example")
        office.inbox.put(a_reply(ours, "第一封").as_bytes(), a_reply(ours, "第二封").as_bytes())
        office.take_in("2026-03-19T09:40")
        for row in (2, 3):
            typed(office.path, "采用", True, "回复", row=row)
        office.run("2026-03-19T09:50")
        said = "LV-00001 的“办理结果”已有内容，所以没有采用。请把缺的内容抄过去，或取消打勾。"
        assert column(office.path, "register", "result")[0] == ("第一封",)
        assert [(day is not None, problem) for day, problem in office.answers("taken_on", "problems")] == [
            (True, ""),
            (False, said),
        ]


def test_a_case_that_changes_at_that_moment_is_left_to_the_next_run(tmp_path: Path) -> None:
    """Guarded as any change of its row: what somebody types into Result just then stays."""
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        office.inbox.put(a_reply(office.sent_to("fang@s.example")).as_bytes())
        office.take_in("2026-03-19T09:40")
        typed(office.path, "采用", True, "回复")
        typed(office.path, "办理结果", "自己写的")
        office.run("2026-03-19T09:50")
        assert (column(office.path, "register", "result")[0], office.answers("taken_on")) == (("自己写的",), [(None,)])


def test_a_restricted_case_has_the_text_in_answers_and_nowhere_else(tmp_path: Path) -> None:
    with reply_office(tmp_path, [line(**HANDLED, restricted="是")]) as office:
        office.run(FIRST)
        mail = a_reply(office.sent_to("fang@s.example"), "SECRETTEXT")
        mail.add_attachment(b"1", "application", "pdf", filename="SECRETNAME.pdf")
        office.inbox.put(mail.as_bytes())
        office.take_in("2026-03-19T09:40")
        typed(office.path, "采用", True, "回复")
        result = office.run("2026-03-19T09:50")
        (text, files) = office.answers("text", "files")[0]
        assert (text, "SECRET" in str(files)) == ("SECRETTEXT", False)
        elsewhere = {
            title: grid.rows for title, grid in read_now(office.path).grids.items() if title not in ("回复", "登记")
        }
        assert "SECRET" not in str(elsewhere)
        assert "SECRET" not in str(as_json(result, dry_run=False))
        table = exported(parse(read_now(office.path)), ANSWERS, restricted=False)
        assert "SECRET" not in str(table.values)
        assert [path.name.partition(" ")[0] for path in (tmp_path / "ledger.answers").iterdir()] == ["LV-00001"]


def test_what_came_back_marks_the_address_and_a_made_up_report_does_not(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        ours = office.sent_to("fang@s.example")
        office.inbox.put(a_bounce(ours.partition(".")[0] + ".0123456789abcdef0123@s.example>", "fang@s.example"))
        office.take_in("2026-03-19T09:40")
        before = column(office.path, "notices", "to", "state")
        office.inbox.put(a_bounce(ours, "fang@s.example"))
        office.take_in("2026-03-19T09:50")
        office.run("2026-03-19T10:00")
        after = column(office.path, "notices", "to", "state", "error")
        assert ("fang@s.example", "failed") not in before
        assert ("fang@s.example", "failed", "5.1.1 550 5.1.1 no such user") in after
        assert any("5.1.1" in str(problem) for (problem,) in column(office.path, "people", "problems"))
        assert office.answers() == []


def test_the_offices_next_digest_says_what_came_but_not_of_what_its_reader_must_not_know(tmp_path: Path) -> None:
    min_ = {"name": "李敏", "role": "信访办", "email": "min@s.example"}
    cases = [line(**HANDLED), line("LV-00002", **{**HANDLED, "handler": "赵一"}, about="李敏")]
    with reply_office(
        tmp_path, cases, [FANG, {"name": "赵一", "role": "经办人", "email": "h@s.example"}, min_]
    ) as office:
        office.run(FIRST)
        replies = [a_reply(office.sent_to(to), to, sender=to) for to in ("fang@s.example", "h@s.example")]
        office.inbox.put(
            *(mail.as_bytes() for mail in replies), a_reply("<0@x>", "x", sender="fang@s.example").as_bytes()
        )
        office.take_in("2026-03-19T09:40")
        assert sorted(case for case, *_ in office.answers("case_no")) == ["", "LV-00001", "LV-00002"]
        office.post.messages.clear()
        office.run("2026-03-20T09:30")
        (said,) = [text_of(mail) for to, mail in office.post.messages if to == "min@s.example"]
        assert ("邮件收到1封回复" in said, "1封邮件没有记到任何一件" in said) == (True, True)


def test_a_folder_that_is_numbered_anew_brings_nothing_twice_not_even_what_somebody_deleted(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        ours = office.sent_to("fang@s.example")
        office.inbox.put(a_reply(ours, "一").as_bytes(), a_reply(ours, "二").as_bytes())
        office.take_in("2026-03-19T09:40")
        delete_rows(office.path, "回复", 2)
        office.inbox.number_anew()
        office.inbox.put(a_reply(ours, "三").as_bytes())
        office.take_in("2026-03-19T09:50")
        assert [text for (text,) in office.answers("text")] == ["二", "三"]


@pytest.mark.file_only
def test_whoever_writes_all_day_fills_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "MOST_LISTED", 2)
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        noise = [a_reply("<x@y>", str(at), sender="fang@s.example").as_bytes() for at in range(5)]
        reply = a_reply(office.sent_to("fang@s.example")).as_bytes()
        office.inbox.put(*noise[:3], reply, *noise[3:])
        office.take_in("2026-03-19T09:40")
        assert [state for (state,) in office.answers("state")] == ["no_reply", "no_reply", "reply"]
        assert column(office.path, "mailbox", "listed", "others") == [(2.0, 3.0)]


@pytest.mark.file_only
def test_while_somebody_has_the_workbook_open_the_mails_wait_in_the_mailbox(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        office.inbox.put(a_reply(office.sent_to("fang@s.example")).as_bytes())
        lock = tmp_path / "~$ledger.xlsx"
        lock.write_bytes(b"\x04Anna".ljust(165, b"\x00"))
        with pytest.raises(Busy):
            office.take_in("2026-03-19T09:40")
        lock.unlink()
        office.take_in("2026-03-19T09:50")
        assert office.answers("case_no") == [("LV-00001",)]


@pytest.mark.file_only
def test_what_is_attached_is_for_the_ledgers_people_only(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.path.chmod(0o640)
        office.run(FIRST)
        mail = a_reply(office.sent_to("fang@s.example"))
        for name in ("../../x.pdf", "run.exe"):
            mail.add_attachment(b"content", "application", "pdf", filename=name)
        office.inbox.put(mail.as_bytes())
        office.take_in("2026-03-19T09:40")
        folder = tmp_path / "ledger.answers"
        (kept,) = folder.iterdir()
        assert (kept.read_bytes(), kept.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (
            b"content",
            0o640,
            0o750,
        )
        assert office.answers("files") == [(f"{kept.name}；未保存：run.exe",)]


def test_a_run_on_a_ledger_whose_replies_nobody_reads_says_nothing_of_it(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    result = at(path, FIRST)
    assert [one for one in result.problems if one.stops] == []
    assert {"回复", "收件邮箱"}.isdisjoint(read_now(path).grids)


@pytest.mark.file_only
def test_a_tab_of_the_users_own_that_is_called_answers_is_left_alone(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    book = load(path)
    sheet = book.create_sheet("回复")
    sheet.append(["日期", "内容"])
    sheet.append(["3月1日", "自己的"])
    save(book, path)
    result = at(path, FIRST)
    assert ([one for one in result.problems if one.stops], shown_in(path, "回复")[1][:2]) == ([], ["3月1日", "自己的"])
