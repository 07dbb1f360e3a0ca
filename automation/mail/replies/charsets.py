"""Bytes of a mail as text, whatever they are declared to be. Nothing is lost: what no encoding fits is shown as a mark."""

from __future__ import annotations

from collections.abc import Iterator

_LARGER = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "hz-gb-2312": "hz",
    "us-ascii": "utf-8", "ascii": "utf-8", "unknown-8bit": "utf-8", "iso-8859-1": "cp1252", "ks_c_5601-1987": "cp949",
}  # fmt: skip
"""Encodings in whose name people's programs write what only a larger one has."""
_GUESSES = ("utf-8", "gb18030", "big5hkscs")


def as_text(content: bytes, declared: str) -> str:
    """The text in the encoding that is declared, if it fits, else in the one that does."""
    for encoding in dict.fromkeys(_tried(declared)):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _tried(declared: str) -> Iterator[str]:
    name = declared.strip().strip("\"'").casefold()
    if name:
        yield _LARGER.get(name, name)
    yield from _GUESSES
