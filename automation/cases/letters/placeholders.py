"""The placeholders of letters, and where what is put in their place comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheet_schema import REGISTER, SETTING
from sheet_schema.word import Labelled

OF_COLUMNS: Mapping[str, str] = {
    "number": "case_no",
    "petitioner": "petitioner",
    "contact": "contact",
    "received": "received_on",
    "channel": "channel",
    "kind": "kind",
    "topic": "topic",
    "matter": "summary",
    "decision": "decision",
    "decided": "decided_on",
    "reason": "reason",
    "procedure": "procedure",
    "department": "department",
    "result": "result",
    "outcome": "outcome",
    "replied": "replied_on",
    "basis": "basis",
    "other_body": "other_body",
    "asked_for": "asked_for",
    "superior_ref": "superior_ref",
    "superior_due": "superior_due",
    "extended_to": "extended_to",
    "extension_by": "extension_by",
    "extension_reason": "extension_reason",
    "review_on": "review_on",
    "review_done": "review_done_on",
    "review_result": "review_result",
    "document": "letters_made",
}
"""Placeholders that say what stands in a column of the case."""
OF_SETTINGS: Mapping[str, str] = {"office": "school_name", "phone": "school_phone"}
COUNTED = ("day", "due", "due_rule", "old_due", "old_rule", "remedy", "remedy_time", "remedy_until", "above")
"""Placeholders that are worked out: the day of the letter, and the days by which something is owed."""
PLACEHOLDERS = (*OF_COLUMNS, *OF_SETTINGS, *COUNTED)
"""Every placeholder that a letter may have."""
FREE_TEXTS = (
    "summary",
    "matter",
    "reason",
    "result",
    "basis",
    "other_body",
    "asked_for",
    "superior_ref",
    "extension_reason",
    "review_result",
)
"""The columns in which people write sentences, and may name somebody."""

_PLACE = re.compile(r"\{\{ (\w+) \}\}")


def places_in(text: str) -> list[str]:
    """The placeholders in a text of ours, in order."""
    return _PLACE.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text of ours with the values in their places."""
    return _PLACE.sub(lambda place: values[place[1]], text)


def column_of(place: str) -> Labelled | None:
    """The column or setting where what a placeholder says is typed; None for what is worked out."""
    if place in OF_COLUMNS:
        return REGISTER[OF_COLUMNS[place]]
    return SETTING[OF_SETTINGS[place]] if place in OF_SETTINGS else None
