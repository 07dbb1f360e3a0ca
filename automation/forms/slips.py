"""Numbered slips, printed in advance for a day without power.

A visit is written on the next slip, the visitor tears off the number, and the office later types it into the line with
that number. So the Register's pad goes on on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from automation.cases.register_lines import has_content
from automation.forms.printable import short
from automation.forms.shapes import Box, Panel, Paper, Part
from automation.forms.sheet import phone_of, school_of
from automation.ledger.model import Ledger
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import REGISTER, SETTING, Language

ON_A_SHEET = 4
"""Slips on one sheet."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("Visit"),
    "slips": msg("Slips"),
    "to": msg("{first} to {last}", "numbers"),
    "keep": msg("Please keep this number."),
    "typed": msg("Type it into the line of this number in the ledger as soon as you can."),
}


def free_numbers(ledger: Ledger) -> list[str]:
    """The numbers of the Register's empty lines, from the top: what is left of the pad."""
    register = ledger.register
    free = np.flatnonzero(~has_content(register) & (register["case_no"] != ""))
    return list(dict.fromkeys(register["case_no"][free].tolist()))


def slips(ledger: Ledger, numbers: Sequence[str]) -> Paper:
    """One slip for each number, several on a sheet."""
    texts = Sentences(_TEXTS, ledger.language)
    panels = tuple(_slip(ledger, short(number)) for number in numbers)
    return Paper(ledger.language, f"{texts['slips']} {_span(numbers, ledger.language)}", panels, ON_A_SHEET)


def _slip(ledger: Ledger, number: str) -> Panel:
    texts, language = Sentences(_TEXTS, ledger.language), ledger.language

    def blank(key: str) -> Box:
        return Box(REGISTER[key].label(language), span=6)

    boxes = (
        blank("received_on"),
        blank("received_by"),
        blank("petitioner"),
        blank("contact"),
        Box(REGISTER["summary"].label(language), height=24, tall=True),
    )
    school, phone = school_of(ledger), phone_of(ledger)
    call = f"{SETTING['school_phone'].label(language)} {phone or '_' * 14}"
    stub = (school, call, texts["keep"])
    return Panel(texts["title"], school, number, (Part("", boxes),), notes=(texts["typed"],), stub=stub)


def _span(numbers: Sequence[str], language: Language) -> str:
    first, last = short(numbers[0]), short(numbers[-1])
    return first if first == last else Sentences(_TEXTS, language).say("to", first=first, last=last)
