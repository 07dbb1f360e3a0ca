"""preview: show every mail that is due now as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from automation.commands.options import RunOptions, Session
from automation.commands.request import request_of
from automation.mail.transport.folder import PAGE, FolderMailer
from automation.run.previews import previewed
from automation.text.catalogue import msg
from automation.workbooks.opening import workbook_at


@dataclass(frozen=True)
class PreviewOptions(RunOptions):
    """The options of `preview`, as typed."""

    into: str = "preview"


def preview_mails(asked: PreviewOptions, session: Session) -> int:
    """Write every mail that is due now as a page into a folder, without claiming or sending any."""
    snapshot = workbook_at(asked.workbook, session.real_time).read()
    mails, ledger = previewed(snapshot, request_of("run", asked, session.real_time))
    folder = Path(asked.into)
    for old in folder.glob("*.eml"):
        old.unlink()
    mailer = FolderMailer(folder, ledger.language)
    for mail in mails:
        mailer.deliver(mail)
    mailer.close()
    said = msg("{n} mails, shown in {page}. Nothing was sent.")
    nothing = msg("No mail is called for now.")
    text = said.say(ledger.language, n=len(mails), page=folder / PAGE) if mails else nothing.say(ledger.language)
    session.say(text)
    return 0
