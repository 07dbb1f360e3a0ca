"""The office's own sentences on a real workbook: typed into Wording, they arrive in the next mail, or are reported there."""

from __future__ import annotations

from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.wording.blocks import BLOCK, BLOCKS
from sheet_schema import TAB
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at, read, text_of, typed
from tests.support.workbook_homes import address, content, made_once, shown_in, type_cells

ON_BOTH = IN_TURN = True
REMINDED = "2026-03-19T09:00"
SUMMARY = "陈静说作业太多"


@made_once
def ledger(folder: Path, **cells: str) -> Path:
    path = ledger_at(folder, [line(**HANDLED, **cells)], sending="试运行")
    at(path, "2026-03-12T09:00")  # so that what is left to do is the reminder
    return path


def say(path: Path, key: str, text: str) -> int:
    """Type a sentence as a person does; the row in which it stands."""
    names = [row[0] for row in shown_in(path, "用语")]
    row = names.index(BLOCK[key].label("zh")) + 1
    typed(path, "自拟用语", text, "用语", row)
    return row


def reminder(path: Path) -> EmailMessage:
    folder = path.parent / "out"
    for old in folder.glob("*.eml"):
        old.unlink()
    at(path, REMINDED)
    (mail,) = (one for one in read(folder) if "fang@" in str(one["To"]))
    return mail


@cache
def in_our_words(home: str) -> EmailMessage:
    """The reminder of an office that typed no sentence of its own."""
    with TemporaryDirectory() as folder:
        return reminder(ledger(Path(folder)))


def page_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def beside(path: Path, row: int) -> str:
    at_ = TAB["wording"].keys.index("problems")
    return str(shown_in(path, "用语")[row - 1][at_])


def test_a_new_ledger_lists_every_sentence_with_ours_and_what_it_may_contain(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    assert column(path, "wording", "block", "text", "problems", "ours", "allowed", "meaning") == [
        (b.label("zh"), "", "", b.ours_shown("zh"), b.allowed_shown("zh"), b.meaning("zh")) for b in BLOCKS
    ]


def test_what_is_typed_arrives_in_the_mail_and_the_next_run_has_nothing_to_do(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    say(path, "reminder.subject", "请办：{编号}（{到期日}前）")
    say(path, "reminder.opening", "{学校}提醒您：\n{编号}快到期了。")
    say(path, "reminder.closing_department", "办好了请回信。")
    say(path, "footer.handler", "{原因}。请勿转发。")
    mail = reminder(path)
    assert str(mail["Subject"]) == "【试运行】请办：LV-00001（3月22日前）"
    text, page = text_of(mail), page_of(mail)
    for said in ("信访办公室提醒您：\nLV-00001快到期了。\n", "\n办好了请回信。\n", "请勿转发。"):
        assert said in text
    assert ("提醒您：<br>LV-00001快到期了。" in page, "请勿转发。" in page) == (True, True)
    assert [ours for ours in ("即将到期", "请直接回复本邮件", "故收到本邮件") if ours in text + page] == []
    before = content(path)
    again = at(path, "2026-03-19T09:10")
    assert (again.mails, again.edits, content(path) == before) == ((), (), True)


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        (
            "reminder.subject",
            "{诉求内容}",
            "没有{诉求内容}这一项可以填入。此处只能填入：{编号}、{环节}、{到期日}、{今天}、{学校}。改正之前使用默认用语。",
        ),
        (
            "reminder.subject",
            "{summary}",
            "没有{summary}这一项可以填入。此处只能填入：{编号}、{环节}、{到期日}、{今天}、{学校}。改正之前使用默认用语。",
        ),
        (
            "reminder.opening",
            "{承办部门}",
            "此处不能填入{承办部门}。此处只能填入：{件数}、{编号}、{环节}、{到期日}、{今天}、{学校}。改正之前使用默认用语。",
        ),
        ("reminder.closing_department", "编号}", "有花括号不成对。要填入的名称前后各写一个；改正之前使用默认用语。"),
        ("footer.handler", "请勿转发。", "用语没有说明为什么收到邮件。请写入{原因}；改正之前使用默认用语。"),
    ],
)
def test_what_cannot_be_filled_in_is_reported_beside_it_and_ours_is_used(
    tmp_path: Path, home: str, key: str, text: str, problem: str
) -> None:
    path = ledger(tmp_path)
    row = say(path, key, text)
    as_ours, mail = in_our_words(home), reminder(path)
    assert beside(path, row) == problem
    assert (str(mail["Subject"]), text_of(mail), page_of(mail)) == (
        str(as_ours["Subject"]),
        text_of(as_ours),
        page_of(as_ours),
    )
    ended = CliRunner().invoke(jobs.main, ["check", "-w", address(path), "--now", "2026-03-19T09:20"])
    assert ended.exit_code == 3
    assert [said for said in ended.stdout.splitlines() if problem in said] == [f"  用语第{row}行：{problem}"]
    say(path, key, "")
    at(path, "2026-03-19T09:30")
    assert beside(path, row) == ""


@pytest.mark.file_only
@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% include 'base.txt' %}", "<script>alert(1)</script> & <b>", "a\nBcc: x@y.example", "\u202e"],
)
def test_what_is_typed_is_data(tmp_path: Path, text: str) -> None:
    path = ledger(tmp_path)
    for key in ("reminder.subject", "reminder.opening", "reminder.closing_department"):
        say(path, key, text)
    say(path, "footer.handler", f"{text} {{原因}}")
    mail = reminder(path)
    page = page_of(mail)
    assert ("<script" in page, "49" in page, mail["Bcc"], "\n" in str(mail["Subject"])) == (False, False, None, False)
    assert page.count("&lt;script&gt;") == (3 if "<script" in text else 0)


def test_preview_shows_them(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    say(path, "reminder.subject", "请办：{编号}")
    into = tmp_path / "seen"
    ended = CliRunner().invoke(jobs.main, ["preview", "-w", address(path), "--now", REMINDED, "--into", str(into)])
    assert ended.exit_code == 0, ended.output
    assert "【试运行】请办：LV-00001" in [str(mail["Subject"]) for mail in read(into)]


def test_a_restricted_case_stays_number_step_and_date(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, summary=SUMMARY, restricted="是", about="-")], sending="试运行")
    rows = shown_in(path, "用语")
    row_of, at_ = {row[0]: place for place, row in enumerate(rows, start=1)}, rows[0].index("自拟用语") + 1
    type_cells(path, "用语", {(row_of[block.label("zh")], at_): block.allowed_shown("zh") for block in BLOCKS})
    at(path, "2026-03-12T09:00")
    at(path, REMINDED)
    at(path, "2026-03-24T09:00")
    told = read(tmp_path / "out")
    assert len(told) > 3
    for mail in told:
        whole = f"{mail['Subject']} {text_of(mail)} {page_of(mail)}"
        assert [secret for secret in (SUMMARY, "陈静", "13800000001", str(line()["topic"])) if secret in whole] == []
