"""The figures of a report as one table for other programs: a line for each figure, month, and word that cases are counted by.

It has what `report --json` has of them, so of restricted cases the same counts and no more (docs/design.md#p5.9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
            "What is counted: figures, received or answered by month, received by channel, kind, topic or department, days_open."
        ),
    ),
    "key": (
        Type.TEXT,
        msg("Key", "export"),
        msg("The figure, month, choice or name; of days_open the first and last number of days."),
    ),
    "label": (Type.TEXT, msg("Label", "export"), msg("What it is called in the report.")),
    "value": (
        Type.WHOLE,
        msg("Value", "export"),
        msg("A count, a share between 0 and 1, or a mean of days; blank if there was nothing to count."),
    ),
    "part": (
        Type.WHOLE,
        msg("Part", "export"),
        msg("How many of the whole a share counts; of days_open how many are late."),
    ),
    "whole": (Type.WHOLE, msg("Whole", "export"), msg("What a share or mean is of.")),
    "target": (Type.WHOLE, msg("Target", "export"), msg("What it should be, if there is a target.")),
    "before": (Type.WHOLE, msg("Before", "export"), msg("The value in the period before.")),
    "restricted": (
        Type.WHOLE,
        msg("Restricted", "export"),
        msg(
            "How many restricted cases a figure counts; of a table by month none, of any other how many are in no line of it."
        ),
    ),
}
"""Of each column its type, what it is called and what it means."""


def lines_of(report: Report) -> list[dict[str, Any]]:
    """The lines, by column; what has no value is left out."""
    return [*_lines(as_json(report))]


def _lines(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in said["figures"]:
        yield {
            "table": "figures", "key": one["key"], "label": one["name"], "value": one["value"], "part": one["numerator"],
            "whole": one["denominator"], "target": one["target"], "before": one["before"]["value"],
            "restricted": one["restricted"],
        }  # fmt: skip
    for table, which in (("received_by_month", "received"), ("answered_by_month", "replied")):
        for month in said["months"]:
            yield {"table": table, "key": month["month"], "label": month["month"], "value": month[which]}
    for breakdown in said["breakdowns"]:
        table = f"received_by_{breakdown['by']}"
        for one in breakdown["counts"]:
            yield {"table": table, "key": one["key"], "label": one["label"], "value": one["count"]}
        yield {"table": table, "restricted": breakdown["restricted"]}
    for one in said["ages"]["lines"]:
        key = f"{one['least']}-{'' if one['most'] is None else one['most']}"
        yield {"table": "days_open", "key": key, "label": key, "value": one["count"], "part": one["late"]}
    yield {"table": "days_open", "restricted": said["ages"]["restricted"], "part": said["ages"]["restricted_late"]}
