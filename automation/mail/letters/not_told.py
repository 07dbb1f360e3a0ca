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
from automation.text.catalogue import Words
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role

_REASONS: Mapping[Why, Words] = {
    Why.CONFLICT: Words("has to be kept out of it", "应回避"),
    Why.KEPT: Words("it stays with a few until it is clear whom it is about", "涉及何人明确之前仅限少数人员知悉"),
    Why.AWAY: Words("away, and no stand-in is there", "不在岗，也无人代理"),
    Why.NO_ADDRESS: Words("no mail address", "没有邮箱"),
    Why.NOT_ALLOWED: Words("the address is not an allowed one", "邮箱不在允许范围内"),
    Why.NOBODY: Words("nobody has the role", "无人担任"),
}
_NO_ADDRESS = Words(
    "Nobody with a mail address can be told as {role}: {numbers}. See People and Departments.",
    "以下各件的{role}没有可用邮箱：{numbers}。请检查“人员”和“部门”表。",
)
_OF_THE_CASE = frozenset((Why.CONFLICT, Why.KEPT))
"""Reasons that say what a case is about. They are the office's to know: anybody else could tell somebody's name by them."""
_NOBODY = Words("Nobody is told as {role} ({why}): {numbers}.", "以下各件的{role}无人可告知（{why}）：{numbers}。")
_PASSED = Words(
    "Told to the next in line instead of {role} ({why}): {numbers}.",
    "以下各件未告知{role}，改为告知下一级（{why}）：{numbers}。",
)
_ALERT = Words("An alert left out {role} ({why}): {numbers}.", "以下各件的紧急通知未发给{role}（{why}）：{numbers}。")


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


def _said(words: Words, role: str, why: Why, language: Language) -> str:
    return words.in_language(language).format(role=role, why=_REASONS[why].in_language(language), numbers="{numbers}")


def _whom(one: LeftOut, language: Language) -> str:
    return one.name or _slot(one.slot, language)


def _slot(slot: str, language: Language) -> str:
    roles = {role.key: role.label(language) for role in Role}
    return roles.get(slot, slot)
