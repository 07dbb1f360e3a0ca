"""Gathers a mail's notices by case: each case once, and of each of its steps one line, whatever roles the reader has.

"In one mail a case stands once, with one line for each step at its highest level, whatever roles the reader holds, and
cases are counted as cases." (docs/design.md#p4.26)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from automation.cases.mailboxes import Recipient
from automation.cases.told import How, Way
from automation.ledger.notices import Notice
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail
from sheet_schema.vocabulary import Step, Who

OF_THE_DEPARTMENT = frozenset((Who.HANDLER.key, Who.HEAD.key))
"""The roles whose steps the department in charge has to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a case in a mail: its notices, and every way in which they came to the reader."""

    notices: tuple[Notice, ...]
    ways: tuple[Way, ...]

    @property
    def notice(self) -> Notice:
        """The notice of the highest level."""
        return max(self.notices, key=lambda notice: notice.level)

    @property
    def part_of(self) -> str:
        """The department whose part in the case it is about; blank if it is about a step of the department in charge."""
        return self.notice.holder if self.notice.step == Step.PART else ""

    @property
    def slots(self) -> frozenset[str]:
        """The roles in which the reader is told, which are other than the notice's if it was passed up. A copy is for
        information, so it counts for none, whatever *Copy to* names."""
        return frozenset(way.slot for way in self.ways if way.how is not How.COPIED)


@dataclass(frozen=True, slots=True)
class CaseInMail:
    """One case in a mail, with a line for each step; the position is the case's in the register."""

    number: str
    at: int
    lines: tuple[Line, ...]

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(slot for line in self.lines for slot in line.slots)

    @property
    def due_on(self) -> date:
        """The day by which cases are put in order: the earliest due date."""
        return min(line.notice.due_on or date.max for line in self.lines)


def by_case(letters: LetterContext, mail: OutgoingMail) -> list[CaseInMail]:
    """The cases of a mail, the one that is due first on top."""
    of_case: dict[str, dict[str, list[Notice]]] = {}
    for notice in mail.notices:
        whose = f"{notice.step} {notice.holder}" if notice.step == Step.PART else notice.step
        of_case.setdefault(notice.case_no, {}).setdefault(whose, []).append(notice)
    cases = [
        CaseInMail(
            number,
            next(iter(steps.values()))[0].case_at,
            tuple(_line(letters, told, mail.reader) for told in steps.values()),
        )
        for number, steps in of_case.items()
    ]
    return sorted(cases, key=lambda case: (case.due_on, case.number))


def _line(letters: LetterContext, told: list[Notice], reader: Recipient) -> Line:
    return Line(tuple(told), tuple(way_to(letters, notice, reader) for notice in told))


def way_to(letters: LetterContext, notice: Notice, reader: Recipient) -> Way:
    """How the notice came to this reader."""
    return letters.recipients.told(notice).way_to(reader) or Way(reader, How.HOLDER, notice.slot)


def whose(letters: LetterContext, step: Step, at: int) -> str:
    """Who has to do this step of the case, as Deadlines says: the handler, the head or the office. A part is its department's."""
    if step is Step.PART:
        return Who.HANDLER.key
    rule = int(letters.at_hand.clocks[step].rule[at])
    return letters.ledger.policy.deadlines[rule].who if rule >= 0 else Who.OFFICE.key


def theirs_first(letters: LetterContext, case: CaseInMail, own: frozenset[str]) -> list[Line]:
    """The lines of a case: first the steps that the roles in `own` have to do, each group by due date."""

    def order(line: Line) -> tuple[bool, date]:
        is_own = whose(letters, Step.of(line.notice.step), case.at) in own
        return not is_own, line.notice.due_on or date.max

    return sorted(case.lines, key=order)


def next_step(letters: LetterContext, at: int, own: frozenset[str]) -> tuple[Step, date] | None:
    """The open step that the roles in `own` have to do first, and its due date; None if they have nothing to do."""
    found: list[tuple[date, Step]] = [
        (clock.due[at].item(), step)
        for step, clock in letters.at_hand.clocks.items()
        if clock.open[at] and step is not Step.PART and whose(letters, step, at) in own
    ]
    if not found:
        return None
    due, step = min(found, key=lambda one: one[0])
    return step, due
