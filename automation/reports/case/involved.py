"""What `explain` says of the departments that have a part in a case: until when and why, who has answered, whose is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from automation.cases.involved import clock_of, is_in, parts_of
from automation.cases.part_sum import part_sum
from automation.ledger.cells import json_value
from automation.ledger.department_cells import TypedPart
from automation.reports.case.one_case import OneCase
from automation.text.catalogue import Message, counted, msg

_TEXTS: Mapping[str, Message] = {
    "due": msg("Part of {department}: due {due}, {sum}{late}"),
    "no_day": msg("Part of {department}: missing, no day is set for it"),
    "answered": msg("Part of {department}: answered on {day}{late} (was due {due}, {sum})"),
    "answered_no_day": msg("Part of {department}: answered on {day}"),
    "undated": msg("Part of {department}: answered, on a day not given"),
    "waived": msg("Part of {department}: waived ({why})"),
}
_LATE = counted("; 1 day late", "; {n} days late")
_DONE_LATE = counted(", 1 day late", ", {n} days late")


def part_lines(case: OneCase) -> Iterator[str]:
    """A line for each department also involved."""
    for part in parts_of(case.ledger).get(0, ()):
        due, why, language = _due(case, part), _why(case, part), case.ledger.language
        details = {"department": part.name, "due": due, "sum": why, "why": part.why, "day": part.answered_on}
        if part.answered:
            key = "undated" if part.answered_on is None else "answered" if due else "answered_no_day"
            yield _TEXTS[key].say(language, **details, late=_late(_DONE_LATE, due, part.answered_on, language))
        elif is_in(part):
            yield _TEXTS["waived"].say(language, **details)
        else:
            late = _late(_LATE, due, case.now.date(), language)
            yield _TEXTS["due" if due else "no_day"].say(language, **details, late=late)


def part_objects(case: OneCase) -> list[dict[str, object]]:
    """The same as objects, for `--json`."""
    return [
        {
            "department": part.name,
            "due_on": json_value(_due(case, part)),
            "sum": _why(case, part),
            "answered": part.answered,
            "answered_on": json_value(part.answered_on),
            "waived": part.why if part.waived and part.why else None,
            "open": not is_in(part),
        }
        for part in parts_of(case.ledger).get(0, ())
    ]


def _due(case: OneCase, part: TypedPart) -> date | None:
    clock = clock_of(case.cases.of_parts, 0, part.name)
    due: date | None = clock.due[0].item() if clock else None
    return due


def _why(case: OneCase, part: TypedPart) -> str:
    clock = clock_of(case.cases.of_parts, 0, part.name)
    return part_sum(case.ledger, clock, 0, part) if clock else ""


def _late(words: Message, due: date | None, day: date | None, language: str) -> str:
    late = (day - due).days if due and day else 0
    return words.say(language, n=late) if late > 0 else ""
