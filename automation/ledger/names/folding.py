"""Folds names to the form in which they are compared: without width, case, accents, spaces, punctuation or traditional characters.

`Zoë` → `zoe`, `O’Brien` → `obrien`, `Ｗang,  Fang` → `wangfang`, `張偉` → `张伟`. OpenCC, which knows the traditional
characters, is imported only when a text has a character that simplified Chinese does not use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_NOT_LETTERS = re.compile(r"[\W_]+")
_NOT_LETTERS_IN_A_LINE = re.compile(r"(?:[^\w\n]|_)+")
_WITHOUT_A_MARK = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain letter and a mark."""
_UMLAUT_AS_TWO = (("ae", "a"), ("oe", "o"), ("ue", "u"))
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")


@lru_cache(maxsize=10_000)  # each name of a ledger is compared many times
def name_form(text: str) -> str:
    """The form in which names are compared."""
    return _NOT_LETTERS.sub("", folded_letters(text))


def text_forms(texts: Sequence[str]) -> list[str]:
    """Each text of a column in a form for searching, as in `name_form`; a letter is folded alike whatever stands beside it."""
    joined = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    plain = (joined if joined.isascii() else unicodedata.normalize("NFKC", joined)).casefold()
    odd = {
        ord(letter): _folded_letter(letter) for letter in set(plain) if not letter.isascii() and not _is_plain(letter)
    }
    return _NOT_LETTERS_IN_A_LINE.sub("", plain.translate(odd)).split("\n") if texts else []


def folded_letters(text: str) -> str:
    """The text with its letters folded and everything between them left as it is but for width."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _is_plain(plain):
        return plain
    return plain.translate({ord(letter): _folded_letter(letter) for letter in set(plain)})


def loose(form: str) -> str:
    """A form in which an umlaut may be written as two letters: `mueller` and `muller` are both `muller`."""
    for two, one in _UMLAUT_AS_TWO:
        form = form.replace(two, one)
    return form


def _is_plain(text: str) -> bool:
    """Whether nothing in it has to be folded: each character is one of GB 2312, which has hardly an accent or a
    traditional character."""
    return _in_gb2312(text) and _NOT_PLAIN_IN_GB2312.search(text) is None


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_VARIANTS = {
    "锺": "钟", "甯": "宁", "寗": "宁", "凃": "涂", "羣": "群", "燿": "耀", "煇": "辉", "暎": "映", "栢": "柏", "艶": "艳", "峩": "峨", "旾": "春", "曅": "晔",
    "晳": "皙", "淸": "清", "緖": "绪", "蘓": "苏", "靑": "青", "蔴": "麻", "鍳": "鉴",
}  # fmt: skip
"""Other ways to write a character of names, which OpenCC leaves as they are. 傅 and 付, 萧 and 肖 are surnames of their own."""
_TRADITIONAL_IN_GB2312 = {"於": "于", "後": "后", "徵": "征", "夥": "伙", "麽": "么"}
_NOT_PLAIN_IN_GB2312 = re.compile(f"[àáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜ{''.join([*_TRADITIONAL_IN_GB2312, *_VARIANTS])}]")
"""Accents of pinyin, and what little GB 2312 has of traditional characters and variants. 乾 is left alone: it is in names of today."""


@cache
def _folded_letter(letter: str) -> str:
    if letter in _VARIANTS:
        return _VARIANTS[letter]
    if HAN.match(letter):
        known = letter if _in_gb2312(letter) else _simplified(letter)
        return _TRADITIONAL_IN_GB2312.get(known, known)
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_WITHOUT_A_MARK)


def _simplified(letter: str) -> str:
    """Converted twice: what is simplified 薴 is 苧, and what is simplified 苧 is 苎."""
    convert = _simplifier().convert
    return str(convert(convert(letter)))


@cache
def _simplifier() -> OpenCC:
    import opencc  # a run in which every name is in simplified characters does not need it

    return opencc.OpenCC("t2s")
