"""What letters show of a case: its number, and as far as the reader may know its steps, dates and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from automation.cases.confidentiality import Said
from automation.cases.due_date_sum import due_sum
from automation.cases.joined_said import together_with
from automation.cases.late_when_seen import late_when_seen, reopened_on
from automation.cases.mailboxes import Recipient, is_away
from automation.mail.letters.context import LetterContext
from automation.mail.letters.instead_of_office import office_acts
from automation.text.catalogue import Message, Row, counted, msg, sentences, with_note
from sheet_schema.vocabulary import Step, Who

_TEXTS: Mapping[str, Message] = {
    "left": msg("Due {day}: {n} days left"),
    "tomorrow": msg("Due {day}: tomorrow"),
    "today": msg("Due {day}: today"),
    "late": counted("Due {day}: 1 day late", "Due {day}: {n} days late"),
    "panel_meets": msg("The panel meets on {day}"),
    "panel_papers": msg(
        "Please see that its members, and whoever complained, know the day and have the papers; that none of them had a part in the matter; and that one is independent of the school, where your rules ask for it."
    ),
    "no_due": msg("No day is set for it"),
    "typed_in": msg("Typed in on {day}; received on {received}."),
    "together": msg("Answered together with {numbers}."),
    "opened_again": msg("Opened again on {day}."),
    "head_of": msg("the head of {department}"),
    "others": msg("somebody other than those concerned"),
}


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step of a case as a letter shows it: until when, the sum and the rule behind the date, and who has to do what."""

    when: str = ""
    step: str = ""
    day: str = ""
    due_on: date | None = None
    light: str = "soon"
    sum: str = ""
    basis: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class CasePart:
    """A case as a letter shows it. `said` is a value of `Said`; what may not be said is blank."""

    number: str
    said: str
    steps: tuple[StepPart, ...] = ()
    about: str = ""
    department: str = ""
    note: str = ""
    """When it came into the ledger, if it was late already then."""
    parts: str = ""
    """Which departments have a part in it besides, and who of them has answered; to these, who leads."""

    @property
    def first(self) -> StepPart:
        """The step that the subject names."""
        return self.steps[0] if self.steps else StepPart()

    @property
    def light(self) -> str:
        return "late" if any(step.light == "late" for step in self.steps) else "soon"


def case_part(
    letters: LetterContext, at: int, said: Said, steps: Iterable[StepPart], reader: Recipient | None = None
) -> CasePart:
    """A case in a letter: its number and, as far as may be said, the given steps and what it is about."""
    register = letters.at_hand.register
    number = str(register["case_no"][at])
    if said is Said.NUMBER_ONLY:
        return CasePart(number, said.value)
    if said is Said.RESTRICTED:
        return CasePart(number, said.value, tuple(steps))
    return CasePart(
        number=number,
        said=said.value,
        steps=tuple(steps),
        about=about(letters, at),
        department=given_to(letters, at)[0],
        note=sentences(
            [part for part in (_note(letters, at), _together(letters, at, reader)) if part], letters.language
        ),
    )


def _note(letters: LetterContext, at: int) -> str:
    """That a case which was late when a run first saw it was typed in late, or opened again."""
    cases = letters.at_hand
    if not late_when_seen(cases, at):
        return ""
    if (again := reopened_on(cases)[at].item()) is not None:
        return _TEXTS["opened_again"].say(letters.language, day=letters.spoken(again))
    seen, received = cases.first_seen[at].item(), cases.register["received_on"][at].item()
    return _TEXTS["typed_in"].say(letters.language, day=letters.spoken(seen), received=letters.spoken(received or seen))


def _together(letters: LetterContext, at: int, reader: Recipient | None) -> str:
    """With which cases this one is answered, as far as the reader may know of them."""
    if reader is None or not letters.ledger.register["joined_facts"][at]:
        return ""
    facts = together_with(
        letters.ledger,
        letters.at_hand.confidence,
        at,
        letters.now.date(),
        lambda one, there: one.may_know(there, reader),
    )
    numbers = [number for number in (facts.leading, *facts.joined) if number]
    return _TEXTS["together"].say(letters.language, numbers=Row(numbers)) if numbers else ""


def step_part(letters: LetterContext, at: int, said: Said, step: Step, due: date | None) -> StepPart:
    """A step of a case with its date. The sum behind the date and the rule are only shown if all may be said: they
    tell the channel and the kind."""
    if step is Step.PANEL and due is not None and due == letters.at_hand.register["panel_on"][at].item():
        return _panel_part(letters, due)
    clock = letters.at_hand.clocks[step]
    quoted, rule_at = said is Said.FULL, clock.rule[at]
    written = due_sum(letters.ledger, clock, at, letters.spoken) if quoted else ""
    return StepPart(
        when=when(letters, due),
        step=step.label(letters.language),
        day=letters.spoken(due),
        due_on=due,
        light="late" if due and due < letters.now.date() else "soon",
        sum=written[:1].lower() + written[1:],
        basis=letters.ledger.policy.deadlines[rule_at].basis if quoted and rule_at >= 0 else "",
    )


def _panel_part(letters: LetterContext, meets: date) -> StepPart:
    """A panel that is set: when it meets, and what has to be ready by then."""
    day = letters.spoken(meets)
    when_it_meets, act = (_TEXTS[key].say(letters.language, day=day) for key in ("panel_meets", "panel_papers"))
    return StepPart(when=when_it_meets, step=Step.PANEL.label(letters.language), day=day, due_on=meets, act=act)


def no_step(letters: LetterContext) -> StepPart:
    """What stands in place of a step where no day is set for the reader."""
    return StepPart(when=when(letters, None))


def when(letters: LetterContext, due: date | None) -> str:
    """How many days are left or over, in words."""
    if due is None:
        return _TEXTS["no_due"].say(letters.language)
    left = (due - letters.now.date()).days
    key = {0: "today", 1: "tomorrow"}.get(left, "left" if left > 0 else "late")
    return _TEXTS[key].say(letters.language, day=letters.spoken(due), n=abs(left))


def about(letters: LetterContext, at: int) -> str:
    """What the case is about: topic and summary, never the petitioner's name or telephone number."""
    register = letters.at_hand.register
    parts = (str(register["topic"][at]), str(register["summary"][at]))
    return msg(": ").say(letters.language).join(part for part in parts if part)


def given_to(letters: LetterContext, at: int) -> tuple[str, str]:
    """The department and the handler that have the case, without whoever must not know of it."""
    register = letters.at_hand.register
    department, handler = (str(register[key][at]) for key in ("department", "handler"))
    return letters.at_hand.confidence.may_act(at, department, handler)


def is_handled_by(letters: LetterContext, at: int, reader: Recipient) -> bool:
    """Whether the reader is the person whom Handler names, in whatever role a mail tells them."""
    handler = letters.ledger.policy.directory.person(given_to(letters, at)[1])
    return bool(handler) and not reader.is_department and handler == reader.name


def others(letters: LetterContext) -> str:
    """Who has to act where nobody may be named: somebody whom the case is not about."""
    return _TEXTS["others"].say(letters.language)


def _is_there(letters: LetterContext, handler: str) -> bool:
    """Whether the handler is plainly one person, who is not away and has not left."""
    name = letters.ledger.policy.directory.person(handler)
    person = next((one for one in letters.ledger.policy.people if one.name == name), None)
    return bool(name) and (person is None or not is_away(person, letters.now.date()))


def who_acts(letters: LetterContext, at: int, said: Said, who: str) -> str:
    """Who has to do a step of the case, in words; blank if nobody has it yet.

    Nobody in conflict is named as the one who must act or explain (docs/design.md#p4.11). Of a restricted case nobody is
    named but the office: whether somebody has it may not be said either.
    """
    language, register = letters.language, letters.at_hand.register
    if who == Who.OFFICE:
        return office_acts(letters, at) or others(letters)
    if said is Said.FULL and not register["department"][at] and not register["handler"][at]:
        return ""
    department, handler = given_to(letters, at)
    if said is not Said.FULL or not (department or handler):
        return others(letters)
    if letters.recipients.department(department) is None and not letters.ledger.policy.directory.person(handler):
        return ""  # what stands there is no department and nobody here: nobody was told
    if who == Who.HEAD and (known := letters.recipients.department(department)) is not None and known.head:
        return _TEXTS["head_of"].say(language, department=department)
    if department and not _is_there(letters, handler):
        return department  # then the department is told, or a stand-in (4.11)
    return with_note(handler, department, language) if department else handler
