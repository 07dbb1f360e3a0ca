"""Papers of every kind to draw, with long and short texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from automation.cases.cases import cases_of
from automation.forms.receipt import receipt_of_case
from automation.forms.shapes import Paper
from automation.forms.sheet import empty_form, form_of_case
from automation.forms.slips import slips
from sheet_schema import REGISTER, Language, Type
from tests.support.ledger_in_memory import NOW, ledger, line


def form_saying(language: Language, text: str) -> Paper:
    """The form of a case with this text wherever a person types text."""
    cells = {column.key: text for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
    found = ledger(language, register=({**line(), **cells},))
    return form_of_case(found, found.register, 0, quoted=True)


def summed_up(language: Language, text: str) -> Paper:
    """The form of a case with this text as its summary."""
    found = ledger(language, register=({**line(), "summary": text},))
    return form_of_case(found, found.register, 0, quoted=True)


@cache
def papers(language: Language) -> Mapping[str, Paper]:
    found = ledger(language, register=(line(),))
    numbers = [f"LV-{number:05d}" for number in range(1, 11)]
    return {
        "form": form_of_case(found, found.register, 0, quoted=True),
        "restricted": form_of_case(found, found.register, 0, quoted=False),
        "longest": form_saying(language, "W 门\n" * 250),
        "empty": empty_form(found, "LV-00002"),
        "receipt": receipt_of_case(cases_of(found, NOW), 0),
        "slips": slips(found, numbers),
    }


SHEETS = {"form": 1, "restricted": 1, "longest": 1, "empty": 1, "receipt": 1, "slips": 3}
"""The number of sheets of paper for each; the longest goes on overleaf."""
