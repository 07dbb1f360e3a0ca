"""What may be handed to somebody who asks what is kept about them: their own data, with what is about others masked.

Whoever a case is about learns nothing of it (docs/design.md#p23.2): such a case is not in it, and neither is anything that is in doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from automation.cases.exported import quotable_numbers
from automation.cases.named import Asked, Doubt, Hit
from automation.forms.listing import Listing, Part
from automation.forms.printable import printable
from automation.forms.sheet import phone_of, school_of, shown
from automation.ledger.model import Ledger
from automation.ledger.names.folding import name_form
from automation.ledger.names.passages import Sought, contacts_of
from automation.ledger.petitioners import petitioners
from automation.ledger.table import Table
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import FILING, PEOPLE, REGISTER, TAB, Place

OWN_COLUMNS = (
    "channel", "petitioner", "contact", "kind", "topic", "summary", "received_on", "status", "decision", "decided_on", "reason", "notified_on",
    "result", "outcome", "replied_on", "extended_to", "extension_reason", "review_on", "review_done_on", "satisfaction", "identity", "closed_on",
)  # fmt: skip
"""What is told of their own case. Who dealt with it and whom it is about are others."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("What is kept about {name}"),
    "day": msg("As of {day}. What is about other people was masked. For corrections and questions: {office}, {phone}."),
    "why": msg(
        "Kept to deal with letters and visits and to account for it; filed cases for as long as their retention period says."
    ),
    "case": msg("Case {number}"),
    "column": msg("What"),
    "value": msg("What stands there"),
    "elsewhere": msg("Also named in"),
    "where": msg("Where"),
    "people": msg("In the list of staff"),
    "file": msg("about {name}", "file"),
    "other": msg("[another person]"),
    "none": msg("Nothing is kept that is certainly about this person."),
}


@dataclass(frozen=True)
class Handed:
    """What goes into the paper: the ledger with its year books, who asks, on which day, all that was found, and the cases they
    must not know of."""

    ledger: Ledger
    asked: Asked
    day: date
    hits: Sequence[Hit]
    barred: Collection[str]


def handed_to(handed: Handed) -> tuple[Listing, str, list[str]]:
    """The paper, the name of its files, and the numbers of the cases that were left out of it."""
    ledger, asked = handed.ledger, handed.asked
    texts = Sentences(_TEXTS, ledger.language)
    sure = [hit for hit in handed.hits if hit.doubt is Doubt.SURE]
    own = list(dict.fromkeys(hit.case_no for hit in sure if hit.own and hit.case_no not in handed.barred))
    parts = [part for number in own if (part := _of_a_case(handed, number, texts)) is not None]
    heads = (texts["column"], texts["value"])
    about_staff = [(hit.column, hit.text) for hit in sure if hit.tab == PEOPLE.key]
    if about_staff:
        parts.append(Part(texts["people"], heads, [_printed(row) for row in about_staff], (3, 9)))
    elsewhere = list(dict.fromkeys((hit.case_no, hit.column) for hit in sure if _may_be_named(hit, handed, own)))
    if elsewhere:
        parts.append(Part(texts["elsewhere"], (texts["where"], texts["column"]), [_printed(one) for one in elsewhere]))
    notes = [
        texts.say("day", day=handed.day, office=school_of(ledger), phone=phone_of(ledger) or "-"),
        texts["why"],
        *([] if parts else [texts["none"]]),
    ]
    left = sorted(
        {hit.case_no for hit in handed.hits if hit.case_no and hit.case_no not in own and _is_kept_back(hit, handed)}
    )
    title = texts.say("title", name=printable(asked.name))
    return Listing(ledger.language, school_of(ledger), title, notes, parts), texts.say("file", name=asked.name), left


def _may_be_named(hit: Hit, handed: Handed, own: Collection[str]) -> bool:
    """Whether it may be said that they are named there: in a case that they may know of, or in a list that staff know."""
    if hit.case_no:
        return hit.case_no not in own and not _is_kept_back(hit, handed)
    return hit.tab in TAB and TAB[hit.tab].place is Place.ADMINISTRATOR and hit.tab != PEOPLE.key


def _is_kept_back(hit: Hit, handed: Handed) -> bool:
    """Whether it stands in a case of which they must not know, or of somebody else's of which nothing may be quoted."""
    return hit.case_no in handed.barred or hit.case_no not in quotable_numbers(handed.ledger)


def _of_a_case(handed: Handed, number: str, texts: Sentences) -> Part | None:
    for tab in (REGISTER, FILING):
        table = handed.ledger.tables[tab.key]
        found = [at for at, one in enumerate(table["case_no"].tolist()) if one == number]
        if len(found) == 1:
            rows = [*_rows(table, found[0], handed, texts["other"])]
            return Part(texts.say("case", number=printable(number)), (texts["column"], texts["value"]), rows, (3, 9))
    return None


def _rows(table: Table, at: int, handed: Handed, mask: str) -> Iterator[tuple[str, str]]:
    """Each cell of a case of theirs that is about themselves, with its label, and others masked."""
    sought = handed.asked.sought
    names = petitioners(str(table["petitioner"][at]))
    others = [one for one in names if name_form(one) not in sought.name_forms]
    for key in OWN_COLUMNS:
        text = shown(table, key, at, handed.ledger.language) if key in table.values else ""
        if key == "petitioner":
            text = "; ".join(one if name_form(one) in sought.name_forms else mask for one in names)
        elif key == "contact" and others:
            text = "; ".join(one for one in contacts_of(text) if sought.has_contact(one))
        elif key != "contact":
            text = _without_others(text, handed, others, mask)
        if text:
            yield table.tab[key].label(handed.ledger.language), text


def _without_others(text: str, handed: Handed, others: Sequence[str], mask: str) -> str:
    """The text without the names of everybody else whom the ledger knows, and of the others who brought the case."""
    mine = handed.asked.sought.name_forms
    policy = handed.ledger.policy
    known = [name for one in policy.named_people for name in (one.name, *one.also_called)]
    people = tuple(name for name in (*others, *known) if name_form(name) not in mine)
    contacts = tuple(one for person in policy.named_people for one in contacts_of(f"{person.email};{person.phone}"))
    theirs = handed.asked.sought.contact_forms
    contacts = tuple(one for one in contacts if not Sought((), (one,)).contact_forms & theirs)
    return printable(Sought(people, contacts).without(text, mask))


def _printed(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(printable, row))
