"""Why a reader gets a mail, in plain words for its foot: "You get this because the case was given to your department."

"One mail has one reader, and says in plain words why that reader gets it" (docs/design.md#p6.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from automation.cases.confidentiality import Said
from automation.cases.indicator_text import numbers_named
from automation.cases.told import How, Way
from automation.ledger.normal_form import normal
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.people import Department
from automation.ledger.wording.blocks import BECAUSE, BLOCK
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import OF_THE_DEPARTMENT, way_to
from automation.mail.letters.quoting import said_of
from automation.mail.letters.wording import facts_of, said
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import Message, clauses, msg, with_note
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role, Step, Who
from sheet_schema.wording import FOOTER_COPY, Placeholder

_AND = msg("and ")
_MOST_NUMBERS = 3
"""The most case numbers that a reason names: the mail has them all."""
_OF_ROLE: Mapping[str, Message] = {
    Role.OFFICE: msg("you work in the letters and visits office"),
    Role.DUTY: msg("you are among those on duty"),
    Role.HEAD: msg("you are the head of the department in charge"),
    Role.HANDLER: msg("you handle such cases"),
    Role.LEADER: msg("you are one of the leaders"),
    Role.PRINCIPAL: msg("you are the headteacher"),
    Role.GROUP: msg("you are one of the governors"),
    Role.DISCIPLINE: msg("you deal with the conduct of staff"),
    Role.ARCHIVIST: msg("you keep the archive"),
    Role.ADMINISTRATOR: msg("you look after the ledger"),
    Role.SUPERIOR: msg("you are the contact at the authority"),
    Role.OUTSIDE: msg("you are the person outside the school to whom such cases go"),
}
_TEXTS: Mapping[str, Message] = {
    "given_to_department": msg("{case} given to your department"),
    "given_to_you": msg("{case} given to you"),
    "given_to_head": msg("{case} given to the department that you lead and that has no mailbox of its own"),
    "on_duty_today": msg("you are on duty today"),
    "leads_the_department": msg("you lead the department in charge"),
    "involved": msg("your department has a part in it"),
    "head_of_involved": msg("you are the head of a department that has a part in it"),
    "leads_involved": msg("you lead a department that has a part in it"),
    "copied": msg("a routing rule has such cases copied to you"),
    "copied_to_department": msg("a routing rule has such cases copied to your department"),
    "copied_in_role": msg("a routing rule has such cases copied to the role {role}"),
    "stands_in": msg("{name} is away and you stand in"),
    "passed_on": msg("you are next in line to be told"),
    "department_had_it": msg("{case} with your department before"),
    "had_it": msg("{case} with you before"),
    "this_case": msg("the case was"),
    "these_cases": msg("these cases were"),
}  # fmt: skip


def why(letters: LetterContext, mail: OutgoingMail) -> str:
    """The sentence at the foot of a mail about single cases. Where the cases differ, each reason has their numbers."""
    of_reason: dict[str, list[str]] = {}
    given = {notice.case_no for notice in mail.notices if notice.slot == Who.HANDLER}
    for notice in mail.notices:
        if notice.slot == Who.HEAD and notice.case_no in given:
            continue  # that the case was given to them, or to a department without a mailbox, says as much
        numbers = of_reason.setdefault(_reason(letters, notice, mail), [])
        if notice.case_no not in numbers:
            numbers.append(notice.case_no)
    everywhere = len(dict.fromkeys(notice.case_no for notice in mail.notices))
    named = [
        reason
        if len(numbers) == everywhere
        else with_note(reason, numbers_named(numbers, letters.language, _MOST_NUMBERS), letters.language)
        for reason, numbers in of_reason.items()
    ]
    return because(letters, named, _footer(letters, mail))


def of_role(slot: str, language: Language) -> str | None:
    """Why somebody in this role is told of what is no case of theirs; None if it is no role."""
    return _OF_ROLE[Role.of(slot)].say(language) if slot in _OF_ROLE else None


def because(letters: LetterContext, reasons: Iterable[str], footer: str) -> str:
    """ "You get this because a, and b.", or as *Wording* says it in the footer of this name. Blank: as we do."""
    first, *rest = dict.fromkeys(reasons)
    both = clauses([first, *(_AND.say(letters.language) + one for one in rest)], letters.language)
    if not footer:
        return BECAUSE.say(letters.language, reason=both)
    block = BLOCK[f"footer.{footer}"]
    return said(letters, block, {**facts_of(letters, block, {}), Placeholder.REASON: both})


def because_of_role(letters: LetterContext, role: str, instead: Iterable[str] | None = None) -> str:
    """The sentence for a mail that goes to everybody who has the role, or `instead` has for another reason."""
    return because(letters, instead or [_OF_ROLE[role].say(letters.language)], role)


def _footer(letters: LetterContext, mail: OutgoingMail) -> str:
    """The footer of the one role in which the reader gets the mail; blank if they get it in several."""
    slots = {way_to(letters, notice, mail.reader).slot for notice in mail.notices}
    role = slots.pop()
    if slots:
        return ""
    return role if f"footer.{role}" in BLOCK else FOOTER_COPY.key


def _reason(letters: LetterContext, notice: Notice, mail: OutgoingMail) -> str:
    """Why this reader gets this notice. Of a case of which only the number may be said, nothing but the role."""
    language, way = letters.language, way_to(letters, notice, mail.reader)
    if said_of(letters, notice.case_at, mail) is Said.NUMBER_ONLY:
        return _OF_ROLE[way.slot].say(language)
    several = len({one.case_no for one in mail.notices}) > 1
    key = _key(letters, notice, way)
    if key in _OF_ROLE:
        return _OF_ROLE[key].say(language)
    case = _TEXTS["these_cases" if several else "this_case"].say(language)
    role = Role.of(way.slot).label(language) if way.slot in _OF_ROLE else ""
    return _TEXTS[key].say(language, case=case, name=way.of, role=role)


def _key(letters: LetterContext, notice: Notice, way: Way) -> str:
    """Which reason it is: a key of `_TEXTS`, or a role."""
    if notice.kind == NoticeKind.HANDED_OVER:
        return "department_had_it" if notice.slot == Who.HANDLER else "had_it"
    if way.of:
        return "stands_in"
    if notice.step == Step.PART and (of_part := _of_a_part(letters, notice, way)):
        return of_part
    if way.slot in OF_THE_DEPARTMENT and notice.slot == Who.HANDLER:
        return _how_given(letters, notice, way)
    if way.how is How.PASSED_UP:
        return "passed_on"
    if notice.kind == NoticeKind.ASSIGNMENT:
        to_one = "copied" if letters.recipients.department(way.slot) is None else "copied_to_department"
        return "copied_in_role" if way.slot in _OF_ROLE else to_one
    if way.slot == Role.DUTY and normal(way.reader.name) in [
        normal(turn.person) for turn in letters.recipients.on_duty()
    ]:
        return "on_duty_today"
    department = _department(letters, notice)
    if way.slot == Role.LEADER and department is not None and department.leader:
        return "leads_the_department"
    return way.slot


def _of_a_part(letters: LetterContext, notice: Notice, way: Way) -> str:
    """The reason of whoever is told of a part for their department's sake; blank for anybody else."""
    if way.slot == Who.HANDLER or (way.slot == Who.HEAD and notice.slot == Who.HANDLER):
        return "involved"
    department = _department(letters, notice)
    leads = way.slot == Role.LEADER and department is not None and department.leader
    return "head_of_involved" if way.slot == Who.HEAD else "leads_involved" if leads else ""


def _how_given(letters: LetterContext, notice: Notice, way: Way) -> str:
    """Whether the case was given to a department, to this person, or to a department of theirs where nobody else can be told."""
    if way.reader.is_department:
        return "given_to_department"
    if way.how is not How.PASSED_UP:
        return "given_to_you"
    return Who.HEAD.key if letters.at_hand.register["handler"][notice.case_at] else "given_to_head"


def _department(letters: LetterContext, notice: Notice) -> Department | None:
    if notice.case_at == NO_CASE:
        return None
    own = str(letters.at_hand.register["department"][notice.case_at])
    return letters.recipients.department(notice.holder if notice.step == Step.PART else own)
