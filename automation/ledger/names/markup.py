"""Takes out what a web page's markup leaves in a cell that was pasted from one: `<b>Ash</b>worth`, `O&#39;Brien`."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|nbsp|amp|apos|quot|lt|gt|ensp|emsp|[lr]squo|middot);", re.IGNORECASE
)
_WITHIN_A_WORD = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|ins|mark|o:p|s|small|span|strong|sub|sup|u)(?=[\s/>])[^<>@]*>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_BETWEEN_LINES = re.compile(
    r"</?(?:blockquote|body|br|center|div|h[1-6]|hr|html|li|ol|p|pre|table|tbody|td|th|tr|ul)(?=[\s/>])[^<>@]*>",
    re.IGNORECASE,
)
"""An address in angle brackets is no markup: `Ann Lee <p.lee@school.example>`."""


def without_markup(text: str) -> str:
    """The text as the page showed it."""
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    if "<" not in text:
        return text
    return _BETWEEN_LINES.sub("\n", _WITHIN_A_WORD.sub("", text))
