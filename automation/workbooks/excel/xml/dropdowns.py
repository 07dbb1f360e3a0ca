"""Gives dropdown lists that are written out in a sheet's XML other words; all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial
from html import unescape
from typing import NamedTuple
from xml.sax.saxutils import escape

_RULE = re.compile(rb"<dataValidation\b(?:(?!</dataValidation>).)*</dataValidation>", re.DOTALL)
_LIST = re.compile(rb"(<formula1>)([^<]*)(</formula1>)")
_ERROR = re.compile(rb'(\serror=")([^"]*)(")')
_CELLS = re.compile(rb'\ssqref="([^"]*)"')
_QUOTES = {'"': "&quot;"}

Lists = Sequence[tuple[Collection[str], Sequence[str]]]
"""For each list that may be there: the older words that may be in it, and all that it offers now."""


def with_newer_words(xml: bytes, lists: Lists, between: str) -> bytes:
    """The sheet with the newer words in every list that holds an older one, and in what is said beside it.

    `between` stands between two words in what is said.
    """
    return _RULE.sub(lambda rule: _renewed(rule[0], lists, between), xml)


def _renewed(rule: bytes, lists: Lists, between: str) -> bytes:
    found = _LIST.search(rule)
    text = unescape(found[2].decode("utf-8")) if found else ""
    items = text[1:-1].split(",") if text.startswith('"') and text.endswith('"') else []
    offered = next((all_of_it for words, all_of_it in lists if _is_older(items, words, all_of_it)), None)
    if found is None or offered is None:
        return rule
    new = escape(f'"{",".join(offered)}"').encode()
    error = partial(_said_anew, was=between.join(items), now=between.join(offered))
    return _ERROR.sub(error, rule[: found.start()] + found[1] + new + found[3] + rule[found.end() :])


def _is_older(items: Sequence[str], words: Collection[str], offered: Sequence[str]) -> bool:
    """Whether these are words of one list, with an older one among them."""
    was = [item in words for item in items]
    return any(was) and all(old or item in offered for old, item in zip(was, items, strict=True))


def _said_anew(error: re.Match[bytes], was: str, now: str) -> bytes:
    text = unescape(error[2].decode("utf-8")).replace(was, now)
    return error[1] + escape(text, _QUOTES).encode() + error[3]


class Dropdown(NamedTuple):
    """A list as a formula, and what is said of a word that is not in it."""

    formula: str
    error: str


def with_dropdown(xml: bytes, column: str, was: Dropdown, now: Dropdown) -> bytes:
    """The sheet with the list of a column, given by its letters, as it is `now`, if it is just as it was."""
    return _RULE.sub(lambda rule: _replaced(rule[0], column, was, now), xml)


def _replaced(rule: bytes, column: str, was: Dropdown, now: Dropdown) -> bytes:
    found, cells, error = _LIST.search(rule), _CELLS.search(rule), _ERROR.search(rule)
    own = re.compile(rf"{column}\d+(?::{column}\d+)?".encode())
    if found is None or cells is None or not all(map(own.fullmatch, cells[1].split())):
        return rule
    if (_text(found[2]), _text(error[2]) if error else "") != was:
        return rule
    renewed = rule[: found.start()] + found[1] + escape(now.formula).encode() + found[3] + rule[found.end() :]
    return _ERROR.sub(lambda said: said[1] + escape(now.error, _QUOTES).encode() + said[3], renewed)


def _text(xml: bytes) -> str:
    return unescape(xml.decode("utf-8"))
