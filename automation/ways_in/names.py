"""The names in a cell of an old register, where they are told apart by no more than a space."""

from __future__ import annotations

import re

from automation.ledger.petitioners import people_named, petitioners
from sheet_schema.languages import any_of
from sheet_schema.naming import DOUBLE_SURNAMES

_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ebef·]{2,4}")
_IN_ALL = re.compile(rf"\s*{any_of('petitioners', 'and_in_all')}\s*\d+\s*{any_of('petitioners', 'counted')}$")


def names_in(text: str) -> list[str]:
    """The names in a cell; how many there are in all is said by `number_in`."""
    plain = _IN_ALL.sub("", text)
    return [one for name in petitioners(plain) or [plain] for one in _apart(name)]


def number_in(text: str) -> int | None:
    """How many people a cell says there are in all, behind the names: 王芳、李明等5人."""
    return int(people_named(text)) if _IN_ALL.search(text) else None


def _apart(name: str) -> list[str]:
    """Chinese names with spaces between them, also where a surname is rare. 欧阳 娜娜 is one."""
    words = name.split()
    each = len(words) > 1 and words[0] not in DOUBLE_SURNAMES and all(map(_HAN_NAME.fullmatch, words))
    return words if each else [name]
