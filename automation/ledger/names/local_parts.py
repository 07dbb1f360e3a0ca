"""Tells somebody by what stands before the @ of their address: `zhangjy`, `smith.j@elsewhere.example` (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from automation.ledger.meant import Party
from automation.ledger.names.folding import name_form
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.lexicon import known_phrases

SHORTEST = 4
"""In letters: a shorter one is hardly anybody's name."""
_WORDS = re.compile(r"[\W_]+")
_NAMES = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class LocalParts:
    """Who has an address that begins so."""

    owners: Mapping[str, frozenset[Party]] = field(default_factory=dict)

    def called(self, form: str) -> Found:
        """Everyone whose address begins with a word, in doubt."""
        return found(self.owners.get(form, ()), Doubt.PARTLY_NAMED)

    def of(self, address: str) -> Found:
        """Everyone whose address begins like one that nobody here has."""
        return reduce(or_, map(self.called, local_forms(address)), NOTHING)


def local_names(address: str) -> Iterator[str]:
    """The part before the @ as a name is written, none if that is but letters, or what an office or a post is called."""
    words = _NAMES.findall(address.rpartition("@")[0])
    if any(len(word) > 1 and word.casefold() not in known_phrases() for word in words):
        yield " ".join(word.capitalize() for word in words)


def local_forms(address: str) -> Iterator[str]:
    """The part before the @, folded, also with its words the other way round; none if it is what an office or a post is called:
    `head@`, `info@`."""
    local = address.rpartition("@")[0]
    words = [word for word in _WORDS.split(local) if word]
    forms = {name_form("".join(words)), name_form("".join(reversed(words)))}
    if all(word.casefold() not in known_phrases() for word in words):
        yield from sorted(form for form in forms if len(form) >= SHORTEST)
