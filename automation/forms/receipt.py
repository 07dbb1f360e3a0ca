"""The receipt a visitor takes home: the number, the day, the office's telephone, and what is owed by when.

It says nothing else of the case, so that a restricted one looks the same. 受理告知: 信访工作条例 (2022) art. 23 requires that
matters are registered and the petitioner is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.panels import panels_ahead
from automation.forms.printable import short
from automation.forms.qr import Code
from automation.forms.shapes import Box, Panel, Paper, Part
from automation.forms.sheet import phone_of, school_of
from automation.ledger.model import Ledger
from automation.ledger.table import Array
from automation.text.catalogue import Message, Sentences, msg
from automation.text.dates import spoken
from sheet_schema import REGISTER, SETTING, Language
from sheet_schema.vocabulary import Step

_TEXTS: Mapping[str, Message] = {
    "title": msg("Receipt"),
    "office": msg("Office’s copy"),
    "visitor": msg("Visitor’s copy"),
    "owed": msg("What you are owed"),
    "decide": msg("a decision whether it is taken up, by {day}"),
    "notify": msg("word of that decision, by {day}"),
    "if_taken_up": msg("if it is taken up, a reply: by {day}, or as many days later as it is taken up later"),
    "reply": msg("a reply, by {day}"),
    "legal_limit": msg("at the very latest, by the rules, by {day}"),
    "review": msg("the answer at stage 2, by {day}"),
    "second_review": msg("the answer at stage 3, by {day}"),
    "panel": msg("a hearing of stage 3, by {day}"),
    "panel_meets": msg("a hearing of stage 3, on {day}"),
    "nothing": msg("No date is open any more: ask the office for the answer."),
    "keep": msg("Please keep this number. Whoever tells it to the office can hear how far the matter is."),
    "where": msg("Where it stands"),
    "look": msg("Scan the square to see how far the matter is. Whoever has this paper can do so, too."),
    "for_office": msg("For the office"),
    "taken_by": msg("Taken by"),
}
OWED = (Step.DECIDE, Step.NOTIFY, Step.REPLY, Step.LEGAL_LIMIT, Step.REVIEW, Step.PANEL, Step.SECOND_REVIEW)
"""Steps that are owed to the visitor. What is owed to superiors is not listed, and would give away more of the case."""
COPIES = ("office", "visitor")


def receipt_of_case(cases: Cases, at: int, code: Code = ()) -> Paper:
    """Two copies on one sheet, to be cut apart, for the case at row position `at` of the register. If nothing is
    written under its number yet, the day and the dates are left blank to be filled in. The visitor's copy has the `code` of the
    page that says where it stands, if there is one."""
    register, texts = cases.register, Sentences(_TEXTS, cases.ledger.language)
    received = register["received_on"][at]
    if np.isnat(received):
        received = cases.register_lines.first_seen[at]
    owed = owed_to_visitor(cases, at) or texts["nothing"] if cases.register_lines.content[at] else ""
    return _receipt(cases.ledger, register["case_no"][at], received, owed, code)


def receipt_of_filed(ledger: Ledger, at: int) -> Paper:
    """The same for a case in Filing, of which nothing is owed any more."""
    nothing = Sentences(_TEXTS, ledger.language)["nothing"]
    return _receipt(ledger, ledger.filing["case_no"][at], ledger.filing["received_on"][at], nothing)


def _receipt(ledger: Ledger, number: str, received: Array, owed: str, code: Code = ()) -> Paper:
    texts, language = Sentences(_TEXTS, ledger.language), ledger.language
    day = "" if np.isnat(received) else in_full(received.item(), language)
    boxes = (
        Box(REGISTER["received_on"].label(language), day, 6, 12),
        Box(SETTING["school_phone"].label(language), phone_of(ledger), 6, 12),
        Box(texts["owed"], owed, height=48, tall=True),
        Box(texts["for_office"], span=6, height=22),
        Box(texts["taken_by"], span=6, height=22),
    )
    panel = Panel(texts["title"], school_of(ledger), short(number), (Part("", boxes),), notes=(texts["keep"],))
    copies = tuple(replace(panel, aside=texts[copy]) for copy in COPIES)
    if code:
        copies = (*copies[:-1], _with_code(copies[-1], code, texts))
    return Paper(language, f"{texts['title']} {short(number)}", copies, len(COPIES))


def _with_code(panel: Panel, code: Code, texts: Sentences) -> Panel:
    """The same copy with a QR code beside what is owed."""
    (part,) = panel.parts
    boxes = tuple(
        one
        for box in part.boxes
        for one in ((replace(box, span=6), Box(texts["where"], span=6, height=48, code=code)) if box.tall else (box,))
    )
    return replace(panel, parts=(replace(part, boxes=boxes),), notes=(*panel.notes, texts["look"]))


def owed_to_visitor(cases: Cases, at: int) -> str:
    """Each open step with its date in words, one to a line."""
    texts, language, clocks = Sentences(_TEXTS, cases.ledger.language), cases.ledger.language, cases.clocks
    keys = {step: step.key for step in OWED}
    if clocks[Step.DECIDE].open[at]:  # until then, nobody knows when the time for a reply starts
        keys[Step.REPLY] = "if_taken_up"
        del keys[Step.LEGAL_LIMIT]
    days = {key: clocks[step].due[at].item() for step, key in keys.items() if clocks[step].open[at]}
    if panels_ahead(cases)[at]:
        days = {"panel_meets": cases.register["panel_on"][at].item(), **days}
    return "\n".join("· " + texts.say(key, day=in_full(day, language)) for key, day in days.items())


def in_full(day: date, language: Language) -> str:
    """`17 March 2026` or `2026年3月17日`, always with the year, since a paper may be kept for long."""
    return spoken(day, date.min, language)
