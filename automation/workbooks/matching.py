"""Which sheet is which tab and which column is which, by label of either language or by key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheet_schema import Column, Language, Tab, folded


def _spellings(named: Tab | Column, language: Language) -> tuple[str, str, str]:
    """What it may be called, best first: the workbook's language, the other one, the key."""
    labels = (named.zh, named.en) if language == "zh" else (named.en, named.zh)
    return (folded(labels[0]), folded(labels[1]), folded(named.key))


def title_of(tab: Tab, titles: Iterable[str], language: Language) -> str | None:
    """The title under which the tab stands in the workbook, or None."""
    known = {folded(title): title for title in titles}
    return next((known[spelling] for spelling in _spellings(tab, language) if spelling in known), None)


def columns_of(tab: Tab, headers: Sequence[object], language: Language) -> dict[str, int]:
    """Column key → where it stands, from 1. Keys whose column is missing are left out; of two, the first counts."""
    known: dict[str, int] = {}
    for position, header in enumerate(headers, start=1):
        if header is not None:
            known.setdefault(folded(str(header)), position)
    found = {}
    for column in tab:
        spelling = next((spelling for spelling in _spellings(column, language) if spelling in known), None)
        if spelling is not None:
            found[column.key] = known[spelling]
    return found
