"""Finds the passages of a text that are a given name, telephone number or mail address, however they are spaced, accented or wide.

It reads letter by letter, as `folding.name_form` compares names, so that a passage can be taken out of the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from automation.ledger.addresses import ADDRESS, addresses_in
from automation.ledger.names.folding import HAN, name_form, text_forms

_SHORTEST_NUMBER = 5
"""In digits: shorter ones are a room, a class or a day."""
_ANYWHERE = 7
"""In digits: a number so long is the same with the code of a country or town before it."""


@dataclass(frozen=True)
class Sought:
    """Whose traces are looked for: each spelling of the name, each telephone number and mail address, as typed."""

    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    @cached_property
    def name_forms(self) -> frozenset[str]:
        return frozenset(form for name in self.names if _is_long_enough(form := name_form(name)))

    @cached_property
    def contact_forms(self) -> frozenset[str]:
        return frozenset(form for contact in self.contacts for form in _forms_of(contact))

    @cached_property
    def forms(self) -> frozenset[str]:
        return self.name_forms | self.contact_forms

    def __bool__(self) -> bool:
        return bool(self.forms)

    def has_name(self, text: str) -> bool:
        return next(_passages(text, self.name_forms), None) is not None

    def has_contact(self, text: str) -> bool:
        return next(_passages(text, self.contact_forms), None) is not None

    def is_in(self, text: str) -> bool:
        return next(_passages(text, self.forms), None) is not None

    def likely(self, texts: Sequence[str]) -> list[int]:
        """The positions of the texts in which something of it stands; quick for whole columns."""
        folded = text_forms(texts)
        return [
            at for at, form in enumerate(folded) if any(one in form for one in self.forms) and self.is_in(texts[at])
        ]

    def without(self, text: str, mask: str) -> str:
        """The text with `mask` in place of each passage; the very same text if there is none."""
        found = sorted(_passages(text, self.forms))
        if not found:
            return text
        pieces, end = [], 0
        for first, last in found:
            if first >= end:
                pieces += [text[end:first], mask]
            end = max(end, last)
        return "".join((*pieces, text[end:]))


def _is_long_enough(form: str) -> bool:
    return len(form) > 2 or (len(form) > 1 and HAN.search(form) is not None)


def _forms_of(contact: str) -> Iterator[str]:
    """The form of a mail address, or of each number in a contact, without the zeros at its beginning."""
    form = name_form(contact)
    if "@" in contact or not form.isdecimal():
        if len(form) >= _SHORTEST_NUMBER:
            yield form
        return
    number = form.lstrip("0")
    if len(number) >= _SHORTEST_NUMBER:
        yield number


def _passages(text: str, forms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each passage begins and ends in the text."""
    forms = [one for one in forms if one]
    if not forms or not text:
        return
    form, places = _folded(text)
    for wanted in forms:
        at = form.find(wanted)
        while at >= 0:
            first, last = places[at], places[at + len(wanted) - 1] + 1
            if _stands_alone(text, first, last, wanted):
                yield first, last
            at = form.find(wanted, at + 1)


def _folded(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for one in name_form(letter):
            letters.append(one)
            places.append(at)
    return "".join(letters), places


def _stands_alone(text: str, first: int, last: int, form: str) -> bool:
    """Whether it is no part of a longer word or number. Between Chinese characters nobody writes a space."""
    before, after = text[first - 1 : first], text[last : last + 1]
    if form.isdecimal():
        return not after.isdecimal() and (len(form) >= _ANYWHERE or not before.strip("0").isdecimal())
    left = HAN.match(form[0]) or not _goes_on(before)
    return bool(left) and bool(HAN.match(form[-1]) or not _goes_on(after))


def _goes_on(letter: str) -> bool:
    return bool(letter) and letter.isalnum() and not HAN.match(letter)


_NUMBER = re.compile(r"\+?[0-9０-９][0-9０-９ \t().\-]{3,}[0-9０-９]")


def contacts_of(cell: str) -> tuple[str, ...]:
    """The mail addresses and telephone numbers in a cell."""
    without = ADDRESS.sub(";", cell)
    return (*addresses_in(cell), *(one.strip() for one in _NUMBER.findall(without)))
