"""What a digest says of tasks that are no steps of cases, in a section of its own, and of reception days (docs/design.md#p24.9)."""

from __future__ import annotations

from collections.abc import Iterator

from automation.cases.confidentiality import Said
from automation.cases.mailboxes import Recipient
from automation.cases.period_said import period_said
from automation.cases.tasks import Task
from automation.ledger.people import Person
from automation.mail.letters.case_parts import when
from automation.mail.letters.context import LetterContext
from automation.mail.letters.tasks import SAYS, TaskInMail, when_held
from automation.steps.tasks_told import receptions_to_look_at, tasks_told
from automation.text.catalogue import in_a_row, msg, with_note
from automation.text.templates import TemplateValues
from sheet_schema import RECEPTIONS
from sheet_schema.reception import RECEPTION_EVERY

_TITLE = msg("Also to be done")
_ROW = msg("{tab}, row {row}: {text}")
_GAPS = msg("No reception day: {periods}")
MOST = 40
"""The most rows of the section."""


def task_sections(letters: LetterContext, person: Person) -> list[TemplateValues]:
    """The section with what is late or near; none if nothing is."""
    tasks = tasks_told(letters.at_hand, person)
    if not tasks:
        return []
    reader = Recipient(person.name, person.email)
    rows = [_row(TaskInMail(letters, task, reader)) for task in tasks[:MOST]]
    title = with_note(_TITLE.say(letters.language), str(len(tasks)), letters.language)
    return [{"title": title, "rows": rows, "bars": False, "more": ""}]


def _row(told: TaskInMail) -> TemplateValues:
    letters, task = told.letters, told.task
    quoted = task.is_date or task.concerns.what_may_be_said() is Said.FULL
    return {
        "number": task.number,
        "step": task.step.label(letters.language),
        "when": _when(letters, task),
        "light": "late" if task.due_on < letters.now.date() else "soon",
        "width": 0,
        "restricted": not quoted,
        "about": SAYS[task.step](told) if quoted else "",
    }


def _when(letters: LetterContext, task: Task) -> str:
    return when_held(letters, task) if task.is_date else when(letters, task.due_on)


def receptions_told(letters: LetterContext, person: Person) -> Iterator[str]:
    """What the office has to look at: rows with problems, and periods without a reception day."""
    found, language = receptions_to_look_at(letters.at_hand, person), letters.language
    if found.gaps:
        named = [period_said(letters.ledger.policy.settings[RECEPTION_EVERY], gap, language) for gap in found.gaps]
        yield _GAPS.say(language, periods=in_a_row(named, language))
    for one in found.problems:
        yield _ROW.say(language, tab=RECEPTIONS, row=one.row, text=one.say(language))
