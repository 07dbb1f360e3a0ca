"""What somebody wrote in a reply: without the mail that they answer, and without a signature.

The library that we would have taken (mail-parser-reply) calls its Chinese untested, and what it does not know it leaves in; the
programs used here (QQ, 163, Foxmail, Outlook, Apple, Gmail) are known by few words, which stand in each `language.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from automation.mail.replies.html_text import CUT
from sheet_schema.languages import any_of

_ORIGINAL = re.compile(
    rf"^[\s>]*[-_=*]{{2,}}\s*{any_of('quoted_mails', 'original')}\s*[:：]?\s*[-_=*]*\s*$", re.IGNORECASE
)
_FORWARDED = re.compile(rf"^[\s>]*{any_of('quoted_mails', 'original')}\s*[:：]\s*$", re.IGNORECASE)
_WROTE = re.compile(rf"{any_of('quoted_mails', 'wrote')}\s*[:：]\s*$", re.IGNORECASE)
_BY_WHOM = re.compile(r"[@<]|\d{4}|\d{1,2}:\d\d")
_FROM = re.compile(rf"^[\s>*]*{any_of('quoted_mails', 'from')}\s*\*?\s*[:：]", re.IGNORECASE)
_OTHER = re.compile(rf"^[\s>*]*{any_of('quoted_mails', 'others')}\s*\*?\s*[:：]", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*(?:>|\|\s?>)")
_RULE = re.compile(r"^\s*[-_=*]{5,}\s*$")
_ON_THE_WAY = re.compile(rf"^\s*{any_of('quoted_mails', 'on_the_way')}.{{0,60}}$", re.IGNORECASE)
_LINES_OF_HEADERS = 7
_LINES_OF_WROTE = 3
_LONGEST_SIGNATURE = 12
_LINES_OF_A_SIGNATURE = 60
"""With the blank ones."""


def new_text(text: str) -> str:
    """The new part of the text of a mail."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = _without_quotes(_up_to_the_quoted_mail(lines))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_without_signature(kept))).strip()


def _up_to_the_quoted_mail(lines: Sequence[str]) -> list[str]:
    for at, line in enumerate(lines):
        if line.strip() == CUT or _ORIGINAL.match(line) or _FORWARDED.match(line) or _begins_headers(lines, at):
            return _without_rule(lines[:at])
        if (first := _begins_attribution(lines, at)) is not None and not _is_quoted(lines, at + 1):
            return _without_rule(lines[:first])
    return list(lines)


def _begins_headers(lines: Sequence[str], at: int) -> bool:
    """Whether the headers of a quoted mail stand here: who it is from, and two others at least."""
    if not _FROM.match(lines[at]):
        return False
    below = lines[at + 1 : at + _LINES_OF_HEADERS]
    return sum(1 for line in below if _OTHER.match(line)) >= 2


def _begins_attribution(lines: Sequence[str], at: int) -> int | None:
    """Where the sentence begins that says who wrote what follows, if it ends in this line: `On Monday … <a@b> wrote:`."""
    if not _WROTE.search(lines[at]):
        return None
    first, said = at, lines[at]
    while not _BY_WHOM.search(said) and at - first + 1 < _LINES_OF_WROTE and first > 0 and lines[first - 1].strip():
        first -= 1
        said = f"{lines[first]} {said}"
    if not _BY_WHOM.search(said):
        return None
    before = lines[first - 1] if first > 0 else ""
    if re.match(r"^\s*(?:on|am|le)\b", before, re.IGNORECASE) and not re.match(r"^\s*on\b", said, re.IGNORECASE):
        first -= 1  # "On Wed, 18 March 2026 at 10:00, Somebody" stands in a line of its own
    return first


def _is_quoted(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with anything in it is quoted line by line, so that an answer may stand below."""
    below = (lines[one] for one in range(at, len(lines)))  # not copied: a mail may have a hundred thousand lines
    return next((_QUOTED.match(line) is not None for line in below if line.strip()), False)


def _without_rule(lines: Sequence[str]) -> list[str]:
    """The lines without a rule, drawn above the quoted mail."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    return kept


def _without_quotes(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _QUOTED.match(line):
            continue
        if (first := _begins_attribution(lines, at)) is not None:
            del kept[len(kept) - (at - first) :]
            continue
        kept.append(line)
    return kept


def _without_signature(lines: Sequence[str]) -> list[str]:
    """The lines above `-- `, and without what a telephone adds by itself."""
    kept = list(lines)
    for at in range(max(0, len(kept) - _LINES_OF_A_SIGNATURE), len(kept)):
        if kept[at].strip() in ("--", "— —") and sum(bool(one.strip()) for one in kept[at + 1 :]) <= _LONGEST_SIGNATURE:
            kept = kept[:at]
            break
    while kept and (not kept[-1].strip() or _ON_THE_WAY.match(kept[-1])):
        kept.pop()
    return kept
