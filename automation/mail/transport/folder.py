"""The outbox folder: every mail as an `.eml` file, and one page that shows them all.

A file is named after the mail's id, never after the content of a cell, so writing a mail again replaces the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.mail.mail import Mail
from automation.mail.message import compose
from automation.mail.transport.gallery import Shown, page_of
from automation.mail.transport.mailer import Handed, HandingOver, unmarked
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.whole_files import write_whole
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeState

PAGE = "index.html"

_ENDINGS = {"text/html": "html"}
"""Media types of attachments that are also written as files of their own; all others are only inside the mail."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("Outbox"),
    "count": msg("{n} mails, the newest first. They were written here, not sent."),
}


@dataclass
class FolderMailer:
    """Writes mails into a folder. `language` is that of the page that lists them."""

    folder: Path
    language: Language
    wrote: bool = False
    leaves_doubt: bool = False
    """A mail written again is the same file, so there is nothing to doubt."""
    ended: LedgerError | None = None

    def open(self) -> None:
        """Nothing to prepare: the folder is made with its first mail."""

    def deliver(self, mail: Mail, _: HandingOver = unmarked) -> Handed:
        """Write one mail. Raises LedgerError if the folder cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            types = [attachment.media_type for attachment in mail.attachments]
            path = self.folder / f"{mail.kind}-{mail.id}.eml"
            for beside, attachment in zip(_beside(path, types), mail.attachments, strict=True):
                if beside is not None:
                    write_whole(beside, attachment.content)
            write_whole(path, compose(mail).as_bytes())
        except OSError as error:
            raise LedgerError(
                msg(
                    "The outbox {folder} cannot be written ({reason}): free some space or check who may write there."
                ).of(folder=self.folder, reason=error.strerror)
            ) from error
        self.wrote = True
        return Handed(NoticeState.WRITTEN)

    def close(self) -> None:
        """Bring the page up to date."""
        if self.wrote:
            self.list_mails()

    def list_mails(self) -> Path:
        """Write the page anew from all mails in the folder, and give its path."""
        mails = [(path, _read(path)) for path in self.folder.glob("*.eml")]
        mails.sort(key=lambda one: (parsedate_to_datetime(one[1]["Date"]), str(one[1]["Message-ID"])), reverse=True)
        page, texts = self.folder / PAGE, Sentences(_TEXTS, self.language)
        shown = [_shown(path, mail) for path, mail in mails]
        count = texts.say("count", n=len(shown))
        write_whole(page, page_of(shown, texts["title"], count, self.language).encode())
        return page


def _shown(path: Path, mail: EmailMessage) -> Shown:
    html, text = (mail.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
    attached = list(mail.iter_attachments())
    files = zip(attached, _beside(path, [one.get_content_type() for one in attached]), strict=True)
    return Shown(
        subject=str(mail["Subject"]),
        to=str(mail["To"]),
        date=str(mail["Date"]),
        html=html.get_content() if html is not None else "",
        text=text.get_content() if text is not None else "",
        files=tuple(
            (one.get_filename() or beside.name, beside.name)
            for one, beside in files
            if beside is not None and beside.is_file()
        ),
    )


def _beside(mail: Path, media_types: Iterable[str]) -> list[Path | None]:
    """The path of each attachment as a file beside its mail, `None` if it gets none. Numbered after the mail, never
    named as the attachment is, since that name may hold anything."""
    endings = [_ENDINGS.get(media_type) for media_type in media_types]
    return [
        mail.with_name(f"{mail.stem}-{number}.{ending}") if ending else None
        for number, ending in enumerate(endings, start=1)
    ]


def _read(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    return message
