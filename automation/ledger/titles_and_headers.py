"""Finds tabs by their titles and columns by their headers.

"Reading takes that language's labels first, any other's or the key where it is missing, in any column order"
(docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from automation.ledger.workbook import Grid
from sheet_schema import LANGUAGES, TABS, Column, Language, Tab, folded

_folded = lru_cache(maxsize=2**12)(folded)
"""Labels and headers are the same few hundred in every workbook."""


def language_of(titles: Iterable[str]) -> Language:
    """The language of most tab titles; English in a tie."""
    present = {_folded(title) for title in titles}
    # In a tie, max returns the first language, which is English.
    return max(LANGUAGES, key=lambda language: sum(_folded(tab.label(language)) in present for tab in TABS))


def title_of(tab: Tab, titles: Iterable[str], language: Language) -> str | None:
    """The title that the tab has in the workbook; None if it is missing."""
    return _title(tab, _by_spelling(titles), language)


def titles_found(titles: Iterable[str], language: Language) -> dict[str, str]:
    """The title of each tab in the workbook, by tab key. Missing tabs are left out."""
    known = _by_spelling(titles)
    return {tab.key: title for tab in TABS if (title := _title(tab, known, language)) is not None}


def titles_of(titles: Iterable[str], language: Language) -> dict[str, str]:
    """The title of each tab, by tab key: the one it has in the workbook, or would have if it is missing."""
    return {tab.key: tab.label(language) for tab in TABS} | titles_found(titles, language)


def _by_spelling(titles: Iterable[str]) -> dict[str, str]:
    return {_folded(title): title for title in titles}


def _title(tab: Tab, known: Mapping[str, str], language: Language) -> str | None:
    return next((known[spelling] for spelling in _spellings(tab, language) if spelling in known), None)


def places_of(tab: Tab, headers: Sequence[object], language: Language) -> dict[str, list[int]]:
    """The positions of each column's header, from 1, by column key. One that is missing has none."""
    places: dict[str, list[int]] = {}
    for place, header in enumerate(headers, start=1):
        if header is not None:
            places.setdefault(_folded(str(header)), []).append(place)
    return {
        column.key: next((places[spelling] for spelling in _spellings(column, language) if spelling in places), [])
        for column in tab
    }


def columns_of(tab: Tab, headers: Sequence[object], language: Language) -> dict[str, int]:
    """The position of each column, from 1, by its key. Missing columns are left out; of two, the first counts."""
    return {key: places[0] for key, places in places_of(tab, headers, language).items() if places}


def _spellings(named: Tab | Column, language: Language) -> tuple[str, ...]:
    """The names it may have, best first: its label in the workbook's language, in every other, its key."""
    return _each_folded(named.spellings(language))


@lru_cache(maxsize=2**10)
def _each_folded(spellings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_folded, spellings)))


def is_users_own(tab: Tab, grid: Grid, language: Language) -> bool:
    """Whether a tab that is only made on demand is one of the users' own, which is merely called so: it lacks most headings."""
    if not tab.on_demand:
        return False
    places = places_of(tab, grid.rows[0] if grid.rows else (), language)
    return 2 * sum(map(bool, places.values())) < len(tab.columns)
