"""What mails say of the departments that have a part in a case: to them their part and who leads, to others who has answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from automation.cases.clocks import Clock
from automation.cases.confidentiality import Said
from automation.cases.involved import clock_of, due_of, parts_of
from automation.cases.part_sum import part_sum
from automation.ledger.department_cells import TypedPart
from automation.mail.letters.case_parts import CasePart, StepPart, given_to, others, when
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import CaseInMail, Line
from automation.text.catalogue import Message, in_a_row, msg, with_note
from sheet_schema.vocabulary import Step

_TEXTS: Mapping[str, Message] = {
    "leads": msg("{department} leads in this."),
    "beside": msg("Also involved: {departments}."),
    "answered": msg("answered on {day}"),
    "answered_some_day": msg("answered"),
    "waived": msg("not needed"),
    "due": msg("not yet, due {day}"),
    "not_yet": msg("not yet"),
    "moved": msg("moved on from {day}, a day off"),
}


def parts_apart(case: CaseInMail) -> Iterator[CaseInMail]:
    """The case without and, as another one, with what it says of the reader's part: who leads one may have a part in another's."""
    for of_parts in (False, True):
        lines = tuple(line for line in case.lines if bool(line.part_of) is of_parts)
        if lines:
            yield replace(case, lines=lines)


def step_of_part(letters: LetterContext, at: int, said: Said, line: Line) -> StepPart:
    """A department's part as a step with its day. Whose part it is, is only said where all of the case may be."""
    name = _today(letters, line.part_of)
    cases = letters.at_hand
    due = due_of(cases.of_parts, at, name) or line.notice.due_on
    part = next((one for one in parts_of(cases.ledger).get(at, ()) if one.name == name), None)
    clock = clock_of(cases.of_parts, at, name)
    why = _why(letters, clock, at, part) if part and clock and said is Said.FULL else ""
    label = Step.PART.label(letters.language)
    return StepPart(
        when=when(letters, due),
        step=with_note(label, name, letters.language) if said is Said.FULL and _may_act(letters, at, name) else label,
        day=letters.spoken(due) if due else "",
        due_on=due,
        light="late" if due and due < letters.now.date() else "soon",
        sum=why,
    )


def step_named(letters: LetterContext, at: int, step: Step, due: date | None, *, quoted: bool) -> str:
    """A step in a list; of a part that is open, with whose it is that is due on this day, if that may be said."""
    label, cases = step.label(letters.language), letters.at_hand
    if step is not Step.PART or not quoted:
        return label
    open_parts = [one for one in cases.of_parts if one.clock.open[at] and one.clock.due[at].item() == due]
    names = [name for one in open_parts if _may_act(letters, at, name := str(one.names[at]))]
    return with_note(label, in_a_row(names, letters.language), letters.language) if names else label


def _why(letters: LetterContext, clock: Clock, at: int, part: TypedPart) -> str:
    """Why it is due that day, where the office did not name just that day."""
    if part.until is None:
        return part_sum(letters.ledger, clock, at, part, letters.spoken)
    moved = part.until != clock.due[at].item()
    return _TEXTS["moved"].say(letters.language, day=letters.spoken(part.until)) if moved else ""


def who_acts_on(letters: LetterContext, at: int, said: Said, line: Line) -> str:
    """Whose part it is, in words; blank if the line is about no part."""
    if not line.part_of:
        return ""
    name = _today(letters, line.part_of)
    return name if said is Said.FULL and _may_act(letters, at, name) else others(letters)


def with_parts(letters: LetterContext, case: CaseInMail, shown: CasePart) -> CasePart:
    """The case with who leads, for a department that has a part in it; with who has answered, for everybody else."""
    if shown.said != Said.FULL.value:
        return shown
    if all(line.part_of for line in case.lines):
        lead = given_to(letters, case.at)[0]
        return replace(shown, parts=_TEXTS["leads"].say(letters.language, department=lead) if lead else "")
    return replace(shown, parts=who_has_answered(letters, case.at))


def who_has_answered(letters: LetterContext, at: int) -> str:
    """Each department also involved, without any that must not know of the case, and whether it has answered; blank for none."""
    parts = [part for part in parts_of(letters.at_hand.ledger).get(at, ()) if _may_act(letters, at, part.name)]
    if not parts:
        return ""
    said = [with_note(part.name, _state(letters, at, part), letters.language) for part in parts]
    return _TEXTS["beside"].say(letters.language, departments=in_a_row(said, letters.language))


def _state(letters: LetterContext, at: int, part: TypedPart) -> str:
    if part.answered:
        key = "answered" if part.answered_on else "answered_some_day"
        return _say(letters, key, part.answered_on)
    if part.waived and part.why:
        return _say(letters, "waived")
    due = due_of(letters.at_hand.of_parts, at, part.name)
    return _say(letters, "due" if due else "not_yet", due)


def _say(letters: LetterContext, key: str, day: date | None = None) -> str:
    return _TEXTS[key].say(letters.language, day=letters.spoken(day) if day else "")


def _may_act(letters: LetterContext, at: int, name: str) -> bool:
    """Whether the department is one, and may be named as one that acts."""
    known = letters.recipients.department(name)
    return known is not None and letters.at_hand.confidence.department_may_have(at, known.name)


def _today(letters: LetterContext, holder: str) -> str:
    """What the department is called today that was told under this name."""
    known = letters.recipients.department(holder)
    return known.name if known else holder
