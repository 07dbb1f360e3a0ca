"""Whom each case of a table is about: those whom About means, and those whom the summary names where About leaves it open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant, Party
from automation.ledger.normal_form import names_nobody, normal
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import as_text


@dataclass(frozen=True)
class About:
    """By the position of the case: `meant` is what its About says, `named` whom the rest of its row names where that counts."""

    meant: Mapping[int, Meant]
    named: Mapping[int, frozenset[Party]]

    @property
    def parties(self) -> Iterator[tuple[int, frozenset[Party]]]:
        """Everyone whom a case is, or may be, about."""
        for at in sorted({*self.meant, *self.named}):
            meant = self.meant[at].parties if at in self.meant else frozenset()
            yield at, meant | self.named.get(at, frozenset())

    def only_named(self, at: int) -> bool:
        """Whether nobody is found in the case's About, but somebody elsewhere in its row."""
        return at in self.named and not (at in self.meant and self.meant[at].parties)


def whom_it_is_about(table: Table, policy: Policy, secret: Array) -> About:
    """Read About and, where it leaves open who is meant, the summary and a topic that is not on the list
    (docs/design.md#p5.3). `secret` masks the cases that are restricted, or allegations, or may be."""
    meant = _meant(table, policy.directory)
    blank = np.flatnonzero(table["about"] == "").tolist()
    open_still = [
        at for at, one in meant.items() if _leaves_open(one, str(table["about"][at]), secret=bool(secret[at]))
    ]
    positions = [*blank, *open_still]
    named = _named_in_summaries(table, policy.directory, positions)
    for at, people in _named_in_passing(table, policy, positions).items():
        named[at] = named.get(at, frozenset()) | people
    return About(meant, named)


def _leaves_open(meant: Meant, about: str, *, secret: bool) -> bool:
    """Whether About does not say who of the school is meant. The complaint of somebody who wrote *lessons* is about lessons;
    of a secret case only a person's name says who is meant, or `-` that nobody is."""
    if meant.names_only_strangers:
        return True
    return secret and not names_nobody(about) and all(party.is_department for party in meant.parties)


def _meant(table: Table, directory: Directory) -> dict[int, Meant]:
    """Who is meant by `about`, for each case in which it says something. Equal cells are looked up once."""
    by_text: dict[str, Meant] = {}
    about = table["about"].tolist()
    meant: dict[int, Meant] = {}
    for position in np.flatnonzero(table["about"] != "").tolist():
        text = about[position]
        if text not in by_text:
            by_text[text] = directory.meant_by(text)
        meant[position] = by_text[text]
    return meant


def _named_in_summaries(table: Table, directory: Directory, positions: list[int]) -> dict[int, frozenset[Party]]:
    summaries = table["summary"].tolist()
    named = directory.mentioned_in([summaries[position] for position in positions])
    return {positions[i]: meant.parties for i, meant in named.items()}


def _named_in_passing(table: Table, policy: Policy, positions: list[int]) -> dict[int, frozenset[Party]]:
    """The people named in a topic that somebody typed in place of one of the list (`Conduct of Mr Ash`), and in an About
    that is not read as names: a formula, or pages of text."""
    listed = {normal(topic.name) for topic in policy.topics}
    topics = {topic for topic in {*table["topic"].tolist()} if topic and normal(topic) not in listed}
    texts = {at: str(table["topic"][at]) for at in positions if table["topic"][at] in topics}
    for at in positions:
        if table["about"][at] == "" and (typed := as_text(table.read["about"][at]).strip()):
            texts[at] = f"{texts.get(at, '')}\n{typed}"
    named = policy.directory.mentioned_in(list(texts.values()))
    everybody = {at: named[i].parties for i, at in enumerate(texts) if i in named}
    return {at: frozenset(party for party in parties if not party.is_department) for at, parties in everybody.items()}
