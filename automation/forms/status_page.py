"""The page on which a visitor sees where their matter stands: day, what is owed by when, the office's telephone.

Nothing of names or text stands there, not even the case's number; of a case that may not be quoted, only that it is registered
(docs/design.md#p14.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from automation.cases.cases import Cases
from automation.forms.receipt import in_full, owed_to_visitor
from automation.forms.sheet import phone_of, school_of
from automation.ledger.model import Ledger
from automation.ledger.table import Array
from automation.text.catalogue import Message, Sentences, msg
from automation.text.characters import for_utf8
from automation.text.templates import templates_in
from sheet_schema import REGISTER, SETTING
from sheet_schema.languages import traits

MARK = b"<!-- letters and visits: status -->"
"""Stands in every page that `publish` writes, and in no other file: what lacks it is never taken away."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("Where it stands"),
    "registered": msg("Registered"),
    "open": msg("It is being looked after. You are owed:"),
    "done": msg("All steps are done. Ask the office for the answer."),
    "nothing": msg("Nothing stands here. Scan the code on your receipt."),
}


def page_of_case(cases: Cases, at: int) -> bytes:
    """The page for the case at position `at` of the Register."""
    register, texts = cases.register, Sentences(_TEXTS, cases.ledger.language)
    if not cases.confidence.quotable[at]:
        return _page(cases.ledger, texts["registered"])
    received, closed = register["received_on"][at], register["closed_on"][at]
    if np.isnat(received):
        received = cases.register_lines.first_seen[at]
    days = {"received_on": received, "closed_on": closed}
    owed = owed_to_visitor(cases, at) if np.isnat(closed) else ""
    return _page(cases.ledger, texts["open"] if owed else texts["done"], days, owed)


def page_of_filed(ledger: Ledger, at: int, *, quotable: bool) -> bytes:
    """The page for the case at position `at` of Filing."""
    filing, texts = ledger.filing, Sentences(_TEXTS, ledger.language)
    if not quotable:
        return _page(ledger, texts["registered"])
    return _page(ledger, texts["done"], {key: filing[key][at] for key in ("received_on", "closed_on")})


def empty_page(ledger: Ledger) -> bytes:
    """The page of the folder itself, which keeps a web server from listing what lies there."""
    return _page(ledger, Sentences(_TEXTS, ledger.language)["nothing"])


def _page(ledger: Ledger, said: str, days: Mapping[str, Array] | None = None, owed: str = "") -> bytes:
    language = ledger.language
    told = [
        (REGISTER[key].label(language), in_full(day.item(), language))
        for key, day in (days or {}).items()
        if not np.isnat(day)
    ]
    phone = phone_of(ledger)
    template = templates_in(Path(__file__).parent, language).get_template("status.html")
    page = template.render(
        lang=traits(language)["html"],
        mark=MARK.decode(),
        title=Sentences(_TEXTS, language)["title"],
        school=school_of(ledger),
        said=said,
        owed=[line.removeprefix("· ") for line in owed.split("\n") if line],
        days=told,
        phone=phone,
        phone_label=SETTING["school_phone"].label(language),
    )
    return for_utf8(page).encode()
