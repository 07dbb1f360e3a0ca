"""Saves an openpyxl workbook: the same bytes for the same workbook."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter


class _UndatedZip(ZipFile):
    """A zip file whose entries have no time, so that it depends on its content only."""

    def writestr(self, zinfo_or_arcname: ZipInfo | str, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname
        entry = ZipInfo(name if isinstance(name, str) else name.filename, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(str(arcname), Path(filename).read_bytes())


def saved(book: Workbook) -> bytes:
    """The file's bytes. Unlike `book.save`, this leaves the document's dates as they are."""
    out = io.BytesIO()
    with _UndatedZip(out, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return out.getvalue()
