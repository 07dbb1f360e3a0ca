"""Dropdowns that offer more words than in an earlier version: `install` adds them where the list is still the program's own.

A list is ours if it has exactly the words of then, and says beside the cell what ours said then; what people made of it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from automation.pages.tables import list_advice
from automation.text.catalogue import msg
from sheet_schema import TAB, Column, Language, Tab
from sheet_schema import vocabulary as words
from sheet_schema.word import Words

_LIST_LONGER = msg("The dropdown list of {column} in {tab} offers {words}, too.")


class LongerList(NamedTuple):
    """A column with choices, and those that its list offered before."""

    tab: Tab
    column: Column
    before: Words

    def offered(self, language: Language) -> list[str]:
        """The words of before, as a dropdown has them."""
        return [word.label(language) for word in self.before]

    def advice(self, language: Language) -> str:
        """What was said beside a cell with another word."""
        return list_advice(self.column, self.before, language)

    def said(self, language: Language) -> str:
        """What `install` says once the list is longer."""
        before = self.offered(language)
        new = [word.label(language) for word in self.column.choices or () if word.label(language) not in before]
        return _LIST_LONGER.say(language, column=self.column, tab=self.tab, words=new)


LONGER_LISTS: Sequence[LongerList] = tuple(
    LongerList(TAB[key], TAB[key]["enabled"], words.YesNo) for key in ("deadlines", "escalation", "calendar")
)
