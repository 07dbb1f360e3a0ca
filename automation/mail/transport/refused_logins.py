"""What a refused login means at the servers that schools use, by what these answer, and what to do about it.

The answers are Microsoft's, Google's, Tencent's and NetEase's own, as people have reported them.
"""

from __future__ import annotations

import re

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import Provider
from automation.mail.transport.mailer import MailServer
from automation.text.catalogue import Message, msg

_OFF = msg(
    "Microsoft 365 lets nobody send by SMTP in this organisation or mailbox, so {place} refused the login of {user} and nothing was sent: ask the administrator to tick Authenticated SMTP for this mailbox (Microsoft 365 admin center, Users, Mail, Manage email apps). Its answer: {reply}"
)
_NO_PASSWORDS = msg(
    "Microsoft 365 takes no passwords any more, so {place} refused the login of {user} and nothing was sent: set LEDGER_SMTP_LOGIN to microsoft and run `check --sign-in` once. Its answer: {reply}"
)
_POLICY = msg(
    "A rule of this organisation in Microsoft 365 (security defaults or Conditional Access) forbids this login, so {place} refused {user} and nothing was sent: set LEDGER_SMTP_LOGIN to microsoft, or ask the administrator to allow it for this mailbox. Its answer: {reply}"
)
_APP_PASSWORD = msg(
    "Google wants an app password, not the one that people type, so {place} refused the login of {user} and nothing was sent: make one at myaccount.google.com/apppasswords and put it in LEDGER_SMTP_PASSWORD, or set LEDGER_SMTP_LOGIN to google. Its answer: {reply}"
)
_BROWSER = msg(
    "Google wants this account to log in with a browser first, so {place} refused the login of {user} and nothing was sent: do that once, then make an app password, or set LEDGER_SMTP_LOGIN to google. Its answer: {reply}"
)
_AUTHORISATION = msg(
    "This mailbox wants the authorisation code that its own web page gives out, not the password, so {place} refused the login of {user} and nothing was sent: turn on SMTP in the mailbox's settings, get a code there, and put it in LEDGER_SMTP_PASSWORD. Its answer: {reply}"
)
_BY_TOKEN = msg(
    "The mail server {place} refused the sign-in of {user}, also with a new token, so nothing was sent: check that LEDGER_SMTP_USER is the mailbox that was signed in to, or one it may send for, and that SMTP is allowed for it. Its answer: {reply}"
)
_PLAIN = msg(
    "The mail server {place} refused the login of {user}, so nothing was sent: check LEDGER_SMTP_USER and LEDGER_SMTP_PASSWORD. Its answer: {reply}"
)
_MEANS: tuple[tuple[str, str, Message], ...] = (
    ("", r"SmtpClientAuthentication is disabled|smtp_auth_disabled", _OFF),
    ("", r"5\.7\.139.*basic authentication is disabled", _NO_PASSWORDS),
    ("", r"5\.7\.139", _POLICY),
    ("", r"5\.7\.9 |[Aa]pplication-specific password|InvalidSecondFactor", _APP_PASSWORD),
    ("", r"5\.7\.14 |WebLoginRequired", _BROWSER),
    (r"(gmail|google(mail)?)\.com$", r"5\.7\.8|BadCredentials", _APP_PASSWORD),
    ("", r"authorization code|service\.mail\.qq\.com", _AUTHORISATION),
    (r"(^|\.)(qq|163|126|sina|aliyun|139|189|sohu)\.(com|cn)$|yeah\.net$|qiye\.", r"^5\d\d", _AUTHORISATION),
)
"""Whose server it is (its name, blank = anybody's), what it answers, and what that means. The first that fits holds."""
_ALSO_BY_TOKEN = (_OFF, _POLICY)
"""What is as true of a login without a password."""


def refused_login(server: MailServer, reply: str) -> LedgerError:
    """What the reply means, and what to do."""
    meant = next(
        (
            message
            for host, answer, message in _MEANS
            if re.search(host, server.host.lower()) and re.search(answer, reply, re.DOTALL)
        ),
        _PLAIN,
    )
    if server.sign_in is not None and not (server.sign_in.provider is Provider.MICROSOFT and meant in _ALSO_BY_TOKEN):
        meant = _BY_TOKEN
    return LedgerError(meant.of(place=server.place, user=server.user, reply=reply))
