"""One EmailMessage has the right headers, whatever a name looks like; and the folder always holds whole files."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.mail.mail import Attachment, Mail
from automation.mail.message import compose
from automation.mail.transport.folder import SHOWN, FolderMailer
from automation.text.templates import Rendered


def mail(reader: str = "王芳", subject: str = "LV-00001 答复", *, id_: str = "abc", hour: int = 1) -> Mail:
    return Mail(
        id_, "reminder", "fang@s.example", reader, Rendered(subject, "正文\n", "<p>正文</p>"), "office@s.example", "信访办",
        datetime(2026, 3, 18, hour, tzinfo=UTC), "office@s.example", ("LV-00001", "LV-00002"),
    )  # fmt: skip


def test_headers() -> None:
    message = BytesParser(policy=policy.default).parsebytes(compose(mail()).as_bytes())
    assert {key: str(value) for key, value in message.items() if not key.startswith("Content")} == {
        "Subject": "LV-00001 答复", "From": "信访办 <office@s.example>", "To": "王芳 <fang@s.example>",
        "Reply-To": "office@s.example", "Date": "Wed, 18 Mar 2026 01:00:00 +0000", "Message-ID": "<abc@s.example>",
        "References": "<lv-00001@s.example> <lv-00002@s.example>", "In-Reply-To": "<lv-00001@s.example>",
        "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "MIME-Version": "1.0",
    }  # fmt: skip
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ("Smith, John", "Smith, John"),
        ('Jo "Jojo" Hill', 'Jo "Jojo" Hill'),
        ("张老师，三年级", "张老师，三年级"),
        ("a\nBcc: evil@y.example", "a Bcc: evil@y.example"),
        ("名" * 250, "名" * 199 + "…"),
        ("", ""),
    ],
)
def test_names_make_right_headers(reader: str, shown: str) -> None:
    message = BytesParser(policy=policy.default).parsebytes(compose(mail(reader)).as_bytes())
    (to,) = message["To"].addresses
    # Python's own reader puts spaces between the encoded pieces of a long name; mail programs do not.
    found = to.display_name if len(shown) < 60 else to.display_name.replace(" ", "")
    assert (found, to.addr_spec, message["Bcc"], message["Cc"]) == (shown, "fang@s.example", None, None)


REPORT = Attachment("统计 2026-02.html", "text/html", "<p>二月</p>".encode())
TABLE = Attachment("a\r\nb" + "名" * 200 + ".xlsx", "application/octet-stream", b"\x00\r\n.\r\n\xff")


def test_what_is_attached_arrives_under_its_name_and_is_the_same_to_the_byte() -> None:
    sent = replace(mail(), attachments=(REPORT, TABLE))
    data = compose(sent).as_bytes()
    message = BytesParser(policy=policy.default).parsebytes(data)
    attached = list(message.iter_attachments())  # type: ignore[attr-defined]
    assert [(one.get_filename(), one.get_content_type(), one.get_content()) for one in attached] == [
        ("统计 2026-02.html", "text/html", "<p>二月</p>"),
        ("a b" + "名" * 146 + "…", TABLE.media_type, TABLE.content),
    ]
    body = message.get_body(("plain",))  # type: ignore[attr-defined]
    assert (body.get_content(), message.get_content_type(), data.isascii()) == (
        "正文\r\n",
        "multipart/mixed",
        True,
    )
    assert (data, b'boundary="=with=abc="' in data) == (compose(sent).as_bytes(), True)


def test_the_folder_keeps_pages_that_go_along_where_a_browser_can_open_them(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path, "zh")
    for one in (
        replace(mail(), attachments=(REPORT, replace(TABLE, name="../x.html"))),
        replace(mail(id_="b"), attachments=(replace(REPORT, name='"><script>'),)),
    ):
        mailer.deliver(one)
    mailer.close()
    page = (tmp_path / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "index.html", "reminder-abc-1.html", "reminder-abc.eml", "reminder-b-1.html", "reminder-b.eml",
    ]  # fmt: skip
    assert (tmp_path / "reminder-abc-1.html").read_bytes() == REPORT.content
    assert re.search(r"<small>[^<]* · 20\d\d年\d+月\d+日 \d\d:\d\d</small>", page)
    assert ('附件：<a href="reminder-abc-1.html">统计 2026-02.html</a>' in page, "<script>" in page) == (
        True,
        False,
    )


def test_the_folder_lists_what_is_in_it(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "out", "zh")
    for one in (
        mail(id_="a", subject="第一封"),
        mail(id_="b", subject="第<二>封", hour=2),
        mail(id_="a", subject="第一封"),
    ):
        mailer.deliver(one)
    page = mailer.list_mails().read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "index.html",
        "reminder-a.eml",
        "reminder-b.eml",
    ]
    assert (
        page.count('<iframe sandbox=""'),
        "第<二>封" in page,
        page.index("第&lt;二&gt;封") < page.index("第一封"),
    ) == (2, False, True)


def test_of_very_many_mails_the_page_shows_the_newest_and_says_so(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path, "zh")
    mailer.deliver(mail(id_="0", subject="旧的"))
    mailer.deliver(mail(id_="last", subject="新的"))
    for number in range(SHOWN + 1):
        older = tmp_path / f"reminder-{number}.eml"
        if number:
            shutil.copy(tmp_path / "reminder-0.eml", older)
        os.utime(older, ns=(number, number))
    page = mailer.list_mails().read_text(encoding="utf-8")
    assert (page.count('<iframe sandbox=""'), "新的" in page) == (SHOWN, True)
    assert (
        f"共{SHOWN + 2}封邮件，这里是最新的{SHOWN}封，最新的在前。邮件只写在这里，没有发出；更早的文件在本页旁边。"
        in page
    )


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(LedgerError, match="cannot be written"):
        FolderMailer(tmp_path / "out", "en").deliver(mail())
