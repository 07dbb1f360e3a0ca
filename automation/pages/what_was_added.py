"""Says in sentences what `install` added to a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.text.catalogue import msg
from sheet_schema import TABS, Column, Language, Tab

_TAB_ADDED = msg("Added the tab {tab}.")
_COLUMNS_ADDED = msg("Added to {tab}: {columns}.")
_LIST_MENDED = msg("Mended the dropdown list of {tab}.")
_PAGE_LAID_OUT = msg("Laid out the page {tab}.")


def what_was_added(
    tabs: Sequence[Tab],
    columns: Mapping[str, Sequence[Column]],
    lists: Sequence[Tab],
    language: Language,
    pages: Sequence[Tab] = (),
) -> list[str]:
    """One sentence for each new tab, for the new columns of a tab (by its key), mended dropdown list, new page."""
    added = [
        _COLUMNS_ADDED.say(
            language,
            tab=tab.label(language),
            columns=[*columns[tab.key]],
        )
        for tab in TABS
        if columns.get(tab.key)
    ]
    return [
        *(_TAB_ADDED.say(language, tab=tab.label(language)) for tab in tabs),
        *added,
        *(_LIST_MENDED.say(language, tab=tab.label(language)) for tab in lists),
        *(_PAGE_LAID_OUT.say(language, tab=tab.label(language)) for tab in pages),
    ]
