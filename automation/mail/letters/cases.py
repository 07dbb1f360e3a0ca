"""Letters about single cases: alerts, reminders, late steps, cases given to a department or taken from it.

Each reader reads what is theirs (docs/design.md#p4.26): one line per case and step, own steps first, and who has to act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from automation.cases.confidentiality import ASK_THE_OFFICE, Said
from automation.cases.told import How
from automation.ledger.directory import person_named
from automation.ledger.notices import Notice
from automation.mail.letters.case_parts import CasePart, StepPart, case_part, no_step, step_part, who_acts
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import (
    OF_THE_DEPARTMENT,
    CaseInMail,
    Line,
    by_case,
    next_step,
    theirs_first,
    whose,
)
from automation.mail.letters.quoting import said_of
from automation.mail.letters.reasons import why
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import Words, sentences
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Role, Step, Who

_TEXTS: Mapping[str, Words] = {
    "dates": Words("The dates follow the Deadlines tab of the ledger.", "期限依“时限”表计算。"),
    "explain": Words("Please also explain in writing why this is late.", "请一并书面说明超期原因。"),
    "urge": Words("Please see that {who} acts on it.", "请督促{who}尽快办理。"),
    "urge_to_explain": Words(
        "Please see that {who} acts on it, and explains in writing why it is late.", "请督促{who}尽快办理，并由其书面说明超期原因。"
    ),
    "done_by_department": Words(
        "Reply to this mail with the result; the office enters it in the ledger.",
        "请直接回复本邮件告知办理结果，由信访办登记。",
    ),
    "late_at_department": Words(
        "Reply to this mail with the result, or with the reason and the day it will be done; the office enters it in the ledger.",
        "请直接回复本邮件告知办理结果，或说明原因和预计办结日期，由信访办登记。",
    ),
    "done_by_office": Words(
        "Enter in the Register what has been done; then nothing more is sent about it.",
        "办理后请在“登记”表填写，此后不再提醒。",
    ),
    "instruct": Words(
        "To give an instruction, reply to this mail; the office enters it in the ledger.",
        "如有批示，请直接回复本邮件，由信访办登记。",
    ),
}  # fmt: skip


def reminded(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """What is due soon. Each step is reminded of to the role that has to do it."""
    gathered = by_case(letters, mail)
    return {
        **_about_cases(letters, mail, [_reminded(letters, mail, case) for case in gathered]),
        "closing_lines": _closing(letters, gathered, "done_by_department"),
    }


def escalated(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """What is late. Whoever has to act is asked for the result, everybody else to see that it comes."""
    gathered = by_case(letters, mail)
    return {
        **_about_cases(letters, mail, [_late(letters, mail, case) for case in gathered]),
        "closing_lines": _closing(letters, gathered, "late_at_department"),
    }


def assigned(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """The cases that are now the reader's, those passed up to them since nobody in the department can be told, and those
    of which they only get a copy, for information."""
    groups: dict[str, list[CasePart]] = {"given": [], "passed_up": [], "copied": []}
    for case in by_case(letters, mail):
        groups[_group(case)].append(_given(letters, mail, case))
    shown = {group: _by_day(cases) for group, cases in groups.items()}
    every = [case for cases in shown.values() for case in cases]
    return {**_about_cases(letters, mail, every), **shown, "to_department": mail.reader.is_department}


def _group(case: CaseInMail) -> str:
    """Whether a new case is the reader's, passed up to them, or copied to them."""
    if case.slots & OF_THE_DEPARTMENT:
        return "given"
    passed_up = any(way.how is How.PASSED_UP for line in case.lines for way in line.ways)
    return "passed_up" if passed_up else "copied"


def handed_over(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """Tell a department that a case is no longer theirs: its number only, since it is none of their business now."""
    return {
        "why": why(letters, mail),
        "numbers": [case.number for case in by_case(letters, mail)],
        "to_department": mail.reader.is_department,
    }


def _about_cases(letters: LetterContext, mail: OutgoingMail, cases: list[CasePart]) -> dict[str, object]:
    """What every letter about cases with a due date shows."""
    dates = _text(letters, "dates") if any(case.steps for case in cases) else ""
    return {
        "why": sentences([part for part in (why(letters, mail), dates) if part], letters.language),
        "ask": ASK_THE_OFFICE[letters.language],
        "cases": cases,
    }


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[key].in_language(letters.language).format(**details)


def _reminded(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> CasePart:
    said = said_of(letters, case.at, mail)
    lines = theirs_first(letters, case, _own_roles(letters, mail, case))
    steps = [replace(_step(letters, case, said, line), act=_urged(letters, case, said, line)) for line in lines]
    return case_part(letters, case.at, said, steps)


def _late(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> CasePart:
    said = said_of(letters, case.at, mail)
    lines = theirs_first(letters, case, _own_roles(letters, mail, case))
    steps = [replace(_step(letters, case, said, line), act=_act(letters, case, said, line)) for line in lines]
    return case_part(letters, case.at, said, steps)


def _step(letters: LetterContext, case: CaseInMail, said: Said, line: Line) -> StepPart:
    return step_part(letters, case.at, said, Step.of(line.notice.step), line.notice.due_on)


def _act(letters: LetterContext, case: CaseInMail, said: Said, line: Line) -> str:
    """What the reader is asked to do about a late step, beyond what the end of the mail says.

    The written explanation is asked of whoever is late; everybody else is asked to see that it is written.
    """
    who = whose(letters, Step.of(line.notice.step), case.at)
    if not _asks(letters, line.notice):
        return _urged(letters, case, said, line)
    if who in line.slots:
        return _text(letters, "explain")
    return _text(letters, "urge_to_explain", who=who_acts(letters, case.at, said, who))


def _urged(letters: LetterContext, case: CaseInMail, said: Said, line: Line) -> str:
    """Whom the reader is asked to urge; nobody if the step is theirs."""
    who = whose(letters, Step.of(line.notice.step), case.at)
    return "" if who in line.slots else _text(letters, "urge", who=who_acts(letters, case.at, said, who))


def _given(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> CasePart:
    """A newly assigned case with the step that comes first for the reader, or for the department in charge."""
    said = said_of(letters, case.at, mail)
    own = _own_roles(letters, mail, case) if case.slots & OF_THE_DEPARTMENT else OF_THE_DEPARTMENT
    found = next_step(letters, case.at, own) or next_step(letters, case.at, OF_THE_DEPARTMENT)
    step = step_part(letters, case.at, said, *found) if found else no_step(letters)
    return case_part(letters, case.at, said, [step])


def _by_day(cases: list[CasePart]) -> list[CasePart]:
    """The cases in the order of their due dates."""
    return sorted(cases, key=lambda case: (case.first.due_on or date.max, case.number))


def _own_roles(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> frozenset[str]:
    """The roles whose steps are this reader's: those in which they are told, and the office's if they work there."""
    person = None if mail.reader.is_department else person_named(mail.reader.name, letters.ledger.policy.people)
    in_office = person is not None and Role.OFFICE in person.roles
    return case.slots | {Who.OFFICE.key} if in_office else case.slots


def _closing(letters: LetterContext, cases: list[CaseInMail], at_department: str) -> list[str]:
    """What the reader does next: the department replies, the office types, a leader may give an instruction."""
    slots = frozenset(slot for case in cases for slot in case.slots)
    said = {
        at_department: bool(slots & OF_THE_DEPARTMENT),
        "done_by_office": Who.OFFICE.key in slots,
        "instruct": bool(slots - OF_THE_DEPARTMENT - {Who.OFFICE.key}),
    }
    return [_text(letters, key) for key, applies in said.items() if applies]


def _asks(letters: LetterContext, notice: Notice) -> bool:
    """Whether the escalation ladder asks for a written explanation at this level."""
    return any(
        rung.ask_explanation and rung.step == notice.step and rung.level == notice.level
        for rung in letters.ledger.policy.ladder
    )
