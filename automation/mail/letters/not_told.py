"""Who was not told and why, for the office's digest: nobody in a role, a level that was passed on, an alert's gaps.

It is shown only of cases that the reader may know of; the reason is the true one (docs/design.md#p4.27).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from automation.cases.indicator_text import numbers_named
from automation.cases.told import MUST_NOT, LeftOut, Told, Why
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from automation.mail.letters.context import LetterContext
from automation.text.catalogue import Message, groups, msg
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role, Step, Who

_REASONS: Mapping[Why, Message] = {
    Why.CONFLICT: msg("has to be kept out of it"),
    Why.KEPT: msg("it stays with a few until it is clear whom it is about"),
    Why.SHARED: msg("others read that mailbox, too"),
    Why.AWAY: msg("away, and no stand-in is there"),
    Why.LEFT: msg("away, People does not say until when, and no stand-in is there"),
    Why.UNCLEAR: msg("the name there is not in People, or could be several people"),
    Why.NO_ROW: msg("no row in People that can be used"),
    Why.NO_ADDRESS: msg("no mail address that can be used, see People and Departments"),
    Why.NOT_ALLOWED: msg("the address is not an allowed one"),
    Why.NO_DEPARTMENT: msg("not with any department in Departments"),
    Why.NO_HEAD: msg("Departments names no head"),
    Why.NOBODY: msg("nobody has the role"),
}
_ROLES: Mapping[str, Role] = {role.key: role for role in Role}
_NOBODY = msg("Nobody is told as {role} ({why}): {numbers}.")
_NOT_TOLD = msg("{name} is not told ({why}): {numbers}.")
_NO_COPY = msg("No copy goes to {name} ({why}): {numbers}.")
_PASSED = msg("Told to the next in line instead of {role} ({why}): {numbers}.")
_ALERT = msg("An alert left out {role} ({why}): {numbers}.")


def not_told(letters: LetterContext, visible: Array, *, to_the_office: bool) -> list[str]:
    """A line for each role and its reasons, with the cases that the reader may know of.

    Of a role of which one notice of a case was passed on and another went to nobody, only the first is said. Reasons that lie in the case only the office reads: anybody else could tell by them whom it is about. Others read what
    they can mend: absences, addresses, roles.
    """
    numbers: dict[str, dict[str, None]] = {}
    passed_on = frozenset((notice.case_at, *notice.series[-1:]) for notice in letters.events.left_out)
    nobody = (one for one in letters.events.unreachable if (one.case_at, *one.series[-1:]) not in passed_on)
    for notice in (*nobody, *letters.events.left_out):
        if notice.case_at >= 0 and visible[notice.case_at]:
            for whys, line in _lines(letters, notice):
                if to_the_office or MUST_NOT.isdisjoint(whys):
                    numbers.setdefault(line, {}).setdefault(notice.case_no)
    return [line.replace("{numbers}", numbers_named(list(named), letters.language)) for line, named in numbers.items()]


def _lines(letters: LetterContext, notice: Notice) -> Iterator[tuple[tuple[Why, ...], str]]:
    told, language = letters.recipients.told(notice), letters.language
    whys, role = _whys(notice, told), _ROLES.get(notice.slot)
    department = _department_told(letters, notice)
    whom = department or (role.label(language) if role else notice.slot)
    if not told.ways:
        of_somebody = _NOBODY if role else _NO_COPY
        yield whys, _said(_NOT_TOLD if department else of_somebody, whom, whys, language)
    elif told.passed_up:
        yield whys, _said(_PASSED, whom, whys, language)
    elif notice.kind == NoticeKind.ALERT:
        for one in _gaps(told):
            yield (one.why,), _said(_ALERT, one.name, (one.why,), language)


def _whys(notice: Notice, told: Told) -> tuple[Why, ...]:
    """Why nobody in the role is told; of what is for a handler also why not the head, who is told instead."""
    slots = (notice.slot, *((Who.HEAD.key,) if notice.slot == Who.HANDLER else ()))
    whys = {why for slot in slots for why in told.whys(slot)}
    return tuple(why for why in Why if why in whys) or (Why.NOBODY,)


def _department_told(letters: LetterContext, notice: Notice) -> str:
    """The department that is told of what is for a handler where the case has none, or of its part; blank otherwise."""
    if notice.step == Step.PART and notice.slot == Who.HANDLER:
        return notice.holder
    register, at = letters.at_hand.register, notice.case_at
    no_handler = notice.slot == Who.HANDLER and notice.kind != NoticeKind.HANDED_OVER and not register["handler"][at]
    return str(register["department"][at]) if no_handler else ""


def _gaps(told: Told) -> Iterator[LeftOut]:
    yield from (one for one in told.left_out if one.name)


def _said(words: Message, whom: str, whys: Iterable[Why], language: Language) -> str:
    why = groups((_REASONS[one].say(language) for one in whys), language)
    return words.say(language, role=whom, name=whom, why=why, numbers="{numbers}")
