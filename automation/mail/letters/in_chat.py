"""A message in a chat: of each case number, step and date, and where to read the rest; never more (docs/design.md#p6.15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from automation.ledger.notices import Notice
from automation.mail.letters.context import LetterContext
from automation.mail.letters.quoting import whom_to_ask
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import counted, msg
from automation.text.characters import one_line
from automation.text.templates import Rendered
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.vocabulary import NoticeKind, NoticeStep

MOST = 20
"""Cases that one message names. The bots of some services take no more than two thousand bytes."""
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body>
{html}
</body></html>
"""
_SEE_YOUR_MAIL = msg("See your mail.")
_ASK = msg("No more is said here: {whom}.")
_MORE = counted("… and 1 more", "… and {n} more")


def in_chat(letters: LetterContext, mail: OutgoingMail) -> Rendered:
    """What the message says. It is no different for a restricted case: a number, a step and a date are all it ever has."""
    lines = list(dict.fromkeys(_lines(letters, mail)))
    more = [_MORE.of(n=len(lines) - MOST).say(letters.language)] if len(lines) > MOST else []
    where = _SEE_YOUR_MAIL if mail.goes_along else _ASK.of(whom=whom_to_ask(letters, mail))
    return as_message([*lines[:MOST], *more, where.say(letters.language)], letters.language)


def as_message(lines: Sequence[str], language: Language) -> Rendered:
    """These lines as a message: as text for the chat, as a page for the outbox."""
    html = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    page = _PAGE.format(lang=traits(language)["html"], html=html)
    return Rendered(one_line(lines[0]), "\n".join([*lines, ""]), page)


def _lines(letters: LetterContext, mail: OutgoingMail) -> Iterator[str]:
    """A line for each case and step."""
    for notice in mail.notices:
        parts = (notice.case_no, _what(letters, mail.kind, notice), letters.spoken(notice.due_on))
        yield " · ".join(part for part in parts if part)


def _what(letters: LetterContext, kind: str, notice: Notice) -> str:
    """The step; where none is due yet, what the mail is called."""
    gone = kind == NoticeKind.HANDED_OVER
    word = NoticeKind.of(kind) if gone or not notice.step else NoticeStep.of(notice.step)
    return str(word.label(letters.language))
