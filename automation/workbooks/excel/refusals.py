"""Files in which no ledger can be kept: how they are recognised, and what to tell the user.

The functions named after a fault return the error for the caller to raise.
"""

from __future__ import annotations

from pathlib import Path

from automation.ledger.errors import LedgerError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a file of old Office versions, and of an encrypted workbook."""

_OTHER_KINDS = {
    ".xls": "an old Excel workbook",
    ".xlsm": "a workbook with macros",
    ".xlsb": "a binary workbook",
    ".xltx": "a template",
    ".ods": "an OpenDocument workbook",
    ".et": "a WPS workbook",
    ".csv": "a plain text table",
}


def refuse_by_name(path: Path) -> None:
    """Raise LedgerError for a file whose ending says that it is of another kind."""
    kind = _OTHER_KINDS.get(path.suffix.lower())
    if kind is not None:
        raise LedgerError(
            f"{path.name} is {kind}: open it, save it as an Excel workbook (.xlsx), and give that file.",
            f"{path.name} 不是 .xlsx 文件：请打开它，另存为“Excel 工作簿 (.xlsx)”，再使用新文件。",
        )


def refuse_what_is_no_zip(data: bytes, name: str) -> None:
    """Raise LedgerError for content that cannot be an `.xlsx`, naming what it is if that can be told."""
    if not data:
        raise LedgerError(
            f"{name} is empty (0 bytes): restore it from the backups folder beside it.",
            f"{name} 是空文件（0 字节）：请从它旁边的备份文件夹中恢复。",
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise password(name)
        raise LedgerError(
            f"{name} is in the old .xls format: open it, save it as an Excel workbook (.xlsx), and give that file.",
            f"{name} 是旧版 .xls 格式：请打开它，另存为“Excel 工作簿 (.xlsx)”，再使用新文件。",
        )
    if not data.startswith(b"PK"):
        raise not_a_workbook(name)


def missing(name: str) -> LedgerError:
    return LedgerError(
        f"There is no workbook {name}: check the path, or make one with `jobs.py install`.",
        f"找不到工作簿 {name}：请检查路径，或用 `jobs.py install` 新建。",
    )


def directory(name: str) -> LedgerError:
    return LedgerError(
        f"{name} is a folder: give the path of the .xlsx file in it.",
        f"{name} 是文件夹：请给出其中 .xlsx 文件的路径。",
    )


def unreadable(name: str, reason: str) -> LedgerError:
    return LedgerError(
        f"{name} cannot be read ({reason}): check who may open it, and that the drive is connected.",
        f"无法读取 {name}（{reason}）：请检查文件权限，以及所在磁盘是否已连接。",
    )


def not_a_workbook(name: str) -> LedgerError:
    return LedgerError(
        f"{name} is not an Excel workbook (.xlsx), whatever its name says: give the ledger's own file.",
        f"{name} 不是 Excel 工作簿 (.xlsx)，只是扩展名相同：请使用台账文件本身。",
    )


def damaged(name: str) -> LedgerError:
    return LedgerError(
        f"{name} is damaged: open it in Excel to repair it, or restore it from the backups folder beside it.",
        f"{name} 已损坏：请用 Excel 打开修复，或从它旁边的备份文件夹中恢复。",
    )


def password(name: str) -> LedgerError:
    return LedgerError(
        f"{name} has a password to open it: remove it in Excel (File, Info, Protect Workbook), and protect the folder.",
        f"{name} 设有打开密码：请在 Excel 中取消（文件－信息－保护工作簿），改为限制文件夹的访问权限。",
    )


def too_big(name: str) -> LedgerError:
    return LedgerError(
        f"{name} is over 1 GB when unpacked, which no register is: find out what fills it, or restore a backup.",
        f"{name} 解压后超过 1 GB，台账不可能这么大：请查明原因，或恢复备份。",
    )


def no_such_tab(name: str, tab: str) -> LedgerError:
    return LedgerError(
        f"{name} has no tab “{tab}” any more: put it back, or run `jobs.py install`, which adds what is missing.",
        f"{name} 中已没有工作表“{tab}”：请恢复该表，或运行 `jobs.py install` 补上缺少的内容。",
    )


def cannot_be_written(tab: str, cell: str, en: str, zh: str) -> LedgerError:
    """For a value that no cell can hold, or a cell that must not be overwritten."""
    return LedgerError(f"Tab “{tab}”, cell {cell}: {en}", f"工作表“{tab}”单元格 {cell}：{zh}")


def far_cell(name: str, tab: str, cell: str) -> LedgerError:
    return LedgerError(
        f"{name}, tab “{tab}”: something stands in cell {cell}, far from everything else; clear that cell and save.",
        f"{name} 的工作表“{tab}”：单元格 {cell} 中有内容，离其他数据太远；请清除该单元格并保存。",
    )
