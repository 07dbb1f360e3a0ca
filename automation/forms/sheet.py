"""The Registration Form for Reception of Visitors (来访登记表), for one case or empty.

For a restricted case it has number, step, date and "ask the office"; the rest is left to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from automation.cases.confidentiality import ASK_THE_OFFICE
from automation.forms.printable import printable, short
from automation.forms.shapes import Box, Panel, Paper, Part
from automation.ledger.model import Ledger
from automation.ledger.table import Table
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import REGISTER, Column, Language, Type
from sheet_schema.form import MATTER, PARTS, SIGNATURES, SIGNED_BY, SIGNED_HEIGHT, VISIT, FormField
from sheet_schema.model import Group
from sheet_schema.vocabulary import Channel, Step, YesNo

OFFICE = msg("Letters and visits office")
_TEXTS: Mapping[str, Message] = {
        "office": OFFICE, "restricted": msg("Restricted"), "due": msg("{step}, due {day}"), "apart": msg("  ·  "),
        "filed": msg("Filed on {day} as {archive_no}"), "filed_only": msg("Filed on {day}"), "empty": msg("Form to be filled in by hand"),
        "ledger": msg("Type it into the line of this number in the ledger as soon as you can."),
    }  # fmt: skip

TextOf = Callable[[FormField], str]


def form_of_case(ledger: Ledger, table: Table, at: int, *, quoted: bool) -> Paper:
    """The form for row position `at` of the Register or Filing; if not `quoted`, only number, step and date."""
    number = table["case_no"][at]
    if not quoted:
        return _paper(ledger, _head(ledger, number, MATTER, [_where_to_ask(ledger, table, at)]), lambda _: "")
    title = VISIT if table["channel"][at] == Channel.VISIT else MATTER
    head = _head(ledger, number, title, _filed(table, at, ledger.language))
    return _paper(ledger, head, lambda field: shown(table, field.key, at, ledger.language))


def empty_form(ledger: Ledger, number: str) -> Paper:
    """The form for a number with nothing written under it yet."""
    texts = Sentences(_TEXTS, ledger.language)
    head = replace(_head(ledger, number, VISIT, [texts["ledger"]]), aside=texts["empty"])
    return _paper(ledger, head, lambda _: "")


def school_of(ledger: Ledger) -> str:
    """The head of everything printed: the school's name, or else the office."""
    return short(ledger.policy.settings["school_name"], 60) or Sentences(_TEXTS, ledger.language)["office"]


def phone_of(ledger: Ledger) -> str:
    """The office's telephone number as printed; empty if none is set."""
    return short(ledger.policy.settings["school_phone"], 40)


def shown(table: Table, key: str, at: int, language: Language) -> str:
    """A cell as printed: a choice's label, a date as 2026-03-17, a tick as a word, a blank as nothing."""
    column, value = table.tab[key], table[key][at]
    if column.type is Type.TICK:
        return YesNo.YES.label(language) if value else ""
    if column.type is Type.WHOLE:
        return "" if np.isnan(value) else f"{value:g}"
    if column.type is Type.DATE:
        return "" if np.isnat(value) else str(value)
    return printable(_word(column, str(value), language))


def _word(column: Column, value: str, language: Language) -> str:
    return column.choices.of(value).label(language) if column.choices is not None and value else value


def _head(ledger: Ledger, number: str, title: Group, notes: Iterable[str]) -> Panel:
    """The form without its boxes."""
    return Panel(title.label(ledger.language), school_of(ledger), short(number), (), notes=tuple(notes))


def _paper(ledger: Ledger, head: Panel, text_of: TextOf) -> Paper:
    """The form with the text of each box."""
    parts = tuple(_parts(ledger.language, text_of))
    return Paper(ledger.language, f"{head.title} {head.number}", (replace(head, parts=parts),))


def _parts(language: Language, text_of: TextOf) -> Iterator[Part]:
    for part in PARTS:
        boxes = (
            Box(
                REGISTER[field.key].label(language),
                text_of(field),
                field.span,
                height=field.least,
                share=field.share,
                hint=REGISTER[field.key].note(language) if field.key == "summary" else "",
                tall=bool(field.share),
            )
            for field in part.fields
        )
        yield Part(part.heading.label(language), tuple(boxes))
    signed = (Box(who.label(language), span=4, height=SIGNED_HEIGHT) for who in SIGNED_BY)
    yield Part(SIGNATURES.label(language), tuple(signed))


def _where_to_ask(ledger: Ledger, table: Table, at: int) -> str:
    """What a restricted case shows: "number, step, date and 'ask the office', nothing else" (docs/design.md#p5.7)."""
    texts, step, due = Sentences(_TEXTS, ledger.language), table["step"][at], table["due_on"][at]
    pieces = [texts["restricted"]]
    if step:
        label = Step.of(step).label(ledger.language)
        pieces.append(label if np.isnat(due) else texts.say("due", step=label, day=due))
    return texts["apart"].join((*pieces, ASK_THE_OFFICE.say(ledger.language)))


def _filed(table: Table, at: int, language: Language) -> Iterator[str]:
    if "archive_no" in table.tab.keys and not np.isnat(table["filed_on"][at]):
        archive_no = short(table["archive_no"][at], 60)
        key = "filed" if archive_no else "filed_only"
        yield Sentences(_TEXTS, language).say(key, day=table["filed_on"][at], archive_no=archive_no)
