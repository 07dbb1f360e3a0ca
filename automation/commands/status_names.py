"""The secret name of each case's status page: whoever has the receipt knows it, and nobody can guess it.

A name is a keyed checksum of the case's number. The key is made once, at random, and lies in a file of its own beside the
ledger that its owner alone may read; not in the sheet, where everybody who may open it would read it, and not in
`ledger.toml`, which is handed around. Where several computers print receipts, or nothing may lie on a disk, it is in the
environment (docs/design.md#p14.6).
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.address import key_of
from automation.workbooks.plain_files import open_plain, read_plain, reason_of
from automation.workbooks.whole_files import write_flushed

ENDING = ".html"
IN_ENVIRONMENT = "LEDGER_STATUS_SECRET"
_FEWEST = 32
"""Characters that a secret must have: 32 hexadecimal digits are 128 bits."""
_BYTES = 20
"""Bytes of a name: 160 bits, 32 letters and digits."""


def status_names(workbook: str) -> Callable[[str], str]:
    """Gives the name of the page of each case, by its number. Makes the secret if there is none yet. Raises LedgerError."""
    secret = _secret(workbook)

    def name(number: str) -> str:
        digest = hmac.new(secret, b"status\0" + number.encode("utf-8", "surrogatepass"), sha256).digest()
        return base64.b32encode(digest[:_BYTES]).decode().lower()

    return name


def secret_file(workbook: str) -> Path:
    """Where the secret of this ledger lies: beside it; for a Google Sheet, in the current folder."""
    if key := key_of(workbook):
        return Path(f".{key}.status-secret")
    path = Path(workbook).resolve()
    return path.with_name(f".{path.name}.status-secret")


def _secret(workbook: str) -> bytes:
    given = os.environ.get(IN_ENVIRONMENT, "").strip()
    if given:
        return _long_enough(given, IN_ENVIRONMENT)
    path = secret_file(workbook)
    try:
        with suppress(FileExistsError):
            _make(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise LedgerError(
                msg("{path} can be read by others, and with it every status page: allow it to its owner only.").of(
                    path=path
                )
            )
        return _long_enough(read_plain(path, 4096).decode("ascii", "replace").strip(), str(path))
    except OSError as error:
        raise LedgerError(
            msg("{path}, which has the secret of the status pages, cannot be used ({reason}).").of(
                path=path, reason=reason_of(error)
            )
        ) from error


def _make(path: Path) -> None:
    """Write a new secret. Raises FileExistsError if there is one."""
    with os.fdopen(open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        write_flushed(file, secrets.token_hex(32).encode())


def _long_enough(secret: str, where: str) -> bytes:
    if len(secret) < _FEWEST:
        raise LedgerError(
            msg("The secret in {where} is too short: it needs {fewest} random characters or more.").of(
                where=where, fewest=_FEWEST
            )
        )
    return secret.encode("utf-8", "surrogatepass")
