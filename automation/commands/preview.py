"""preview: show every mail that is due now as a page."""

from __future__ import annotations

from dataclasses import dataclass

from automation.commands.language import spoken_of
from automation.commands.options import RunOptions, Session
from automation.commands.request import request_of, where_it_leads
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
    workbook = workbook_at(asked.workbook, session.real_time)
    snapshot = workbook.read()
    mails, ledger = previewed(snapshot, request_of("run", asked, session.real_time))
    folder = where_it_leads(asked.into)
    for old in folder.glob("*.eml"):
        old.unlink()
    rights = workbook.own_file.rights_beside() if workbook.own_file is not None else None
    mailer = FolderMailer(folder, ledger.language, rights)
    for mail in mails:
        mailer.deliver(mail)
    mailer.close()
    said = msg("{n} mails, shown in {page}. Nothing was sent.")
    nothing = msg("No mail is due now.")
    language = spoken_of(ledger.language)
    text = said.say(language, n=len(mails), page=folder / PAGE) if mails else nothing.say(language)
    session.say(text)
    return 0
