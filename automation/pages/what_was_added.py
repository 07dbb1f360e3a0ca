"""Says in sentences what `install` added to a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.text.catalogue import Words, listed
from sheet_schema import TABS, Column, Language, Tab

_TAB_ADDED = Words("Added the tab {tab}.", "已补上“{tab}”表。")
_COLUMNS_ADDED = Words("Added to {tab}: {columns}.", "已在“{tab}”表补上：{columns}。")
LIST_MENDED = Words("Mended the dropdown list of {tab}.", "已修复“{tab}”的下拉列表。")
_PAGE_LAID_OUT = Words("Laid out the page {tab}.", "已排好“{tab}”页。")


def what_was_added(
    tabs: Sequence[Tab],
    columns: Mapping[str, Sequence[Column]],
    lists: Sequence[Tab],
    language: Language,
    pages: Sequence[Tab] = (),
) -> list[str]:
    """One sentence for each new tab, for the new columns of a tab (by its key), mended dropdown list, new page."""
    added = [
        _COLUMNS_ADDED.in_language(language).format(
            tab=tab.label(language),
            columns=listed((column.label(language) for column in columns[tab.key]), language),
        )
        for tab in TABS
        if columns.get(tab.key)
    ]
    return [
        *(_TAB_ADDED.in_language(language).format(tab=tab.label(language)) for tab in tabs),
        *added,
        *(LIST_MENDED.in_language(language).format(tab=tab.label(language)) for tab in lists),
        *(_PAGE_LAID_OUT.in_language(language).format(tab=tab.label(language)) for tab in pages),
    ]
