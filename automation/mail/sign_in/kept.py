"""The file beside `ledger.toml` in which a sign-in is kept: for this account's eyes only, and written whole or not at all."""

from __future__ import annotations

import json
from contextlib import suppress

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import SignIn
from automation.text.catalogue import msg
from automation.workbooks.file_rights import for_one_account
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

_MOST = 1_000_000


def kept(sign_in: SignIn) -> str | None:
    """What was kept of the sign-in of this account and application; None if there is nothing. Raises LedgerError."""
    try:
        content = read_plain(sign_in.kept_in, _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerError(
            msg("The sign-in to the mail server in {path} cannot be read ({reason}): check who may read it.").of(
                path=sign_in.kept_in, reason=reason_of(error)
            )
        ) from error
    with suppress(OSError):  # a copy of the file may be readable for others
        sign_in.kept_in.chmod(0o600)
    try:
        found = json.loads(content)
        return str(found["kept"]) if found["for"] == _whose(sign_in) else None
    except (ValueError, KeyError, TypeError):
        return None  # torn, or something else: whoever signs in again replaces it


def keep(sign_in: SignIn, secret: str) -> None:
    """Keep it in place of what was kept. Raises LedgerError."""
    content = json.dumps({"for": _whose(sign_in), "kept": secret}, ensure_ascii=False).encode()
    try:
        write_whole(sign_in.kept_in, content, for_one_account(sign_in.kept_in))
    except OSError as error:
        raise LedgerError(
            msg(
                "The sign-in to the mail server cannot be kept in {path} ({reason}): let the program's account write there, or name another file with LEDGER_SMTP_TOKEN_FILE."
            ).of(path=sign_in.kept_in, reason=reason_of(error))
        ) from error


def _whose(sign_in: SignIn) -> dict[str, str]:
    return {"provider": sign_in.provider, "user": sign_in.user.lower(), "client": sign_in.client}
