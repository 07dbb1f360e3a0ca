"""What openpyxl would drop from a workbook, so that we refuse in words rather than lose it in silence.

A run never saves through openpyxl. Only `install` does, if a tab or column is missing from a workbook people have
worked in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from automation.ledger.errors import LedgerError
from automation.text.catalogue import Words
from automation.workbooks.excel.xml.package import Package

BY_PART = (
    (r"xl/vbaProject", Words("macros", "宏")),
    (r"xl/threadedComments/", Words("threaded comments", "会话式批注")),
    (r"xl/slicer", Words("slicers", "切片器")),
    (r"xl/timeline", Words("timelines", "日程表")),
    (r"xl/(ctrlProps|activeX)/", Words("form controls", "表单控件")),
    (r"xl/embeddings/", Words("embedded objects", "嵌入对象")),
    (r"xl/diagrams/", Words("SmartArt", "SmartArt 图形")),
    (r"xl/(richData/|model/|queryTables/|connections\.xml)", Words("linked data", "外部数据")),
    (r"xl/charts/", Words("charts", "图表")),
    (r"xl/media/", Words("pictures", "图片")),
)
"""Things that openpyxl drops, recognised by the names of their parts of the file."""
BY_EXTENSION = (
    (b"sparklineGroups", Words("sparklines", "迷你图")),
    (b"dataValidations", Words("dropdowns that lead to another tab", "引用其他表的下拉列表")),
    (b"conditionalFormattings", Words("data bars or icon sets", "数据条或图标集")),
)
"""Things that openpyxl drops, recognised by a word within a tab's extensions."""
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s>]")
_EXTENSIONS = re.compile(rb"<(?:\w+:)?extLst[\s>].*?</(?:\w+:)?extLst>", re.DOTALL)


def refuse_losses(package: Package, adding: str, ours: Collection[str] = ()) -> None:
    """Raise LedgerError, naming what and where, if the workbook holds anything that openpyxl would drop. `adding` names
    what was to be added; `ours` are parts that do not count, since they are laid out anew anyway."""
    found = losses(package, ours)
    if found is not None:
        raise LedgerError(
            f"{package.name} lacks {adding}, and putting it in would lose what you made: {found.en}. Nothing was changed."
            " Make a new ledger with `install`, or take that out first.",
            f"{package.name} 缺少 {adding}，但补上会丢失您的内容：{found.zh}。文件未改动。请用 install 新建账本，或先移走这些内容。",
        )


def losses(package: Package, ours: Collection[str] = ()) -> Words | None:
    """What openpyxl would drop, and from which tab; None if nothing."""
    found = [*_in_the_package(package, ours), *_on_tabs(package)]
    if not found:
        return None
    en, zh = ([words[i] for words in found] for i in range(2))
    return Words("; ".join(dict.fromkeys(en)), "；".join(dict.fromkeys(zh)))


def _in_the_package(package: Package, ours: Collection[str]) -> Iterator[Words]:
    parts = [part for part in package.parts if part not in ours]
    for pattern, what in BY_PART:
        if any(re.match(pattern, part, re.IGNORECASE) for part in parts):
            yield what
    drawings = [part for part in package.parts if part.lower().startswith("xl/drawings/drawing")]
    if any(_SHAPE.search(package.part(part)) for part in drawings):
        yield Words("shapes or text boxes", "形状或文本框")


def _on_tabs(package: Package) -> Iterator[Words]:
    for title, part in package.sheets.items():
        extensions = b"".join(_EXTENSIONS.findall(package.part(part)))
        for mark, what in BY_EXTENSION:
            if mark in extensions:
                yield Words(f"{what.en} on the tab {title}", f"“{title}”表的{what.zh}")
