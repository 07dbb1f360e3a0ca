"""The words in which Index keeps what a run found of an extension, one column for all of them (docs/design.md#p3.9).

First the steps for which it counts, each for good (`reply`) or as things stand (`reply?`), or why for none. Behind them
the day on which it was first whole, that from which whoever asked is to be told, and the print of who approved it.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array

REFUSED, WITHDRAWN, INCOMPLETE, AS_THINGS_STAND, BETWEEN = "none", "withdrawn", "incomplete", "?", "; "
WHOLE_ON = "whole "
"""Before the day on which it first had an approver who may, and a reason; not said if that is the day on which it was seen."""
NO_NOTICE, NOTICE_FROM = "no notice", "notice "
"""No row of Deadlines asked then that whoever asked be told; before the day on which a run first found one that does."""
BY = "by "
"""Before the print of the cell that says who approved it."""


def is_said(said: Array, word: str) -> Array:
    """Mask the lines of which Index says this word of the extension."""
    mask = np.zeros(len(said), dtype=bool)
    for i in np.flatnonzero(said != "").tolist():
        mask[i] = word in said[i].split(BETWEEN)
    return mask


def said_behind(said: Array, begun: str) -> Array:
    """What stands behind this beginning of a word that Index says of each extension; blank if there is none."""
    found = np.full(len(said), "", dtype=object)
    for i in np.flatnonzero(said != "").tolist():
        words = [word for word in said[i].split(BETWEEN) if word.startswith(begun)]
        found[i] = words[0].removeprefix(begun) if words else ""
    return found


def whole_on(seen: Array, said: Array) -> Array:
    """The day on which each extension was first whole (NaT: not yet); the one on which it was first seen, if no other is said."""
    return _day_said(said, WHOLE_ON, np.where(is_said(said, INCOMPLETE), NO_DAY, seen))


def notice_from(said: Array, otherwise: Array) -> Array:
    """The day from which whoever asked is to be told of each extension, if Index says one."""
    return _day_said(said, NOTICE_FROM, otherwise)


def found_to_count(said: str) -> bool:
    """Whether Index says of an extension, which it remembers, that it counts; an earlier version remembered no other."""
    return not {REFUSED, WITHDRAWN, INCOMPLETE} & set(said.split(BETWEEN))


def _day_said(said: Array, begun: str, otherwise: Array) -> Array:
    days, texts = otherwise.copy(), said_behind(said, begun)
    for i in np.flatnonzero(texts != "").tolist():
        try:
            days[i] = date.fromisoformat(texts[i])
        except ValueError:  # somebody typed in Index
            continue
    return days
