"""Files in which no ledger can be kept: how they are recognised, and what to tell the user.

The functions named after a fault return the error for the caller to raise.
"""

from __future__ import annotations

from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import Message, msg
from automation.workbooks.excel.xml.used_area import MOST_CELLS

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a file of old Office versions, and of an encrypted workbook."""

_OTHER_KINDS = {
    ".xls": msg("an old Excel workbook"),
    ".xlsm": msg("a workbook with macros"),
    ".xlsb": msg("a binary workbook"),
    ".xltx": msg("a template"),
    ".ods": msg("an OpenDocument workbook"),
    ".et": msg("a WPS workbook"),
    ".csv": msg("a plain text table"),
}


def refuse_by_name(path: Path) -> None:
    """Raise LedgerError for a file whose ending says that it is of another kind."""
    kind = _OTHER_KINDS.get(path.suffix.lower())
    if kind is not None:
        raise LedgerError(
            msg("{path} is {kind}: open it, save it as an Excel workbook (.xlsx), and give that file.").of(
                path=path.name, kind=kind
            )
        )


def refuse_what_is_no_zip(data: bytes, name: str) -> None:
    """Raise LedgerError for content that cannot be an `.xlsx`, naming what it is if that can be told."""
    if not data:
        raise LedgerError(msg("{name} is empty (0 bytes): restore it from the backups folder beside it.").of(name=name))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise password(name)
        raise LedgerError(
            msg(
                "{name} is in the old .xls format: open it, save it as an Excel workbook (.xlsx), and give that file."
            ).of(name=name)
        )
    if not data.startswith(b"PK"):
        raise not_a_workbook(name)


def missing(name: str) -> LedgerError:
    return LedgerError(msg("There is no workbook {name}: check the path, or make one with `install`.").of(name=name))


def directory(name: str) -> LedgerError:
    return LedgerError(msg("{name} is a folder: give the path of the .xlsx file in it.").of(name=name))


def unreadable(name: str, reason: Message | str) -> LedgerError:
    return LedgerError(
        msg("{name} cannot be read ({reason}): check who may open it, and that the drive is connected.").of(
            name=name, reason=reason
        )
    )


def not_a_workbook(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is not an Excel workbook (.xlsx), whatever its name says: give the ledger's own file.").of(
            name=name
        )
    )


def damaged(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is damaged: open it in Excel to repair it, or restore it from the backups folder beside it.").of(
            name=name
        )
    )


def password(name: str) -> LedgerError:
    return LedgerError(
        msg(
            "{name} has a password to open it: remove it in Excel (File, Info, Protect Workbook), and protect the folder."
        ).of(name=name)
    )


def signed(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is digitally signed, and any change would break the signature: remove it first.").of(name=name)
    )


def too_big(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is over 1 GB when unpacked, which no register is: find out what fills it, or restore a backup.").of(
            name=name
        )
    )


def no_such_tab(name: str, tab: str) -> LedgerError:
    return LedgerError(
        msg("{name} has no tab “{tab}” any more: put it back, or run `install`, which adds what is missing.").of(
            name=name, tab=tab
        )
    )


def cannot_be_written(tab: str, cell: str, why: Message) -> LedgerError:
    """For a value that no cell can hold, or a cell that must not be overwritten."""
    return LedgerError(msg("Tab “{tab}”, cell {cell}: {why}").of(tab=tab, cell=cell, why=why))


def too_large(name: str, tab: str, far: str | None) -> LedgerError:
    """For a tab with a cell far from all others, or (None) with more cells than can be read."""
    if far is None:
        return LedgerError(
            msg(
                "{name}, tab “{tab}”: more cells are filled than a register has (the bound is {most} in a tab); move what does not belong here to another file."
            ).of(name=name, tab=tab, most=f"{MOST_CELLS:,}")
        )
    return LedgerError(
        msg(
            "{name}, tab “{tab}”: something stands in cell {cell}, far from everything else; clear that cell and save."
        ).of(name=name, tab=tab, cell=far)
    )
