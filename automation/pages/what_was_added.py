"""Says in sentences what `install` added to a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.text.catalogue import counted, msg
from sheet_schema import START_HERE, TABS, Column, Language, Tab

_TAB_ADDED = msg("Added the tab {tab}.")
_COLUMNS_ADDED = msg("Added to {tab}: {columns}.")
_LIST_MENDED = msg("Mended the dropdown list of {tab}.")
_PAGE_LAID_OUT = msg("Laid out the page {tab}.")
_LINES_ADDED = counted("Added 1 line to {tab}.", "Added {n} lines to {tab}.")


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


def lines_added(count: int, language: Language) -> list[str]:
    """One sentence for the lines that Start here got, if any."""
    return [_LINES_ADDED.say(language, n=count, tab=START_HERE)] if count else []
