"""Letters about what is no step of a case but has to be done by a day: reminders, and what is late (docs/design.md#p24.3).

What a tab with days of its own says of a task stands in `SAYS`, by the task's step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from automation.cases.confidentiality import Said
from automation.cases.mailboxes import Recipient
from automation.cases.tasks import Task
from automation.cases.told import How
from automation.ledger.receptions import Reception, receptions_of
from automation.mail.letters.case_parts import CasePart, StepPart, when
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import way_to
from automation.mail.letters.quoting import is_the_office, whom_to_ask
from automation.mail.letters.reasons import because, of_role
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import clauses, in_a_row, listed, msg, with_note
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Role, TaskStep

_ON = {
    "left": msg("On {day}: in {n} days"),
    "tomorrow": msg("On {day}: tomorrow"),
    "today": msg("On {day}: today"),
}
_NOBODY = msg("Nobody is down as host who will be there: please name one.")
_HOST = msg("Host: {names}")
_CAME = msg("Who comes: {text}")
_OF_CASES = msg("Cases: {numbers}")
_WHY_HOST = msg("you are down as host of a reception day")
_WHY_STAND_IN = msg("{name}, who is down as host of a reception day, is away and you stand in")
_WHY_INSTEAD = msg("nobody else may or can be told of it")


@dataclass(frozen=True, slots=True)
class TaskInMail:
    """A task in a letter to one reader."""

    letters: LetterContext
    task: Task
    reader: Recipient

    @property
    def is_for_the_office(self) -> bool:
        return is_the_office(self.letters, self.reader)


def about_tasks(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """What is to be done, the earliest day first; each once, whatever roles the reader has."""
    tasks = {(task.number, task.step, task.due_on): task for task in _tasks(mail)}
    shown = [_part(TaskInMail(letters, task, mail.reader)) for task in sorted(tasks.values(), key=_by_day)]
    here = is_the_office(letters, mail.reader)
    return {
        "why": _why(letters, mail),
        "ask": whom_to_ask(letters, mail),
        "cases": shown,
        "closing_part": "closing_office" if here else "closing_leader",
    }


def _tasks(mail: OutgoingMail) -> list[Task]:
    return [notice.concern for notice in mail.notices if isinstance(notice.concern, Task)]


def _by_day(task: Task) -> tuple[object, ...]:
    return task.due_on, task.number, task.step.key


def _part(told: TaskInMail) -> CasePart:
    """One task: its number, its day, and as far as may be said what it is."""
    letters, task = told.letters, told.task
    said = Said.FULL if task.is_date else task.concerns.what_may_be_said()
    late = task.due_on < letters.now.date()
    step = StepPart(
        when=when_held(letters, task) if task.is_date else when(letters, task.due_on),
        step=task.step.label(letters.language),
        day=letters.spoken(task.due_on),
        due_on=task.due_on,
        light="late" if late else "soon",
    )
    about = SAYS[task.step](told) if said is Said.FULL else ""
    return CasePart(task.number, said.value, (step,), about=about)


def when_held(letters: LetterContext, task: Task) -> str:
    """On which day, and in how many days."""
    left = (task.due_on - letters.now.date()).days
    key = {0: "today", 1: "tomorrow"}.get(left, "left")
    return _ON[key].say(letters.language, day=letters.spoken(task.due_on), n=left)


def _of_a_day(told: TaskInMail) -> str:
    """Time, place and hosts of a reception day; who comes only for its host and the office, and only as far as they may know of
    the cases (docs/design.md#p24.6)."""
    row, language = _row(told), told.letters.language
    concerns = told.task.concerns
    parts = [row.time, row.place]
    if told.task.slots == (Role.OFFICE.key,):
        parts.append(_NOBODY.say(language))
    elif told.is_for_the_office:
        parts.append(_HOST.say(language, names=listed(row.hosts, language)))
    may_know = concerns.may_know(told.reader)
    if row.came and may_know and concerns.may_be_quoted:
        parts.append(_CAME.say(language, text=row.came))
    return clauses([part for part in parts if part], language)


def _of_an_undertaking(told: TaskInMail) -> str:
    row, language = _row(told), told.letters.language
    whose = _HOST.say(language, names=listed(row.hosts, language)) if row.hosts else ""
    cases = _OF_CASES.say(language, numbers=in_a_row(row.cases, language)) if row.cases else ""
    notes = [one for one in ("" if told.reader.name in row.hosts else whose, cases) if one]
    return with_note(row.undertaking, clauses(notes, language), language) if notes else row.undertaking


def _row(told: TaskInMail) -> Reception:
    rows = receptions_of(told.letters.ledger)
    return next(row for row in rows if row.at == told.task.at)


SAYS: Mapping[TaskStep, Callable[[TaskInMail], str]] = {
    TaskStep.RECEPTION: _of_a_day,
    TaskStep.UNDERTAKING: _of_an_undertaking,
}
"""What is said of a task to a reader who may know of it."""


def _why(letters: LetterContext, mail: OutgoingMail) -> str:
    """The sentence at the foot of the mail, with every reason once."""
    reasons: dict[str, None] = {}
    footers: set[str] = set()
    for notice in mail.notices:
        way, language = way_to(letters, notice, mail.reader), letters.language
        footers.add(way.slot)
        if way.how is How.PASSED_UP and way.slot != Role.OFFICE:
            reasons[_WHY_INSTEAD.say(language)] = None
        elif (role := of_role(way.slot, language)) is not None:
            reasons[role] = None
        elif way.of:
            reasons[_WHY_STAND_IN.say(language, name=way.of)] = None
        else:
            reasons[_WHY_HOST.say(language)] = None
    role = footers.pop() if len(footers) == 1 else ""
    return because(letters, reasons, role if role in {one.key for one in Role} else "")
