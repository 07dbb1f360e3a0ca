"""From the settings of a sign-in to the token that a mail server takes instead of a password, by SMTP and by IMAP alike."""

from __future__ import annotations

from automation.mail.sign_in.settings import Provider, SignIn


def access_token(sign_in: SignIn, *, renew: bool = False) -> str:
    """A token for this account, from what was kept of its sign-in; with `renew` a new one, even if the old one might do.

    Raises LedgerError in one sentence if nobody signed in, if the sign-in no longer counts, or if nobody can be reached.
    """
    if sign_in.provider is Provider.MICROSOFT:
        from automation.mail.sign_in import microsoft  # each brings its own library

        return microsoft.token(sign_in, renew=renew)
    from automation.mail.sign_in import google  # as above

    return google.token(sign_in, renew=renew)


def xoauth2(user: str, token: str) -> str:
    """What is said after `AUTH XOAUTH2` (SMTP) or `AUTHENTICATE XOAUTH2` (IMAP), before it is put into base64."""
    return f"user={user}\1auth=Bearer {token}\1\1"
