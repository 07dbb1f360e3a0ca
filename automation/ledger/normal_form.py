"""The form in which names, topics and keywords are compared, and cells that hold several of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from sheet_schema.settings import ADDRESS
from sheet_schema.usual_words import ANONYMOUS, NO_CONTACT, NOBODY
from sheet_schema.word import folded

_SEPARATORS = re.compile(r"[;；、\n\r]|，")
_SEPARATORS_IN_LINE = re.compile(r"[;；、\r\x1f]|，")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ONLY_DASHES = re.compile(r"\s*[-‐‑‒–—―－]+\s*")
_SAYS_NOTHING = re.compile(r"[\s\-‐‑‒–—―－_/／\\.。…·]+")
_DOUBTS = re.compile(r"[\s?？]+")
LONGEST = 2 * max(map(len, ANONYMOUS | NO_CONTACT))
"""Longer texts are taken for names or addresses without folding them: a register has a hundred thousand."""


def split(text: str) -> list[str]:
    """The names in a cell, separated by a semicolon, 、, a Chinese comma or a new line."""
    if not _SEPARATORS.search(text):
        return [text.strip()] if text.strip() else []
    return [name for part in _SEPARATORS.split(text) if (name := part.strip())]


def normal(name: str) -> str:
    """The form in which names are compared, without width, case, spaces or punctuation: `Ｗang,  Fang` → `wangfang`."""
    plain = (name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold()
    return plain if plain.isalnum() else _NOT_LETTERS.sub("", plain)


NAMELESS = frozenset(map(normal, ANONYMOUS))
UNREACHABLE = frozenset(map(normal, NO_CONTACT))
"""In normal form, what says that no name was given, and that there is no way to reach the petitioner."""


def normals(texts: Sequence[str]) -> list[str]:
    """`normal` of each text, faster for whole columns."""
    joined = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    return _not_letters_but("\n").sub("", _plain(joined)).split("\n") if texts else []


def normal_lists(texts: Sequence[str]) -> list[list[str]]:
    """The names or numbers in each text, split and in normal form, for whole columns."""
    joined = "\n".join([text.replace("\n", ";") if "\n" in text else text for text in texts])
    separated = _SEPARATORS_IN_LINE.sub("\x1f", joined)
    lines = _not_letters_but("\n\x1f").sub("", _plain(separated)).split("\n") if texts else []
    return [[part for part in line.split("\x1f") if part] for line in lines]


def _plain(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


@cache
def _not_letters_but(kept: str) -> re.Pattern[str]:
    return re.compile(f"(?:[^\\w{kept}]|_)+")


def is_anonymous(petitioner: str) -> bool:
    """Whether the cell says, in one of the usual words or by a dash, that no name was given."""
    return len(petitioner) <= LONGEST and (
        normal(petitioner) in NAMELESS or _SAYS_NOTHING.fullmatch(petitioner) is not None
    )


def is_no_contact(contact: str) -> bool:
    """Whether the cell says that there is no way to reach the petitioner, such as `无`, `address unknown`, `/` or `?`."""
    if len(contact) > LONGEST:
        return False
    no_words = _SAYS_NOTHING.fullmatch(contact) or _DOUBTS.fullmatch(contact)
    return normal(contact) in UNREACHABLE or no_words is not None


def names_nobody(about: str) -> bool:
    """Whether the cell says that the case is about nobody, such as `-`."""
    return folded(about) in NOBODY or _ONLY_DASHES.fullmatch(about) is not None


def joined(names: Iterable[str]) -> str:
    return "; ".join(names)


def is_address(text: str) -> bool:
    return re.fullmatch(ADDRESS, text) is not None
