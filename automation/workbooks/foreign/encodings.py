"""The encoding in which the bytes of a text are text: by its mark, or by what they look like in each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.foreign.bounds import MOST_ROWS

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOOKED_AT = 1 << 20
"""So many bytes tell which encoding it is."""
_IN_UTF_8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
"""A Chinese character in UTF-8. Two bytes of it may be one in GB 18030, too, three hardly ever are."""
_WESTERN_IN_UTF_8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
_CHINESE = {"gb18030": range(0xB0, 0xF8), "big5hkscs": range(0xA4, 0xC7)}
"""Encodings of Chinese, and how the characters in daily use begin in them."""
_MOSTLY = 0.8


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding. Raises LedgerError for bytes that are no text, or text in two encodings."""
    encoding = _encoding(data)
    if encoding is None:
        raise LedgerError(
            msg(
                "{name} is neither a spreadsheet (.xlsx, .xls, .ods) nor a text table (.csv): save the register as one of them."
            ).of(name=name)
        )
    if not encoding.startswith("utf"):
        _refuse_a_mixture(data, name, chinese=encoding in _CHINESE)
    text = data.decode(encoding)
    if "\0" in text:
        raise LedgerError(
            msg(
                "{name}, line {line} has a character that no text has (NUL), so the file is perhaps damaged: open it, save it anew, and give that file."
            ).of(name=name, line=text.count("\n", 0, text.index("\0")) + 1)
        )
    return text, encoding


def _encoding(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if _reads(data, encoding) else None
    if wide := _without_mark(data):
        return wide
    if _reads(data, "utf-8"):
        return None if data.count(b"\0") * 20 > len(data) else "utf-8"
    if b"\0" in data:
        return None
    return next(encoding for encoding in _by_trial(data) if _reads(data, encoding))


def _by_trial(data: bytes) -> Iterator[str]:
    start = data[:_LOOKED_AT]
    yield from (encoding for encoding in _CHINESE if _share_in_daily_use(start, encoding) > _MOSTLY)
    yield "cp1252"
    yield "latin-1"


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark: whichever of the two has more signs of ASCII, such as separators and ends of lines."""
    if len(data) % 2 or b"\0" not in data[:4096]:
        return ""
    readable = [one for one in ("utf-16-le", "utf-16-be") if _reads(data, one) and "\0" not in data.decode(one)]
    best = max(readable, key=lambda one: _ascii_signs(data[:65_536].decode(one, "ignore")), default="")
    return best if best and "\n" in data.decode(best) else ""


def _ascii_signs(text: str) -> int:
    return sum(sign < "\x7f" for sign in text)


def _share_in_daily_use(data: bytes, encoding: str) -> float:
    """How much of what is not ASCII are characters in daily use in this encoding: GB 2312, or the first level of Big5.

    In Western text a letter with an accent stands alone among others; and Chinese of one encoding is hardly ever in daily
    use in the other.
    """
    firsts, is_big5 = _CHINESE[encoding], encoding == "big5hkscs"
    usual = other = at = 0
    while at < len(data):
        first, second = data[at], data[at + 1] if at + 1 < len(data) else 0
        if first < 0x80:
            at += 1
            continue
        is_pair = second >= 0xA1 or (is_big5 and 0x40 <= second <= 0x7E)
        if first in firsts and is_pair:
            usual += 1
        elif not (0xA1 <= first <= 0xA9 and is_pair):  # punctuation and full-width signs say nothing
            other += 1
        at += 2 if second >= 0x40 else 1
    return usual / (usual + other) if usual else 0.0


def _refuse_a_mixture(data: bytes, name: str, *, chinese: bool) -> None:
    """Raises LedgerError if some lines are in UTF-8 and others are not, as where two files were put together."""
    sign = _IN_UTF_8 if chinese else re.compile(_IN_UTF_8.pattern + b"|" + _WESTERN_IN_UTF_8.pattern)
    kinds: dict[bool, int] = {}
    for at, line in enumerate(data.split(b"\n", MOST_ROWS)[:MOST_ROWS], start=1):
        if not line.isascii():
            reads = _reads(line, "utf-8")
            if not reads or sign.search(line):
                kinds.setdefault(reads, at)
    if len(kinds) == 2:
        raise LedgerError(
            msg(
                "{name} has lines in two encodings, the first of the other kind in line {line}: put that right in an editor, save it in UTF-8, and give that file."
            ).of(name=name, line=max(kinds.values()))
        )
