"""Mails as people, programs and swindlers send them, each with what is to become of it."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from zlib import crc32

ANSWER, WHICH, LISTED, AUTOMATIC, OTHER, ANY = "answer", "which", "listed", "automatic", "other", "any"


@dataclass(frozen=True)
class Ours:
    """A mail of ours: its Message-ID, to whom it went, the cases it told of, and those of them that its reader may know of today."""

    id: str
    to: str
    cases: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """A mail that somebody sent: its bytes, what is to become of it, the case, its mark in the text, and its sender."""

    content: bytes
    becomes: str
    case: str = ""
    mark: str = ""
    sender: str = ""
    may_be: tuple[str, ...] = ()
    """The only cases beside which it may stand at all."""


QUOTES: Sequence[str] = (
    "\n\nOn Thu, 19 Mar 2026 at 09:30, Office <office@s.example> wrote:\n\n> {old}\n> {old}\n",
    "\n\nOn 19/03/2026 09:30, Office wrote:\n> {old}\n>> {old}\n\n-- \nA. N. Other\nHead of things\n",
    "\n\n-----Original Message-----\nFrom: Office <office@s.example>\nSent: Thursday, March 19, 2026 9:30 AM\nTo: Fang\nSubject: x\n\n{old}\n",
    "\n\n________________________________\nFrom: Office\nSent: 19 March 2026 09:30\nTo: Fang\nSubject: x\n\n{old}\n",
    "\n\n发自我的iPhone\n\n在 2026年3月19日，上午9:30，信访办 <office@s.example> 写道：\n\n> {old}\n",
    '\n\n\n------------------ 原始邮件 ------------------\n发件人: "信访办" <office@s.example>;\n发送时间: 2026年3月19日(星期四) 上午9:30\n收件人: "王芳";\n主题: 通知\n\n{old}\n',
    '\n\n\n在 2026-03-19 09:30:00，"信访办" <office@s.example> 写道：\n{old}\n',
    "\n\n发件人： 信访办\n发送时间： 2026-03-19 09:30\n收件人： 王芳\n主题： 通知\n{old}\n",
    "\n\n---- 回复的原邮件 ----\n| 发件人 | 信访办<office@s.example> |\n| 日期 | 2026年03月19日 09:30 |\n{old}\n",
    "",
)
PAGES: Sequence[str] = (
    '<div dir="ltr">{new}</div><br><div class="gmail_quote"><div>On Thu, Office wrote:<br></div><blockquote class="gmail_quote">{old}</blockquote></div>',
    '<html xmlns:o="urn:x"><head><style>p{{margin:0}}</style></head><body><p class=MsoNormal>{new}<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Office<br><b>Sent:</b> x<br><b>To:</b> y<br><b>Subject:</b> z</p></div><p>{old}</p></body></html>',
    '<div>{new}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> x</div><div>{old}</div>',
    '<div>{new}</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div>{old}</div>',
    '<p>{new}</p><blockquote type="cite"><p>{old}</p></blockquote>',
    '<table><tr><td>{new}<script>alert("{old}")</script></td></tr></table>',
)
WORDS = (
    "已与家长沟通",
    "Spoke to the parents",
    "查無此事",
    "整改完毕",
    "All done, thank you",
    "Встреча была",
    "会議を行った",
    "=SUM(A1)",
    "+1 done",
    "@all",
)
BAD_NAMES = (
    "../../etc/passwd", "..\\..\\boot.ini", "CON", "nul.txt", "a" * 300 + ".pdf", "报告.pdf", "evil.exe", "photo.jpg", "x\u202egpj.exe", ".bashrc", "a:b?.doc", "",
    "macro.xlsm", "=cmd|' /C calc'!A0.csv", "report.pdf", "report.pdf",
)  # fmt: skip


def mark_of(number: int) -> str:
    """What a mail is known by in Answers: with a checksum, since a byte that breaks could make another mail's of it."""
    return f"MARK{number:06d}{crc32(str(number).encode()) & 0xFFFF:04x}X"


def marks_in(text: str) -> set[str]:
    """The marks in a text, without those that were broken on the way."""
    found = re.findall(r"MARK(\d{6})[0-9a-f]{4}X", text)
    return {mark_of(int(number)) for number in found if mark_of(int(number)) in text}


class Correspondents:
    """Makes mails with this chance, about these mails of ours."""

    def __init__(self, random: Random, ours: Sequence[Ours], others: Sequence[str]) -> None:
        self._random = random
        self._ours = ours
        self._others = others
        self._number = 0
        self._before: list[Sent] = []

    def mail(self) -> Sent:
        """The next mail."""
        self._number += 1
        kinds: list[tuple[Callable[[], Sent], int]] = [
            (self._reply, 40), (self._of_another, 8), (self._forged_id, 5), (self._without_token, 3), (self._spoofed, 4), (self._tricky_sender, 5),
            (self._automatic, 8), (self._bounce, 3), (self._unrelated, 5), (self._out_of_thread, 4), (self._cut, 5), (self._nested, 2),
            (self._again, 5), (self._broken, 6), (self._noise, 2),
        ]  # fmt: skip
        make = self._random.choices([one for one, _ in kinds], [weight for _, weight in kinds])[0]
        sent = make()
        self._before.append(sent)
        return sent

    @property
    def _mark(self) -> str:
        return mark_of(self._number)

    def _one(self) -> Ours:
        return self._random.choice(self._ours)

    def _reply(self) -> Sent:
        return self._answered(self._one())

    def _answered(self, ours: Ours, **headers: str) -> Sent:
        named, becomes, case = self._naming(ours)
        new = f"{self._random.choice(WORDS)} {self._mark} {named}".strip()
        if not ours.known and ours.cases:
            becomes, case = LISTED, ""
        content = self._letter(ours, new, headers)
        return Sent(content, becomes, case, self._mark, ours.to, ours.known)

    def _naming(self, ours: Ours) -> tuple[str, str, str]:
        """What the text says of numbers, and what comes of it."""
        only = ours.cases[0] if len(ours.cases) == 1 and ours.cases == ours.known else ""
        barred = [number for number in ours.cases if number not in ours.known]
        if barred and self._random.random() < 0.3:
            return f"about {barred[0]}", LISTED, ""
        say = self._random.random()
        if say < 0.6 or not self._others:
            return "", (ANSWER if only else WHICH), only
        if say < 0.8 and ours.known:
            number = self._random.choice(ours.known)
            shown = self._random.choice(
                [number, number.lower(), number.translate({ord(c): ord(c) + 0xFEE0 for c in number})]
            )
            return f"({shown})", ANSWER, number
        other = self._random.choice(self._others)
        if other in ours.cases:
            return "", (ANSWER if only else WHICH), only
        return f"see {other}", WHICH, ""

    def _letter(self, ours: Ours, new: str, headers: dict[str, str]) -> bytes:
        old = f"OLD {' '.join(self._random.sample([*self._others, 'x'], 1))} {ours.id}"
        html = self._random.random() < 0.35
        if html:
            body = self._random.choice(PAGES).format(new=new, old=old)
            part = self._encoded(body, "text/html")
        else:
            part = self._encoded(new + self._random.choice(QUOTES).format(old=old), "text/plain")
        thread = self._thread(ours)
        usual = {
            "Received": f"from x by y; {self._number}", "From": f"=?utf-8?b?546L6Iqz?= <{ours.to}>", "To": "office@s.example", "Subject": "=?gb2312?B?u9i4tA==?= Re: x",
            "Date": "Thu, 19 Mar 2026 10:00:00 +0800", "Message-ID": f"<{self._mark}@client>", **thread, **headers,
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in usual.items() if value).encode("utf-8", "replace")
        if self._random.random() < 0.2:
            return head + self._with_files(part)
        return head + part

    def _thread(self, ours: Ours) -> dict[str, str]:
        return self._random.choice([
            {"In-Reply-To": ours.id, "References": f"<lv-00001@s.example> {ours.id}"},
            {"In-Reply-To": ours.id},
            {"References": f"<lv-00001@s.example> {ours.id} <somebody-elses@client>", "In-Reply-To": "<somebody-elses@client>"},
            {"References": f"<a@b>\r\n {ours.id}"},
            {"in-reply-to": f"{ours.id} (your message of Thursday)"},
        ])  # fmt: skip

    def _encoded(self, text: str, kind: str) -> bytes:
        """The text as a part, in whatever encoding and however it is declared."""
        charset, declared = self._random.choice([
            ("utf-8", "utf-8"), ("utf-8", "UTF8"), ("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", '"GB18030"'), ("utf-8", ""), ("utf-8", "x-unknown"),
            ("gb18030", ""), ("big5hkscs", "big5"), ("iso2022_jp_2", "iso-2022-jp-2"), ("utf-8", "us-ascii"), ("utf-16", "utf-16"), ("hz", "hz-gb-2312"),
        ])  # fmt: skip
        try:
            content = text.encode(charset)
        except UnicodeError:
            content, declared = text.encode("utf-8"), "utf-8"
        way = self._random.choice(["8bit", "base64", "quoted-printable"])
        if way == "base64" or charset == "utf-16":
            way, content = "base64", base64.encodebytes(content)
        elif way == "quoted-printable":
            content = quopri.encodestring(content)
        end = f"; charset={declared}" if declared else ""
        return f"Content-Type: {kind}{end}\r\nContent-Transfer-Encoding: {way}\r\n\r\n".encode() + content

    def _with_files(self, part: bytes) -> bytes:
        parts = [part]
        for _ in range(self._random.randint(1, 3)):
            name = self._random.choice(BAD_NAMES)
            coded = base64.b64encode(name.encode()).decode()
            content = base64.encodebytes(self._random.randbytes(self._random.choice([10, 1000, 30_000])))
            head = f'Content-Type: application/octet-stream; name="=?utf-8?b?{coded}?="\r\nContent-Disposition: attachment; filename="=?utf-8?b?{coded}?="\r\nContent-Transfer-Encoding: base64\r\n\r\n'
            parts.append(head.encode() + content)
        line = b"\r\n--=limit=\r\n"
        return (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=limit="\r\n'
            + line
            + line.join(parts)
            + b"\r\n--=limit=--\r\n"
        )

    def _of_another(self) -> Sent:
        """A reply to a mail that went to somebody else."""
        ours, other = self._one(), self._one()
        if other.to == ours.to or any(other.to == one.to and one.id == ours.id for one in self._ours):
            return self._reply()
        sent = self._answered(ours, From=f"<{other.to}>")
        return Sent(sent.content, LISTED, "", sent.mark, other.to)

    def _forged_id(self) -> Sent:
        """A stranger, or somebody known, who made up the part that nobody can guess."""
        ours = self._one()
        local, _, domain = ours.id.strip("<>").partition("@")
        made_up = f"<{local.partition('.')[0]}.{self._random.randbytes(10).hex()}@{domain}>"
        sender = self._random.choice([ours.to, f"x{self._number}@evil.example"])
        sent = self._answered(Ours(made_up, sender, ours.cases, ours.known))
        return Sent(sent.content, LISTED, "", sent.mark, sender)

    def _without_token(self) -> Sent:
        ours = self._one()
        local, _, domain = ours.id.strip("<>").partition("@")
        sent = self._answered(Ours(f"<{local.partition('.')[0]}@{domain}>", ours.to, ours.cases, ours.known))
        return Sent(sent.content, LISTED, "", sent.mark, ours.to)

    def _spoofed(self) -> Sent:
        ours = self._one()
        said = self._random.choice([
            "mx.s.example; spf=pass; dmarc=fail (p=none)", "mx; dkim=fail; spf=fail", "mx.s.example;\r\n dkim=none;\r\n spf=fail smtp.mailfrom=evil.example",
        ])  # fmt: skip
        sent = self._answered(ours, **{"Authentication-Results": said})
        return Sent(sent.content, LISTED, "", sent.mark, ours.to)

    def _tricky_sender(self) -> Sent:
        ours = self._one()
        stranger = f"x{self._number}@evil.example"
        sender, shown = self._random.choice([
            (f'"{ours.to}" <{stranger}>', stranger), (f"{ours.to} <{stranger}>", ""), (f"<{ours.to}>, <{stranger}>", ""), ("", ""),
            (f"<{ours.to}.evil.example>", f"{ours.to}.evil.example"),
        ])  # fmt: skip
        sent = self._answered(ours, From=sender)
        return Sent(sent.content, ANY if not shown else LISTED, "", sent.mark, shown)

    def _automatic(self) -> Sent:
        ours = self._one()
        headers = self._random.choice([
            {"Auto-Submitted": "auto-replied"}, {"Auto-Submitted": "auto-generated (rejected)"}, {"X-Autoreply": "yes"}, {"Precedence": "bulk"},
            {"Subject": "Automatic reply: x"}, {"Subject": "=?utf-8?b?6Ieq5Yqo5Zue5aSNOiDlpJblh7o=?="}, {"Subject": "Out of Office: back on Monday"}, {"Return-Path": "<>"},
        ])  # fmt: skip
        sent = self._answered(ours, **headers)
        return Sent(sent.content, AUTOMATIC, "", sent.mark, ours.to)

    def _bounce(self) -> Sent:
        """A report about a mail that was never ours: it must mark nobody."""
        ours = self._one()
        local, _, domain = ours.id.strip("<>").partition("@")
        fake = f"<{local.partition('.')[0]}.{'0' * 20}@{domain}>"
        return Sent(a_bounce(fake, ours.to), AUTOMATIC)

    def _unrelated(self) -> Sent:
        text = f"Buy now {self._mark}"
        head = f"From: Shop <shop{self._number}@shop.example>\r\nSubject: Offer\r\nMessage-ID: <{self._mark}@shop>\r\nReferences: <a@b>\r\n\r\n{text}\r\n"
        return Sent(head.encode(), OTHER, "", self._mark)

    def _out_of_thread(self) -> Sent:
        """Somebody known who writes without answering, or a stranger who names a case."""
        ours = self._one()
        sender, subject = self._random.choice(
            [(ours.to, "News"), (f"x{self._number}@evil.example", f"About {self._random.choice(self._others)}")]
        )
        head = f"From: <{sender}>\r\nSubject: {subject}\r\nMessage-ID: <{self._mark}@c>\r\n\r\n{self._mark}\r\n"
        return Sent(head.encode(), LISTED, "", self._mark, sender)

    def _cut(self) -> Sent:
        """A mail that breaks off anywhere."""
        sent = self._reply()
        at = self._random.randrange(1, len(sent.content))
        return Sent(sent.content[:at], ANY, "", sent.mark, sent.sender, sent.may_be)

    def _nested(self) -> Sent:
        ours = self._one()
        depth = self._random.choice([3, 15, 30, 60])
        head = f"From: <{ours.to}>\r\nIn-Reply-To: {ours.id}\r\nMessage-ID: <{self._mark}@c>\r\n"
        inside = f"Content-Type: text/plain\r\n\r\n{self._mark}\r\n"
        for level in range(depth):
            inside = (
                f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{inside}\r\n--b{level}--\r\n'
            )
        return Sent((head + inside).encode(), ANY, "", self._mark, ours.to, ours.known)

    def _again(self) -> Sent:
        """A mail that was delivered a second time, perhaps on another way."""
        before = [one for one in self._before if one.becomes in (ANSWER, WHICH)]
        if not before:
            return self._reply()
        one = self._random.choice(before)
        content = b"Received: from elsewhere\r\n" + one.content if self._random.random() < 0.5 else one.content
        return Sent(content, "again", one.case, one.mark, one.sender, one.may_be)

    def _broken(self) -> Sent:
        """A reply with some bytes changed, anywhere behind its headers."""
        sent = self._reply()
        content = bytearray(sent.content)
        end = content.find(b"\r\n\r\n")
        for _ in range(self._random.randint(1, 20)):
            content[self._random.randrange(end + 4, len(content))] = self._random.randrange(256)
        return Sent(bytes(content), ANY, "", sent.mark, sent.sender, sent.may_be)

    def _noise(self) -> Sent:
        noise = self._random.randbytes(self._random.choice([0, 1, 100, 5000]))
        return Sent(noise or b"\r\n", ANY)


def a_bounce(message_id: str, to: str, status: str = "5.1.1", said: str = "smtp; 550 5.1.1 no such user") -> bytes:
    """What a mail server writes of a mail that it could not deliver."""
    return (
        "From: MAILER-DAEMON@s.example\r\nTo: office@s.example\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        f"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n\r\n"
        f"--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {message_id}\r\nFrom: office@s.example\r\nTo: {to}\r\nSubject: x\r\n\r\nold\r\n--r--\r\n"
    ).encode()
