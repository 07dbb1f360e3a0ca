"""The sentences of one mail: as administrators put them in the tab Wording, otherwise ours (docs/design.md#p6.12).

What is filled in comes from what the mail shows its reader anyway, never from the case: what may not be said is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from automation.cases.confidentiality import Said
from automation.ledger.wording.block import Block
from automation.ledger.wording.blocks import BLOCK
from automation.ledger.wording.filling import Facts, filled, ours
from automation.mail.letters.case_parts import CasePart
from automation.mail.letters.context import LetterContext
from automation.text.catalogue import listed, msg
from automation.text.templates import TemplateValues
from sheet_schema.wording import Placeholder

OFFICE = msg("Letters and visits office")


def school(letters: LetterContext) -> str:
    """The school's name at the head of every mail."""
    return letters.ledger.policy.settings["school_name"] or OFFICE.say(letters.language)


@dataclass(frozen=True)
class WordingOf:
    """The sentences of a mail by their part, such as `opening`, for its templates: `wording["opening"]`.

    `values` is what the mail's other lines are made from.
    """

    letters: LetterContext
    kind: str
    values: TemplateValues
    to_department: bool = False

    def __getitem__(self, part: str) -> str:
        block = BLOCK[f"{self.kind}.{part}"]
        return said(self.letters, block, facts_of(self.letters, block, self.values), to_department=self.to_department)


def said(letters: LetterContext, block: Block, facts: Facts, *, to_department: bool = False) -> str:
    """One sentence, filled in: the office's own if it can be, otherwise ours."""
    own = letters.ledger.policy.wording.get(block.key, "")
    return (filled(own, facts) if own else "") or ours(block, facts, letters.language, to_department=to_department)


def facts_of(letters: LetterContext, block: Block, values: TemplateValues) -> Facts:
    """What the sentence may say, and nothing that the mail does not show its reader."""
    shown = values.get(block.about, ())
    cases: Sequence[object] = shown if isinstance(shown, Sequence) else ()
    found = {
        Placeholder.TODAY: letters.spoken(letters.now.date()),
        Placeholder.TIME: letters.now.strftime("%H:%M"),
        Placeholder.SCHOOL: school(letters),
        **{one: values[key] for one, key in _IN_THE_MAIL.items() if key in values},
        **{one: of_cases(cases, letters.language) for one, of_cases in _OF_CASES.items() if cases},
    }
    return {one: found[one] for one in block.may_contain if one in found}


_IN_THE_MAIL = {
    Placeholder.HEADLINE: "headline",
    Placeholder.WORKBOOK: "workbook",
    Placeholder.JOB: "job",
    Placeholder.HOURS: "hours",
    Placeholder.LIMIT: "limit",
    Placeholder.SENDING: "release",
    Placeholder.ASKED: "asked",
    Placeholder.COUNT: "count",
}
"""The values of a mail that may be put into a sentence."""


def _number(case: object) -> str:
    return case.number if isinstance(case, CasePart) else str(case)


def _day(cases: Sequence[object], _: str) -> str:
    return cases[0].first.day if isinstance(cases[0], CasePart) else ""


def _step(cases: Sequence[object], _: str) -> str:
    return cases[0].first.step if isinstance(cases[0], CasePart) else ""


def _department(cases: Sequence[object], _: str) -> str:
    first = cases[0]
    return first.department if isinstance(first, CasePart) and first.said == Said.FULL.value else ""


_OF_CASES: Mapping[Placeholder, Callable[[Sequence[object], str], object]] = {
    Placeholder.CASE_NO: lambda cases, _: _number(cases[0]),
    Placeholder.CASE_NOS: lambda cases, language: listed(map(_number, cases), language),
    Placeholder.COUNT: lambda cases, _: len(cases),
    Placeholder.STEP: _step,
    Placeholder.MATTER: _step,
    Placeholder.DUE_ON: _day,
    Placeholder.CAME_ON: _day,
    Placeholder.DEPARTMENT: _department,
}
"""What is said of the cases in a mail, the first of which is on top."""
