"""What each column of an online form is for: by its heading, or as a person says in Settings.

What only the office decides (department, decision, result) is never taken from a form, whatever a heading says: it is kept
with the summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell
from automation.text.catalogue import Message, msg
from automation.ways_in.headings import GUESSED, SURE, Fit
from automation.ways_in.proposing import fits_of
from sheet_schema import LANGUAGES, REGISTER, word_form
from sheet_schema.old_registers import KEEP, LEAVE, form_words, headings

ASKED = frozenset(
    {
        "channel",
        "petitioner",
        "contact",
        "kind",
        "topic",
        "summary",
        "important",
        "people",
        "about",
        "restricted",
        "identity",
        "attachments",
    }
)
"""What a visitor may say. What a form has for any other column of the Register is kept with the summary."""
SENT = "received_on"
NOT_READ = "-"
"""What a person writes for a column that is none of the form's."""
OURS: Mapping[str, Message] = {
    "number": msg("Number in the ledger"),
    "says": msg("What the ledger says"),
    "mark": msg("Mark of the ledger"),
}
"""The headings of the columns in which the program answers, behind those of the form."""
_BETWEEN = re.compile(r"\s*[;；\n]\s*")
_EQUALS = re.compile(r"\s*[=＝]\s*")


@dataclass(frozen=True)
class Corrections:
    """What a person says of headings: the meaning of each, by its form; and what of it cannot be used."""

    meant: Mapping[str, str]
    wrong: tuple[str, ...] = ()


def corrections(typed: str) -> Corrections:
    """Read `What happened? = Summary; Ward = -`."""
    meant: dict[str, str] = {}
    wrong: list[str] = []
    for part in filter(None, _BETWEEN.split(typed.strip())):
        heading, *column = _EQUALS.split(part)
        key = _meaning(column[-1]) if len(column) == 1 else ""
        if key and word_form(heading):
            meant[word_form(heading)] = key
        else:
            wrong.append(part)
    return Corrections(meant, tuple(wrong))


def _meaning(name: str) -> str:
    if name.strip(" ") in ("-", "－", "—", "–"):
        return NOT_READ
    key = headings().get(word_form(name), ("", 0))[0]
    if key in ASKED or key == SENT:
        return key
    return KEEP if key == KEEP or word_form(name) == KEEP else ""


def columns_of_form(texts: Sequence[str], rows: Iterable[Sequence[Cell]], said: Corrections) -> dict[str, Fit]:
    """What each heading is for, and how sure that is. `rows` help where no heading says which column tells what happened."""
    fits = {text: _asked(text, fit) for text, fit in fits_of(texts).items()}
    fits |= _sent(fits)
    fits |= {
        text: Fit(said.meant[word_form(text)], SURE, 0) for text in fits if said.meant.get(word_form(text)) is not None
    }
    if "summary" not in {fit.key for fit in fits.values()}:
        fits |= _longest(texts, fits, rows)
    return fits


def _asked(text: str, fit: Fit) -> Fit:
    """The same, if a visitor may say it; what only the form's maker wants to know is left out."""
    if word_form(text) in form_words("of_the_form") or fit.key == LEAVE:
        return Fit(LEAVE, SURE, 0)
    return fit if fit.key in ASKED or fit.key == SENT else Fit(KEEP, fit.sure, fit.rank)


def _sent(fits: Mapping[str, Fit]) -> dict[str, Fit]:
    """The column with the time at which each row was sent; what else tells of a day is kept with the summary."""
    known = form_words("sent")
    stamps = sorted((rank, text) for text in fits if (rank := known.get(word_form(text), -1)) >= 0)
    days = [text for text, fit in fits.items() if fit.key == SENT]
    chosen = stamps[0][1] if stamps else next(iter(days), "")
    others = {text: Fit(LEAVE if text in dict(map(reversed, stamps)) else KEEP, SURE, 0) for text in days}  # type: ignore[arg-type]
    others |= {text: Fit(LEAVE, SURE, 0) for _, text in stamps}
    return {**others, **({chosen: Fit(SENT, SURE, 0)} if chosen else {})}


def _longest(texts: Sequence[str], fits: Mapping[str, Fit], rows: Iterable[Sequence[Cell]]) -> dict[str, Fit]:
    """The column with the longest texts, as what happened, if no heading says so."""
    kept = [at for at, text in enumerate(texts) if text and fits[text].key == KEEP]
    lengths = dict.fromkeys(kept, 0)
    for row in rows:
        for at in kept:
            if at < len(row):
                lengths[at] += min(len(as_text(row[at])), 2000)
    longest = max(kept, key=lambda at: lengths[at], default=None)
    return {texts[longest]: Fit("summary", GUESSED, 0)} if longest is not None and lengths[longest] else {}


def our_columns(texts: Sequence[str]) -> dict[str, int]:
    """The columns in which the program answers, from 1, by what they hold; those that are not there yet are left out."""
    places = {word_form(text): at for at, text in reversed([*enumerate(texts, start=1)]) if text}
    found = {}
    for key, heading in OURS.items():
        spellings = {word_form(heading.say(language)) for language in LANGUAGES}
        if at := min((places[one] for one in spellings if one in places), default=0):
            found[key] = at
    return found


def label_of(key: str) -> object:
    """What a person calls the meaning of a column."""
    return REGISTER[key] if key in ASKED or key == SENT else _OTHERS[key]


_OTHERS: Mapping[str, Message] = {
    KEEP: msg("kept with the summary"),
    LEAVE: msg("left out", "column of a form"),
    NOT_READ: msg("not read", "column of a form"),
}
