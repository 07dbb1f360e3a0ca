"""Who was not told and why, for the office's digest: nobody in a role, a level that was passed on, an alert's gaps.

It is shown only of cases that the reader may know of; the reason is the true one (docs/design.md#p4.27).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from automation.cases.indicator_text import numbers_named
from automation.cases.told import LeftOut, Told, Why
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from automation.mail.letters.context import LetterContext
from automation.text.catalogue import Message, msg
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role

_REASONS: Mapping[Why, Message] = {
    Why.CONFLICT: msg("has to be kept out of it"),
    Why.KEPT: msg("it stays with a few until it is clear whom it is about"),
    Why.AWAY: msg("away, and no stand-in is there"),
    Why.UNCLEAR: msg("the name there is not in People, or could be several people"),
    Why.NO_ADDRESS: msg("no mail address"),
    Why.NOT_ALLOWED: msg("the address is not an allowed one"),
    Why.NOBODY: msg("nobody has the role"),
}
_NO_ADDRESS = msg("Nobody with the role {role} has a mail address: {numbers}. See People and Departments.")
_OF_THE_CASE = frozenset((Why.CONFLICT, Why.KEPT))
"""Reasons that say what a case is about. They are the office's to know: anybody else could tell somebody's name by them."""
_NOBODY = msg("Nobody is told as {role} ({why}): {numbers}.")
_PASSED = msg("Told to the next in line instead of {role} ({why}): {numbers}.")
_ALERT = msg("An alert left out {role} ({why}): {numbers}.")


def not_told(letters: LetterContext, visible: Array, *, to_the_office: bool) -> list[str]:
    """A line for each role and reason, with the cases that the reader may know of.

    Whom a case had to be kept from only the office reads. Others read what they can mend: absences, addresses, roles.
    """
    numbers: dict[str, dict[str, None]] = {}
    for notice in (*letters.events.unreachable, *letters.events.left_out):
        if notice.case_at >= 0 and visible[notice.case_at]:
            for why, line in _lines(letters, notice):
                if to_the_office or why not in _OF_THE_CASE:
                    numbers.setdefault(line, {}).setdefault(notice.case_no)
    return [line.replace("{numbers}", numbers_named(list(named), letters.language)) for line, named in numbers.items()]


def _lines(letters: LetterContext, notice: Notice) -> Iterator[tuple[Why, str]]:
    told, language = letters.recipients.told(notice), letters.language
    why = told.why(notice.slot) or Why.NOBODY
    if not told.ways:
        no_address = why in (Why.NO_ADDRESS, Why.NOBODY)
        yield why, _said(_NO_ADDRESS if no_address else _NOBODY, _slot(notice.slot, language), why, language)
    elif told.passed_up:
        yield why, _said(_PASSED, _slot(notice.slot, language), why, language)
    elif notice.kind == NoticeKind.ALERT:
        yield from ((one.why, _said(_ALERT, _whom(one, language), one.why, language)) for one in _gaps(told))


def _gaps(told: Told) -> Iterator[LeftOut]:
    yield from (one for one in told.left_out if one.name)


def _said(words: Message, role: str, why: Why, language: Language) -> str:
    return words.say(language, role=role, why=_REASONS[why].say(language), numbers="{numbers}")


def _whom(one: LeftOut, language: Language) -> str:
    return one.name or _slot(one.slot, language)


def _slot(slot: str, language: Language) -> str:
    roles = {role.key: role.label(language) for role in Role}
    return roles.get(slot, slot)
