"""What the headers and the parts of a mail say, however broken they are."""

from __future__ import annotations

import base64
from email import message_from_bytes

import pytest

from automation.mail.replies.charsets import as_text
from automation.mail.replies.content import DEEPEST, LONGEST_TEXT, bounces_of, content_of
from automation.mail.replies.headers import headers_of
from automation.mail.replies.thread_token import mail_named, token_of
from tests.replies.mails import a_bounce

BY_A_PROGRAM = (
    "Auto-Submitted: auto-replied", "auto-submitted: auto-generated; owner-email=x", "X-Autoreply: yes", "Precedence: bulk", "Precedence: auto_reply",
    "Subject: Automatic reply: x", "Subject: Out of Office", "Subject: =?utf-8?b?6Ieq5Yqo5Zue5aSN77yaeA==?=", "Subject: =?gbk?B?19S2r7vYuLQ6?=", "Return-Path: <>",
    "Subject: Undeliverable: x", 'Content-Type: multipart/report; boundary="x"',
)  # fmt: skip
BY_A_PERSON = (
    "Auto-Submitted: no", "Subject: Re: Out of office hours", "Subject: RE: x", "Precedence: first-class", "Return-Path: <a@b.example>", "Subject: =?utf-8?q?broken", "Subject: =?x-no?b?!!?=", "X: y", "X-Auto-Response-Suppress: All",
)  # fmt: skip
FORGED = {
    "mx.s.example; dmarc=fail header.from=s.example": True,
    "mx; spf=pass; dkim=pass; dmarc=fail": True,
    "mx; dkim=fail; spf=fail": True,
    "mx; spf=fail (sender denied)": True,
    "mx; spf=fail; dkim=pass": False,
    "mx; dmarc=pass; spf=fail": False,
    "mx; dmarc=none; spf=softfail": False,
    'mx; spf=pass smtp.mailfrom="dmarc=pass"@evil.example; dmarc=fail header.from=s.example': True,
    "mx; spf=pass smtp.mailfrom=dmarc=pass@evil.example; dmarc=fail header.from=s.example": True,
    "mx; spf=fail (of dkim=pass) smtp.helo=dkim=pass": True,
    "mx; spf=pass smtp.mailfrom=a@s.example; dmarc=pass (p=none) header.from=s.example": False,
    "mx; none": False,
    "mx; dkim=temperror": False,
    "mx; x-dmarc=fail": False,
}


@pytest.mark.parametrize("line", BY_A_PROGRAM)
def test_a_mail_of_a_program_is_known(line: str) -> None:
    assert headers_of(f"From: a@b.example\r\n{line}\r\n\r\n".encode()).is_automatic()


@pytest.mark.parametrize("line", BY_A_PERSON)
def test_a_mail_of_a_person_is_not_taken_for_a_programs(line: str) -> None:
    assert not headers_of(f"From: a@b.example\r\n{line}\r\n\r\nAutomatic reply".encode()).is_automatic()


@pytest.mark.parametrize(("said", "forged"), FORGED.items())
def test_what_the_server_says_of_the_sender(said: str, forged: bool) -> None:
    ours = f"Authentication-Results: {said}\r\n"
    theirs = (
        "Authentication-Results: evil; dmarc=pass\r\n" if forged else "Authentication-Results: evil; dmarc=fail\r\n"
    )
    assert headers_of((ours + theirs + "From: a@b.example\r\n\r\n").encode()).is_forged() is forged


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("From: =?gbk?B?zfW3vA==?= <Fang+x@S.example>", "fang@s.example"), ("From: fang@s.example", "fang@s.example"), ("From: <a@b.example>, <c@d.example>", ""), ("From:", ""),
        ("X: y", ""), ('From: "fang@s.example" <x@evil.example>', "x@evil.example"), ("From: a@b.example\r\nFrom: c@d.example", ""), ("From: =?utf-8?b?!!!?= <", ""),
    ],
)  # fmt: skip
def test_a_mail_has_one_sender_or_none(line: str, sender: str) -> None:
    assert headers_of(f"{line}\r\n\r\n".encode()).sender == sender


def test_a_token_is_ours_only_with_our_secret() -> None:
    mail = "0123456789abcdef0123"
    token = token_of("secret", mail)
    assert mail_named("secret", f"{mail}.{token}") == mail
    assert [
        mail_named(secret, local)
        for secret, local in (
            ("other", f"{mail}.{token}"),
            ("", f"{mail}.{token}"),
            ("secret", mail),
            ("secret", f"{mail}.{token[::-1]}"),
        )
    ] == [""] * 4


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        ("已办结", "gb18030", "gb2312"), ("已辦結", "big5", "big5"), ("朱镕基 𠮷", "gb18030", "gb2312"), ("已办结", "gb18030", ""), ("已办结", "utf-8", "us-ascii"), ("已办结", "utf-8", "x-nothing"),
        ("会議", "iso2022_jp", "iso-2022-jp"), ("“done”", "cp1252", "iso-8859-1"), ("已办结", "hz", "hz-gb-2312"), ("已办结", "utf-8", "gbk\x00"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_the_encoding_that_fits(text: str, charset: str, declared: str) -> None:
    assert as_text(text.encode(charset), declared) == text


def test_a_mail_that_is_nested_without_end_or_has_no_end_of_parts_is_read_as_far_as_anybody_would_write() -> None:
    inside = "Content-Type: text/plain\r\n\r\ndeep\r\n"
    for level in range(DEEPEST + 5):
        inside = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{inside}\r\n--b{level}--\r\n'
    deep = content_of(message_from_bytes(inside.encode()))
    many = content_of(
        message_from_bytes(
            b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
            + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 1000
            + b"--b--\r\n"
        )
    )
    assert (deep.text, deep.whole, many.whole) == ("", False, False)


def test_what_nobody_can_decode_is_no_reason_to_leave_out_the_rest() -> None:
    broken = base64.b64encode("已办结".encode())[:-2] + b"\r\n!!"
    mail = (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n' + broken
        + b'\r\n--b\r\nContent-Type: text/plain; charset="utf-8\r\n\r\nmore\x00\x1b[2J\r\n--b\r\nContent-Disposition: attachment; filename*=utf-8\'\'%ZZ%00x.pdf\r\n\r\nfile\r\n--b--'
    )  # fmt: skip
    found = content_of(message_from_bytes(mail))
    assert ("已" in found.text, "more" in found.text, "\x1b" in found.text, len(found.files)) == (True, True, False, 1)


def test_a_text_fits_into_a_cell() -> None:
    found = content_of(message_from_bytes(b"\r\n\r\n" + b"=1+1 " * 100_000))
    assert (len(found.text), found.text[:4]) == (LONGEST_TEXT, "=1+1")


def test_a_report_of_a_mail_server_is_read() -> None:
    (bounce,) = bounces_of(message_from_bytes(a_bounce("<0123.4567@s.example>", "a@b.example")))
    assert (bounce.mail, bounce.reply) == ("0123.4567", "5.1.1 550 5.1.1 no such user")
    assert [
        *bounces_of(message_from_bytes(a_bounce("<x@y>", "a@b.example").replace(b"Action: failed", b"Action: delayed")))
    ] == []
