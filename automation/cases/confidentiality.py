"""Who may be told what. Every output asks here.

"A person named in `about` is always in conflict; a named department only for an Allegation or a restricted case …
Until `about` is filled, names found in `summary` count." (docs/design.md#p5.1). 信访工作条例 (2022) art. 30 forbids
passing an accusation to the accused; art. 28 is recusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from automation.cases.rule_matching import Matcher, summaries_of
from automation.ledger.directory import Directory, Meant, Party, occurs
from automation.ledger.model import Ledger, Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Kind, Language, RuleState, YesNo

ASK_THE_OFFICE: Mapping[Language, str] = {"en": "ask the office", "zh": "请询问信访办"}


@dataclass(frozen=True)
class Confidence:
    """What may be said of each case of a table, by position.

    `restricted` is a mask. `in_conflict` holds, for the few cases that have any, everyone who must not learn of
    them; `unsure` the names that could be several people, each with those people.
    """

    restricted: Array
    in_conflict: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    unsure: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    def bars(self, position: int, name: str, *, is_department: bool = False) -> bool:
        """Whether that person or department must get nothing about the case at `position`."""
        return Party(name, is_department) in self.in_conflict.get(position, frozenset())


def judge(ledger: Ledger) -> Confidence:
    """The confidence of every case in the register."""
    return judge_table(ledger.register, ledger.policy)


def judge_table(table: Table, policy: Policy) -> Confidence:
    """The confidence of every case of the register or of the filing tab."""
    return table.remembered(_judged, table, policy, depending_on=(policy, *(table[key] for key in _LOOKED_AT)))


_LOOKED_AT = ("channel", "kind", "topic", "identity", "summary", "about", "restricted")


def _judged(table: Table, policy: Policy) -> Confidence:
    restricted = restricted_cases(table, policy)
    directory = Directory(policy.people, policy.departments)
    in_conflict: dict[int, frozenset[Party]] = {}
    unsure: dict[int, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    secret = restricted | (table["kind"] == Kind.ALLEGATION.key)
    for position, meant in _meant(table, directory):
        parties = _binding(meant.parties, departments_too=bool(secret[position]))
        if parties:
            in_conflict[position] = parties
        if meant.unsure:
            unsure[position] = meant.unsure
    return Confidence(restricted, in_conflict, unsure)


def restricted_cases(table: Table, policy: Policy) -> Array:
    """A mask of the restricted cases: as typed, and where nothing is typed, allegations and what a rule restricts."""
    said = table["restricted"]
    decided = table["kind"] == Kind.ALLEGATION.key
    if any(rule.restricted and rule.state == RuleState.YES for rule in policy.rules):
        decided = decided | _restricted_by_rule(table, policy)
    restricted: Array = (said == YesNo.YES.key) | ((said == "") & decided)
    return restricted


def _restricted_by_rule(table: Table, policy: Policy) -> Array:
    """The cases whose first matching rule says that they are restricted."""
    matcher = Matcher(table)
    open_yet = np.ones(len(table), dtype=bool)
    restricted = np.zeros(len(table), dtype=bool)
    for rule in policy.rules:
        if rule.state != RuleState.YES or rule.catches_all:
            continue
        matched = open_yet & matcher.matches(rule)
        open_yet &= ~matched
        if rule.restricted:
            restricted |= matched
    return restricted


def _meant(table: Table, directory: Directory) -> Iterable[tuple[int, Meant]]:
    """For each case that is about anyone: who. Equal cells of `about` are looked at once."""
    by_text: dict[str, Meant] = {}
    about = table["about"].tolist()
    for position in np.flatnonzero(table["about"] != "").tolist():
        text = about[position]
        if text not in by_text:
            by_text[text] = directory.meant_by(text)
        yield position, by_text[text]
    yield from _named_in_summaries(table, directory)


def _named_in_summaries(table: Table, directory: Directory) -> Iterable[tuple[int, Meant]]:
    """Until `about` is filled, whoever is named in the summary counts."""
    waiting = table["about"] == ""
    summaries = table["summary"]
    texts = summaries_of(table)
    named: dict[int, set[Party]] = {}
    for spelling, parties in directory.spellings.items():
        for i in texts.holding(spelling).tolist():
            if waiting[i] and occurs(spelling, summaries[i]):
                named.setdefault(i, set()).update(parties)
    for i, found in named.items():
        yield i, Meant(frozenset(found))


def _binding(parties: frozenset[Party], *, departments_too: bool) -> frozenset[Party]:
    return parties if departments_too else frozenset(party for party in parties if not party.is_department)


def may_quote(confidence: Confidence, position: int) -> bool:
    """Whether anything beyond number, step and date may leave the ledger about this case.

    "A restricted case appears in everything the tool sends, prints or logs as number, step, date and 'ask the
    office', nothing else" (docs/design.md#p5.7).
    """
    return not bool(confidence.restricted[position])


FEW = 3
"""Fewer restricted cases than this are left out of a figure: one or two would tell who."""
