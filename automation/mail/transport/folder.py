"""The outbox folder: every mail as an `.eml` file, and one page that shows them all.

A file is named after the mail's id, never after the content of a cell, so writing a mail again replaces the same file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from automation.ledger.chats import chat_name, is_chat
from automation.ledger.errors import LedgerError
from automation.mail.mail import Mail
from automation.mail.message import compose
from automation.mail.transport.gallery import Shown, page_of
from automation.mail.transport.mailer import Handed, HandingOver, unmarked
from automation.text.catalogue import Message, Sentences, msg
from automation.text.dates import moment_name
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.plain_files import reason_of
from automation.workbooks.whole_files import write_whole
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeState

PAGE = "index.html"
SHOWN = 200
"""Mails on the page, the newest. Each is read anew for it, and a ledger on trial may have written thousands."""

_CHAT = msg("Chat: {name}")
_ENDINGS = {"text/html": "html"}
"""Media types of attachments that are also written as files of their own; all others are only inside the mail."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("Outbox"),
    "count": msg("{n} mails, the newest first. They were written here, not sent."),
    "more": msg(
        "{n} mails, of which the newest {shown} are shown, the newest first. They were written here, not sent; the older ones lie beside this page."
    ),
}


@dataclass(frozen=True)
class Earlier:
    """Where earlier versions wrote the mails of all ledgers that lay beside each other, and which are this ledger's.

    If others lay there, too, a mail is known by its id and its time in the `zone` of the ledger, since two ledgers may
    have written mails of the same id.
    """

    folder: Path
    mails: frozenset[tuple[str, str]]
    zone: tzinfo
    shared: bool

    def paths(self) -> list[Path]:
        """The files of this ledger's mails."""
        ids = {mail_id for mail_id, _ in self.mails}
        likely = [path for path in _mails_in(self.folder) if _id_of(path) in ids]
        return [path for path in likely if not self.shared or (_id_of(path), self._moment(path)) in self.mails]

    def _moment(self, mail: Path) -> str:
        """The day and time of a mail, by the office's clock."""
        return parsedate_to_datetime(_read(mail)["Date"]).astimezone(self.zone).replace(tzinfo=None).isoformat()


@dataclass
class FolderMailer:
    """Writes mails into a folder. `language` is that of the page that lists them, `rights` says who may read it all."""

    folder: Path
    language: Language
    rights: Rights | None = None
    earlier: Earlier | None = None
    wrote: bool = False
    leaves_doubt: bool = False
    """A mail written again is the same file, so there is nothing to doubt."""
    ended: LedgerError | None = None

    def open(self) -> None:
        """Make the folder, so that nothing is claimed if it cannot be used. Raises LedgerError."""
        try:
            make_folder(self.folder, self.rights)
        except OSError as error:
            raise self._unwritable(error) from error

    def deliver(self, mail: Mail, _: HandingOver = unmarked) -> Handed:
        """Write one mail. Raises LedgerError if the folder cannot be written."""
        try:
            make_folder(self.folder, self.rights)
            types = [attachment.media_type for attachment in mail.attachments]
            path = self.folder / f"{mail.kind}-{mail.id}.eml"
            for beside, attachment in zip(_beside(path, types), mail.attachments, strict=True):
                if beside is not None:
                    write_whole(beside, attachment.content, self.rights)
            write_whole(path, compose(mail).as_bytes(), self.rights)
        except OSError as error:
            raise self._unwritable(error) from error
        self.wrote = True
        return Handed(NoticeState.WRITTEN)

    def close(self) -> None:
        """Bring the page up to date. Raises LedgerError if it cannot be written."""
        if self.wrote:
            try:
                self.list_mails()
            except OSError as error:
                raise self._unwritable(error) from error

    def list_mails(self) -> Path:
        """Write the page anew from the mails in the folder, and give its path. Raises OSError."""
        earlier = self.earlier.paths() if self.earlier else []
        paths = sorted((*_mails_in(self.folder), *earlier), key=lambda path: path.stat().st_mtime_ns)
        mails = [(path, _read(path)) for path in paths[-SHOWN:]]
        mails.sort(key=lambda one: (parsedate_to_datetime(one[1]["Date"]), str(one[1]["Message-ID"])), reverse=True)
        page, texts = self.folder / PAGE, Sentences(_TEXTS, self.language)
        shown = [_shown(path, mail, self.folder, self.language) for path, mail in mails]
        count = texts.say("more" if len(paths) > len(shown) else "count", n=len(paths), shown=len(shown))
        write_whole(page, page_of(shown, texts["title"], count, self.language).encode(), self.rights)
        return page

    def _unwritable(self, error: OSError) -> LedgerError:
        return LedgerError(
            msg("The outbox {folder} cannot be written ({reason}): free some space or check who may write there.").of(
                folder=self.folder, reason=reason_of(error)
            )
        )


def _mails_in(folder: Path) -> list[Path]:
    """The mails in a folder: ordinary files, no links."""
    return [path for path in folder.glob("*.eml") if path.is_file() and not path.is_symlink()]


def _id_of(mail: Path) -> str:
    return mail.stem.rpartition("-")[2]


def _shown(path: Path, mail: EmailMessage, page: Path, language: Language) -> Shown:
    """A mail for the page in the folder `page`, with the day and time that it names itself."""
    html, text = (mail.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
    attached = list(mail.iter_attachments())
    files = zip(attached, _beside(path, [one.get_content_type() for one in attached]), strict=True)
    return Shown(
        subject=str(mail["Subject"]),
        to=_to(mail, language),
        date=moment_name(parsedate_to_datetime(mail["Date"]), language),
        html=html.get_content() if html is not None else "",
        text=text.get_content() if text is not None else "",
        files=tuple(
            (one.get_filename() or beside.name, Path(os.path.relpath(beside, page)).as_posix())
            for one, beside in files
            if beside is not None and beside.is_file()
        ),
    )


def _to(mail: EmailMessage, language: Language) -> str:
    """Whom a mail is for, as its header says; of a message in a chat, the chat."""
    names = [group.display_name or "" for group in mail["To"].groups]
    if names and is_chat(names[0]):
        return _CHAT.say(language, name=chat_name(names[0]))
    return str(mail["To"])


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
