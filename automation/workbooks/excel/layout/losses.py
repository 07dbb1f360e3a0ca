"""What openpyxl would drop from a workbook, so that we refuse in words rather than lose it in silence.

A run never saves through openpyxl. Only `install` does, if a tab or column is missing from a workbook people have
worked in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from automation.ledger.errors import LedgerError
from automation.text.catalogue import Message, msg
from automation.workbooks.excel.xml.package import Package

BY_PART = (
    (r"xl/vbaProject", msg("macros")),
    (r"xl/threadedComments/", msg("threaded comments")),
    (r"xl/slicer", msg("slicers")),
    (r"xl/timeline", msg("timelines")),
    (r"xl/(ctrlProps|activeX)/", msg("form controls")),
    (r"xl/embeddings/", msg("embedded objects")),
    (r"xl/diagrams/", msg("SmartArt")),
    (r"xl/(richData/|model/|queryTables/|connections\.xml)", msg("linked data")),
    (r"xl/charts/", msg("charts")),
    (r"xl/media/", msg("pictures")),
)
"""Things that openpyxl drops, recognised by the names of their parts of the file."""
BY_EXTENSION = (
    (b"sparklineGroups", msg("sparklines")),
    (b"dataValidations", msg("dropdowns that lead to another tab")),
    (b"conditionalFormattings", msg("data bars or icon sets")),
)
"""Things that openpyxl drops, recognised by a word within a tab's extensions."""
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s>]")
_EXTENSIONS = re.compile(rb"<(?:\w+:)?extLst[\s>].*?</(?:\w+:)?extLst>", re.DOTALL)


def refuse_losses(package: Package, adding: str, ours: Collection[str] = ()) -> None:
    """Raise LedgerError, naming what and where, if the workbook holds anything that openpyxl would drop. `adding` names
    what was to be added; `ours` are parts that do not count, since they are laid out anew anyway."""
    found = losses(package, ours)
    if found:
        raise LedgerError(
            msg(
                "{package} lacks {adding}, and putting it in would lose what you made: {found}. Nothing was changed. Make a new ledger with `install`, or take that out first."
            ).of(package=package.name, adding=adding, found=found)
        )


def losses(package: Package, ours: Collection[str] = ()) -> list[Message]:
    """What openpyxl would drop, and from which tab."""
    found: list[Message] = []
    found += (one for one in (*_in_the_package(package, ours), *_on_tabs(package)) if one not in found)
    return found


def _in_the_package(package: Package, ours: Collection[str]) -> Iterator[Message]:
    parts = [part for part in package.parts if part not in ours]
    for pattern, what in BY_PART:
        if any(re.match(pattern, part, re.IGNORECASE) for part in parts):
            yield what
    drawings = [part for part in package.parts if part.lower().startswith("xl/drawings/drawing")]
    if any(_SHAPE.search(package.part(part)) for part in drawings):
        yield msg("shapes or text boxes")


def _on_tabs(package: Package) -> Iterator[Message]:
    for title, part in package.sheets.items():
        extensions = b"".join(_EXTENSIONS.findall(package.part(part)))
        for mark, what in BY_EXTENSION:
            if mark in extensions:
                yield msg("{what} on the tab {title}").of(what=what, title=title)
