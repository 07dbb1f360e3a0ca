"""preview: every mail that this moment calls for, as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from automation.commands.options import RunOptions
from automation.commands.progress import Say
from automation.commands.request import request_of
from automation.mail.transport.folder import PAGE, FolderMailer
from automation.run.previews import previewed
from automation.workbooks.opening import workbook_at


def preview_mails(asked: RunOptions, into: str, say: Say) -> int:
    """Write every mail that this moment calls for as a page into a folder; nothing is claimed or sent."""
    clock = datetime.now(UTC)
    mails, ledger = previewed(workbook_at(asked.workbook, clock).read(), request_of("run", asked, clock))
    folder = Path(into)
    for old in folder.glob("*.eml"):
        old.unlink()
    mailer = FolderMailer(folder, ledger.language)
    for mail in mails:
        mailer.deliver(mail)
    mailer.close()
    said = {"en": "{n} mails, shown in {page}. Nothing was sent.", "zh": "{n} 封邮件，见 {page}。没有发出。"}
    nothing = {"en": "No mail is called for now.", "zh": "目前没有需要发的邮件。"}
    text = said[ledger.language].format(n=len(mails), page=folder / PAGE) if mails else nothing[ledger.language]
    say(text)
    return 0
