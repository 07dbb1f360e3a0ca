"""What an erasure has to know until it is finished, in a file of its own beside the ledger: once the ledger's row is erased, nothing else
knows any more by what the petitioner is found elsewhere. It is gone when the erasure is done (docs/design.md#p23.6).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.address import key_of
from automation.workbooks.file_rights import Rights
from automation.workbooks.plain_files import read_plain
from automation.workbooks.whole_files import write_whole


@dataclass(frozen=True)
class Pending:
    """An erasure that has begun: its case and certificate, what it is, who decided it and why, when it began, and by what the petitioner
    is known."""

    number: str
    certificate: int
    whole: bool
    by: str
    reason: str
    at: str
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    one_of_several: bool
    places: Mapping[str, int] = field(default_factory=dict)
    """Where something was erased so far, or is to be erased in cells, and how much."""


def state_file(workbook: str) -> Path:
    """Beside the ledger; for a Google Sheet, in the current folder."""
    if key := key_of(workbook):
        return Path(f".{key}.erasing")
    path = Path(workbook).resolve()
    return path.with_name(f".{path.name}.erasing")


def pending(workbook: str) -> Pending | None:
    """The erasure that has begun here and is not finished. Raises LedgerError if its file cannot be read."""
    path = state_file(workbook)
    try:
        told = json.loads(read_plain(path))
        return Pending(**{**told, "names": tuple(told["names"]), "contacts": tuple(told["contacts"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            msg(
                "{path}, which knows of an erasure that is not finished, cannot be read: put it back from wherever it is kept, or delete it and begin the erasure again."
            ).of(path=path)
        ) from error


def begin(workbook: str, state: Pending, rights: Rights | None) -> None:
    """Keep it, flushed. Raises OSError."""
    write_whole(
        state_file(workbook), json.dumps(asdict(state), ensure_ascii=False).encode("utf-8", "surrogatepass"), rights
    )


def end(workbook: str) -> None:
    state_file(workbook).unlink(missing_ok=True)
