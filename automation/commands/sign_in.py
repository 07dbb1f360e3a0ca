"""check --sign-in: lets a person sign in to Microsoft 365 or Google, once, so that runs get into the mail server by themselves."""

from __future__ import annotations

from dataclasses import replace

from automation.commands.mail_settings import mail_server
from automation.commands.options import RunOptions, Session
from automation.ledger.errors import Misused
from automation.mail.sign_in.settings import Provider, SignIn
from automation.text.catalogue import msg
from sheet_schema import Language


def sign_in(asked: RunOptions, session: Session, language: Language) -> None:
    """Have a person sign in, and keep that beside `ledger.toml`. Raises LedgerError."""
    if asked.dry_run:
        raise Misused(
            msg("--sign-in keeps what it gets in a file and --dry-run writes nothing: leave one of them out.")
        )
    server = mail_server(asked)
    if server is None or server.sign_in is None:
        raise Misused(
            msg(
                "--sign-in is for a mail server that takes a sign-in to Microsoft 365 or Google: set LEDGER_SMTP_HOST, and LEDGER_SMTP_LOGIN to microsoft or google."
            )
        )
    account = replace(server.sign_in, reads=bool(asked.imap_host))
    if account.provider is Provider.MICROSOFT:
        _by_code(account, session, language)
    else:
        _by_browser(account, session, language)


def _by_code(account: SignIn, session: Session, language: Language) -> None:
    from automation.mail.sign_in import microsoft  # an extra, and slow

    def ask(page: str, code: str) -> None:
        session.say(
            msg("Open {page} in any browser, type the code {code} there, and sign in as {user}. Waiting …").say(
                language, page=page, code=code, user=account.user
            )
        )

    chosen = microsoft.sign_in_by_code(account, ask)
    _tell(account, session, language)
    if chosen.lower() != account.user.lower():
        session.say(
            msg("You signed in as {chosen}: that account must be allowed to send as {user}.").say(
                language, chosen=chosen, user=account.user
            )
        )


def _by_browser(account: SignIn, session: Session, language: Language) -> None:
    from automation.mail.sign_in import google  # slow

    if not google.needs_a_person(account):
        session.say(msg("A service account of Google needs nobody to sign in.").say(language))
        return
    google.sign_in_by_browser(
        account,
        msg("If no browser opens, open this page in one on this computer, and sign in as {user}: {page}").say(
            language, user=account.user, page="{url}"
        ),
        msg("The ledger may send mail as {user} now. You can close this page.").say(language, user=account.user),
    )
    _tell(account, session, language)


def _tell(account: SignIn, session: Session, language: Language) -> None:
    session.say(
        msg("Signed in. It is kept in {path}, which is as good as a password: give it to nobody.").say(
            language, path=account.kept_in
        )
    )
