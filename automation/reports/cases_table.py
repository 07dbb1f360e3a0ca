"""The cases behind the figures of a report as one table for other programs: a line for each case of each figure or list.

It names the cases that `report --json` names, so none that is restricted: of those it says how many there are (docs/design.md#p5.9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from automation.reports.as_json import as_json
from automation.reports.model import Report
from automation.text.catalogue import Message, msg
from sheet_schema import Type

COLUMNS: Mapping[str, tuple[Type, Message, Message]] = {
    "table": (
        Type.TEXT,
        msg("Table", "export"),
        msg(
            "What the case is counted in: figures or received_by_…, as in the table of figures; or a list of the report."
        ),
    ),
    "key": (Type.TEXT, msg("Key", "export"), msg("The figure, choice or name; blank for a list.")),
    "case_no": (Type.TEXT, msg("Case no.", "export"), msg("The case; blank in a line that counts restricted ones.")),
    "received_on": (Type.DATE, msg("Received on", "export"), msg("Of a case in a list, as the next columns.")),
    "topic": (Type.TEXT, msg("Topic", "export"), msg("What it is about.")),
    "department": (Type.TEXT, msg("Department", "export"), msg("Who has it.")),
    "step": (Type.TEXT, msg("Step", "export"), msg("What it waits for; blank if nothing is due.")),
    "due_on": (Type.DATE, msg("Due on", "export"), msg("By when.")),
    "days_late": (Type.WHOLE, msg("Days late", "export"), msg("How late it is; 0 if it is not.")),
    "age": (Type.WHOLE, msg("Age in days", "export"), msg("The days until it was closed, or until the report.")),
    "restricted": (
        Type.WHOLE,
        msg("Restricted", "export"),
        msg("How many restricted cases belong to this figure or list besides: ask the office."),
    ),
}
"""Of each column its type, what it is called and what it means."""
_OF_A_CASE = ("received_on", "topic", "department", "step", "due_on", "days_late", "age")


def case_lines_of(report: Report) -> list[dict[str, Any]]:
    """The lines, by column; what has no value is left out."""
    return [*_lines(as_json(report))]


def _lines(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in said["figures"]:
        yield from _numbers("figures", one["key"], one["numbers"])
        yield from _restricted("figures", one["restricted"], key=one["key"])
    for breakdown in said["breakdowns"]:
        table = f"received_by_{breakdown['by']}"
        for one in breakdown["counts"]:
            yield from _numbers(table, one["key"], one["numbers"])
        yield from _restricted(table, breakdown["restricted"])
    for table in ("late", "collective", "repeats"):
        yield from _listed(table, said[table]["cases"])
        yield from _restricted(table, said[table]["restricted"])
    for table in ("superiors", "leapfrog", "told"):
        yield from _listed(table, [one["case"] for one in said[table]["cases"]])
        yield from _restricted(table, said[table]["restricted"])
    yield from _numbers("invalid", "", said["integrity"]["invalid"])
    yield from _restricted("invalid", said["integrity"]["restricted"])


def _numbers(table: str, key: str, numbers: Sequence[str]) -> Iterator[dict[str, Any]]:
    return ({"table": table, "key": key, "case_no": number} for number in numbers)


def _listed(table: str, cases: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in cases:
        yield {"table": table, "case_no": one["number"], **{key: one[key] for key in _OF_A_CASE}}


def _restricted(table: str, count: int, key: str = "") -> Iterator[dict[str, Any]]:
    if count:
        yield {"table": table, "key": key, "restricted": count}
