"""Letters about single cases: alerts, reminders, late steps, cases given to a department or taken from it.

Each reader reads what is theirs (docs/design.md#p4.26): one line per case and step, own steps first, and who has to act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from automation.cases.confidentiality import Said
from automation.cases.told import How
from automation.mail.letters.case_parts import (
    CasePart,
    StepPart,
    case_part,
    given_to,
    is_handled_by,
    no_step,
    others,
    step_part,
    who_acts,
)
from automation.mail.letters.context import LetterContext
from automation.mail.letters.earlier_case import earlier_case
from automation.mail.letters.involved import parts_apart, step_of_part, who_acts_on, with_parts
from automation.mail.letters.lines import (
    OF_THE_DEPARTMENT,
    CaseInMail,
    Line,
    by_case,
    next_step,
    theirs_first,
    whose,
)
from automation.mail.letters.quoting import is_the_office, said_of, whom_to_ask
from automation.mail.letters.reasons import why
from automation.mail.letters.waits import wait_ends
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import Message, msg, sentences
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Step, Who

_TEXTS: Mapping[str, Message] = {
    "dates": msg("The dates follow the Deadlines tab of the ledger."),
    "yours": msg("This is yours to do."),
    "explain": msg("Please also explain in writing why this is late."),
    "urge": msg("Please see that {who} acts on it."),
    "urge_to_explain": msg("Please see that {who} acts on it, and explains in writing why it is late."),
    "urge_others": msg("Please see that {who} acts on it, and that the reason why it is late is put in writing."),
    "see_to_it": msg("Please see that it is done."),
    "see_to_it_and_why": msg("Please see that it is done, and that the reason why it is late is put in writing."),
    "take_up": msg("Please see that somebody other than those concerned takes it up."),
    "urge_to_give": msg("Nobody has it yet: please see that {who} gives it to a department."),
    "give": msg("Nobody has it yet: please give it to a department."),
}


def reminded(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """What is due soon. Each step is reminded of to the role that has to do it."""
    gathered = by_case(letters, mail)
    closing = _closing(letters, mail, gathered)
    shown = [_reminded(letters, mail, case, _to_do(letters, closing)) for case in gathered]
    return {**_about_cases(letters, mail, shown), "closing_part": closing}


def escalated(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """What is late. Whoever has to act is asked for the result, everybody else to see that it comes."""
    gathered = by_case(letters, mail)
    closing = _closing(letters, mail, gathered)
    shown = [_late(letters, mail, case, _to_do(letters, closing)) for case in gathered]
    return {**_about_cases(letters, mail, shown), "closing_part": closing}


def assigned(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """The cases that are now the reader's, those passed up to them since nobody in the department can be told, and those
    of which they only get a copy, for information."""
    groups: dict[str, list[CasePart]] = {"given": [], "involved": [], "passed_up": [], "copied": []}
    for case in (one for whole in by_case(letters, mail) for one in parts_apart(whole)):
        groups[_group(case)].append(_given(letters, mail, case))
    shown = {group: _by_day(cases) for group, cases in groups.items()}
    every = [case for cases in shown.values() for case in cases]
    return {
        **_about_cases(letters, mail, every),
        **shown,
        "closing_part": "closing_office" if is_the_office(letters, mail.reader) else "closing_department",
    }


def _group(case: CaseInMail) -> str:
    """Whether a new case is the reader's, passed up to them, or copied to them."""
    if case.slots & OF_THE_DEPARTMENT:
        return "involved" if any(line.part_of for line in case.lines) else "given"
    passed_up = any(way.how is How.PASSED_UP for line in case.lines for way in line.ways)
    return "passed_up" if passed_up else "copied"


def handed_over(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """Tell a department that a case is no longer theirs: its number only, since it is none of their business now."""
    numbers = [case.number for case in by_case(letters, mail)]
    return {"why": why(letters, mail), "numbers": numbers}


def _about_cases(letters: LetterContext, mail: OutgoingMail, cases: list[CasePart]) -> dict[str, object]:
    """What every letter about cases with a due date shows."""
    dates = _text(letters, "dates") if any(case.steps for case in cases) else ""
    return {
        "why": sentences([part for part in (why(letters, mail), dates) if part], letters.language),
        "ask": whom_to_ask(letters, mail),
        "cases": cases,
    }


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[key].say(letters.language, **details)


def _reminded(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, own: str) -> CasePart:
    said = said_of(letters, case.at, mail)
    lines = theirs_first(letters, case, _own_roles(letters, mail, case))
    steps = []
    for line in lines:
        part = _step(letters, case, said, line)
        asked = part.act or wait_ends(letters, case.at, said, line.notice) or _urged(letters, mail, case, line) or own
        steps.append(replace(part, act=asked))
    return with_parts(letters, case, case_part(letters, case.at, said, steps, mail.reader))


def _late(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, own: str) -> CasePart:
    said = said_of(letters, case.at, mail)
    lines = theirs_first(letters, case, _own_roles(letters, mail, case))
    steps = [replace(_step(letters, case, said, line), act=_act(letters, mail, case, line) or own) for line in lines]
    return with_parts(letters, case, case_part(letters, case.at, said, steps, mail.reader))


def _step(letters: LetterContext, case: CaseInMail, said: Said, line: Line) -> StepPart:
    if line.part_of:
        return step_of_part(letters, case.at, said, line)
    return step_part(letters, case.at, said, Step.of(line.notice.step), line.notice.due_on)


def _act(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, line: Line) -> str:
    """What the reader is asked to do about a late step, beyond what the end of the mail says.

    The written explanation is asked of whoever is late; everybody else is asked to see that it is written.
    """
    if not _asks(letters, line):
        return _urged(letters, mail, case, line)
    return _text(letters, "explain") if _is_theirs(letters, mail, case, line) else _urged(letters, mail, case, line)


def _urged(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, line: Line) -> str:
    """Whom the reader is asked to urge, and to what; nobody if the step is theirs.

    What nobody has yet, the office has to give away first; of a restricted case that is not said. Somebody whom it may be
    about is never named.
    """
    if _is_theirs(letters, mail, case, line):
        return ""
    said, step = said_of(letters, case.at, mail), Step.of(line.notice.step)
    who = who_acts_on(letters, case.at, said, line) or who_acts(letters, case.at, said, whose(letters, step, case.at))
    if not who:
        if is_the_office(letters, mail.reader):
            return _text(letters, "give")
        return _text(letters, "urge_to_give", who=who_acts(letters, case.at, said, Who.OFFICE))
    asks, nobody_named = _asks(letters, line), who == others(letters)
    if nobody_named and line.slots & OF_THE_DEPARTMENT and given_to(letters, case.at)[0]:
        return _text(letters, "see_to_it_and_why" if asks else "see_to_it")  # it is their own department's
    if not asks:
        return _text(letters, "urge", who=who)
    return _text(letters, "urge_others" if nobody_named else "urge_to_explain", who=who)


def _is_theirs(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, line: Line) -> bool:
    """Whether the reader has to do the step themselves."""
    who = whose(letters, Step.of(line.notice.step), case.at)
    if who == Who.OFFICE and is_the_office(letters, mail.reader):
        return True
    is_handler = who == Who.HANDLER and not line.part_of and is_handled_by(letters, case.at, mail.reader)
    return who in line.slots or is_handler


def _given(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> CasePart:
    """A newly assigned case with the step that comes first for the reader, or for the department in charge, and with
    those that the reader would otherwise be reminded of by another mail."""
    said = said_of(letters, case.at, mail)
    if any(line.part_of for line in case.lines):
        steps = [step_of_part(letters, case.at, said, line) for line in case.lines]
        return with_parts(letters, case, case_part(letters, case.at, said, steps))
    own = _own_roles(letters, mail, case) if case.slots & OF_THE_DEPARTMENT else OF_THE_DEPARTMENT
    found = next_step(letters, case.at, own) or next_step(letters, case.at, OF_THE_DEPARTMENT)
    reminded = {Step.of(line.notice.step): line.notice.due_on for line in case.lines if line.notice.step}
    shown = {**(dict([found]) if found else {}), **reminded}
    steps = [step_part(letters, case.at, said, step, due) for step, due in shown.items()]
    first, *rest = sorted(steps, key=lambda one: one.due_on or date.max) or [no_step(letters)]
    steps = [replace(first, act=_taken_up(letters, case, said) or first.act), *rest]
    part = with_parts(letters, case, case_part(letters, case.at, said, steps, mail.reader))
    earlier = earlier_case(letters, case.at, mail.reader) if said is Said.FULL else ""
    return replace(part, note=sentences([one for one in (part.note, earlier) if one], letters.language))


def _taken_up(letters: LetterContext, case: CaseInMail, said: Said) -> str:
    """Whom a case that was passed up is to be given to, if those who have it must not know of it. Of a restricted case that
    is said whoever has it."""
    to_others = _group(case) == "passed_up" and (said is not Said.FULL or not any(given_to(letters, case.at)))
    return _text(letters, "take_up") if to_others else ""


def _by_day(cases: list[CasePart]) -> list[CasePart]:
    """The cases in the order of their due dates."""
    return sorted(cases, key=lambda case: (case.first.due_on or date.max, case.number))


def _own_roles(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> frozenset[str]:
    """The roles whose steps are this reader's: those in which they are told, and the office's if they work there.

    What is given to a department is not the office's, whoever opens its mailbox, or heads it and reads in its place.
    """
    ways = [way for line in case.lines for way in line.ways]
    if any(way.reader.is_department or way.slot == Who.HEAD for way in ways):
        in_place_of = {notice.slot for line in case.lines for notice in line.notices} & OF_THE_DEPARTMENT
        return case.slots | in_place_of
    return case.slots | {Who.OFFICE.key} if is_the_office(letters, mail.reader) else case.slots


def _closing(letters: LetterContext, mail: OutgoingMail, cases: list[CaseInMail]) -> str:
    """Which sentence says what the reader does next, by the highest role they hold: a leader may give an instruction, the
    office types, the department replies."""
    slots = frozenset(slot for case in cases for slot in case.slots)
    here = is_the_office(letters, mail.reader)
    if slots - OF_THE_DEPARTMENT - {Who.OFFICE.key}:
        return _OF_A_LEADER_HERE if here else _OF_A_LEADER
    return "closing_office" if here or Who.OFFICE.key in slots else "closing_department"


_OF_A_LEADER, _OF_A_LEADER_HERE = "closing_leader", "closing_leader_here"


def _to_do(letters: LetterContext, closing: str) -> str:
    """What is said of the reader's own steps, where the end of the mail does not ask for their result."""
    return _text(letters, "yours") if closing in (_OF_A_LEADER, _OF_A_LEADER_HERE) else ""


def _asks(letters: LetterContext, line: Line) -> bool:
    """Whether the escalation ladder asks for a written explanation at a level that this line is about."""
    return any(
        rung.ask_explanation and rung.level == notice.level
        for notice in line.notices
        for rung in letters.ledger.policy.rungs(notice.step, notice.due_on)
    )
