"""The outbox folder: every mail as an `.eml` file, and one page that lists and shows them.

A file is named by the mail's id, never by what stands in a cell; the same mail again is the same file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path

from automation.errors import LedgerError
from automation.mail.mailer import Handed
from automation.mail.message import Mail, compose
from sheet_schema.vocabulary import NoticeState

PAGE = "index.html"

_HEAD = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, "Microsoft YaHei", sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; }}
details {{ border: 1px solid #9aa5b1; border-radius: .4rem; margin: .6rem 0; padding: .5rem .8rem; }}
summary {{ cursor: pointer; overflow-wrap: anywhere; }}
summary small {{ display: block; opacity: .75; }}
iframe {{ width: 100%; height: 34rem; border: 0; background: #fff; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
</style></head><body><h1>{title}</h1><p>{count}</p>
"""
_TEXTS = {
    "en": {
        "title": "Outbox",
        "count": "{n} mails, the newest first. They were written here, not sent.",
        "text": "As plain text",
    },
    "zh": {
        "title": "发件箱",
        "count": "共 {n} 封邮件，最新的在前。邮件只写在这里，没有发出。",
        "text": "纯文本",
    },
}


@dataclass
class FolderMailer:
    """Writes mails into a folder. `language` is that of its page."""

    folder: Path
    language: str
    wrote: bool = False

    def open(self) -> None:
        """A folder needs no login; it is made with its first mail."""

    def deliver(self, mail: Mail) -> Handed:
        """Write one mail. Raises LedgerError when the folder cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / f"{mail.kind}-{mail.id}.eml", compose(mail).as_bytes())
        except OSError as error:
            raise LedgerError(
                f"The outbox {self.folder} cannot be written ({error.strerror}): free some space or check who may write there.",
                f"无法写入发件箱 {self.folder}（{error.strerror}）：请检查磁盘空间和写入权限。",
            ) from error
        self.wrote = True
        return Handed(NoticeState.WRITTEN)

    def close(self) -> None:
        """Bring the page up to date."""
        if self.wrote:
            self.list_mails()

    def list_mails(self) -> Path:
        """Write the page from the mails that are in the folder, so that it is always whole; where it is."""
        mails = [_read(path) for path in self.folder.glob("*.eml")]
        mails.sort(
            key=lambda mail: (parsedate_to_datetime(mail["Date"]), str(mail["Message-ID"])), reverse=True
        )
        page = self.folder / PAGE
        _write(page, "".join(_page(mails, self.language)).encode())
        return page


def _page(mails: list[EmailMessage], language: str) -> Iterable[str]:
    texts = _TEXTS[language]
    yield _HEAD.format(language=language, title=texts["title"], count=texts["count"].format(n=len(mails)))
    for mail in mails:
        html, text = (mail.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
        shown = html.get_content() if html is not None else ""
        plain = text.get_content() if text is not None else ""
        yield (
            f"<details><summary>{escape(str(mail['Subject']))}<small>{escape(str(mail['To']))} · {escape(str(mail['Date']))}"
            f'</small></summary><iframe sandbox="" title="{escape(str(mail["Subject"]))}" srcdoc="{escape(shown)}"></iframe>'
            f"<details><summary>{texts['text']}</summary><pre>{escape(plain)}</pre></details></details>\n"
        )
    yield "</body></html>\n"


def _read(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
