"""Why a letter about a case may not be made: it would name somebody, or tell something, that it must not (docs/design.md#p16.4).

A letter leaves the office on paper and lies in a folder as a file, so it is treated as read by anybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence, judge_table
from automation.cases.joined_facts import facts_in
from automation.cases.nobody_to_notify import waived_notice
from automation.ledger.meant import Party
from automation.ledger.names.plain import is_plainly_a_name
from automation.ledger.normal_form import is_anonymous, split
from automation.ledger.petitioners import petitioners
from automation.ledger.table import Array, Table
from automation.text.catalogue import Message, msg
from sheet_schema.letter_files import TO_PETITIONER, LetterDeclared
from sheet_schema.vocabulary import Kind

Reason = tuple[str, Message]
"""The column it is about, and why no letter is made."""
_TYPED = msg("No letter is made while this row is still being typed: fill in what is missing first.")
_DOUBTFUL = msg(
    "No letter is made while Kind, About and Restricted cannot be read, since the case could be restricted: fill them in first."
)
_RESTRICTED = msg(
    "No letter is made of a restricted case, since a file and an envelope can be read by others: write it by hand, and hand it over in person."
)
_INFORMANT = msg(
    "A letter to another body about an allegation would name who made it: write it by hand, without the name, or have whoever made it agree in writing."
)
_NAMELESS = msg(
    "Whoever brought this did not give a name, and a letter to another body would pass on how to reach them: write it by hand."
)
_NOBODY = msg("There is nobody to write to: no name, or no way to reach them.")
_NAMES = msg(
    "{column} names {name}, whom this letter must not name: the case is about them. Write it without the name; in place of the summary, in {matter}."
)
_NAMES_OTHER = msg(
    "{column} names {name}, who brought another case: write it without the name; in place of the summary, in {matter}."
)


def reasons(cases: Cases, at: int, declared: LetterDeclared) -> Iterator[Reason]:
    """Why this kind of letter may not be made of this case, whatever it says."""
    confidence, register = cases.confidence, cases.register
    if at in confidence.being_typed:
        yield "letter", _TYPED
    elif not confidence.clear[at]:
        yield "letter", _DOUBTFUL
    elif confidence.restricted[at] or at in confidence.only_for:
        yield "restricted", _RESTRICTED
    if declared.to == TO_PETITIONER:
        if waived_notice(register)[at]:
            yield "contact", _NOBODY
    elif register["kind"][at] == Kind.ALLEGATION.key:
        yield "kind", _INFORMANT
    elif is_anonymous(register["petitioner"][at]):
        yield "petitioner", _NAMELESS


def names_in(
    cases: Cases, at: int, texts: Mapping[str, str], *, of_all: bool
) -> Iterator[tuple[str, Message, Mapping[str, object]]]:
    """Whom these texts, by their columns, name and must not: those whom the case is about, and who brought other cases. `of_all`
    looks at restricted cases, too, of which a row says nothing, since its problems are mailed."""
    others = _others(cases, at, of_all=of_all) if any(texts.values()) else ()
    for column, text in texts.items():
        if name := _named(cases, at, text):
            yield column, _NAMES, {"name": name}
        elif name := _first(others, text):
            yield column, _NAMES_OTHER, {"name": name}


def _named(cases: Cases, at: int, text: str) -> str:
    """Somebody named in the text whom the case, or one that is joined with it, is, was, or may be about; a name in About that is
    nobody's here counts as typed."""
    together = [*_together(cases, at)]
    kept_out = frozenset[Party]().union(
        *(one.in_conflict.get(there, frozenset()) | one.beside.get(there, frozenset()) for one, _, there in together)
    )
    people = frozenset(party for party in kept_out if not party.is_department)
    if people and text and (named := cases.ledger.policy.directory.mentioned_in([text]).get(0)):
        for party in sorted(people & named.parties, key=lambda one: one.name):
            return party.name
    return _first([name for _, table, there in together for name in split(str(table["about"][there]))], text)


def _together(cases: Cases, at: int) -> Iterator[tuple[Confidence, Table, int]]:
    """The case and those that are joined with it, in the Register and in Filing."""
    yield cases.confidence, cases.register, at
    group, filing = facts_in(str(cases.register["joined_facts"][at])).group, cases.ledger.filing
    if not group:
        return
    filed = judge_table(filing, cases.ledger.policy, cases.now.date())
    for confidence, table in ((cases.confidence, cases.register), (filed, filing)):
        for there in np.flatnonzero(np.isin(table["case_no"], group)).tolist():
            yield confidence, table, there


def _others(cases: Cases, at: int, *, of_all: bool) -> list[str]:
    """Who brought other cases, without those who brought this one, too."""
    own = {*petitioners(cases.register["petitioner"][at])}
    found: set[str] = set()
    for table in (cases.register, cases.ledger.filing):
        shown = np.ones(len(table), dtype=bool) if of_all else _told_freely(cases, table)
        for cell in {*table["petitioner"][shown].tolist()} - {""}:
            found.update(petitioners(cell))
    return sorted(found - own)


def _told_freely(cases: Cases, table: Table) -> Array:
    is_register = table is cases.register
    confidence = cases.confidence if is_register else judge_table(table, cases.ledger.policy, cases.now.date())
    mask: Array = confidence.nameable & confidence.clear
    return mask


def _first(names: Iterable[str], text: str) -> str:
    """The first of the names that stands in the text as a whole and is plainly a person's."""
    plain = _folded(text)
    found = (name for name in names if name and _stands_in(_folded(name), plain))
    return next((name for name in found if is_plainly_a_name(name) and not is_anonymous(name)), "")


def _stands_in(name: str, text: str) -> bool:
    if not name.isascii():
        return name.replace(" ", "") in text.replace(" ", "")
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
