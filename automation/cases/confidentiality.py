"""Who must not learn of a case, and what may be said of it. Every output asks here.

"A person named in `about` is always in conflict; a named department only for an Allegation or a restricted case …
Until `about` is filled, names found in `summary` count." (docs/design.md#p5.1). 信访工作条例 (2022) art. 30 forbids
passing an accusation to the accused; art. 28 is recusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from automation.cases.rule_matching import Matcher
from automation.ledger.directory import Directory
from automation.ledger.meant import Meant, Party
from automation.ledger.model import Ledger
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Kind, Language, RuleState, YesNo

ASK_THE_OFFICE: Mapping[Language, str] = {"en": "ask the office", "zh": "请询问信访办"}


@dataclass(frozen=True)
class Confidence:
    """Which cases of a table are restricted, and who must not learn of each.

    `restricted` is a mask. `in_conflict` has, by the case's position, everyone who must not learn of it; `unsure` the
    names that could mean several people, each with those people. Cases without any are left out of both.
    """

    restricted: Array
    in_conflict: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    unsure: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    def bars(self, position: int, name: str, *, is_department: bool = False) -> bool:
        """Whether this person or department must get nothing about the case at `position`."""
        return Party(name, is_department) in self.in_conflict.get(position, frozenset())


def judge(ledger: Ledger) -> Confidence:
    """Judge every case in the register."""
    return judge_table(ledger.register, ledger.policy)


def judge_table(table: Table, policy: Policy) -> Confidence:
    """Judge every case in the register or in Filing."""
    return table.remembered(_judged, table, policy, depending_on=(policy, *(table[key] for key in _DEPENDS_ON)))


_DEPENDS_ON = ("channel", "kind", "topic", "identity", "summary", "about", "restricted")


def _judged(table: Table, policy: Policy) -> Confidence:
    restricted = restricted_cases(table, policy)
    directory = policy.directory
    in_conflict: dict[int, frozenset[Party]] = {}
    unsure: dict[int, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    secret = restricted | (table["kind"] == Kind.ALLEGATION.key)
    for position, meant in _meant(table, directory):
        parties = _parties_in_conflict(meant.parties, departments_too=bool(secret[position]))
        if parties:
            in_conflict[position] = parties
        if meant.unsure:
            unsure[position] = meant.unsure
    return Confidence(restricted, in_conflict, unsure)


def restricted_cases(table: Table, policy: Policy) -> Array:
    """Mask the restricted cases: as typed; where the cell is blank, allegations and what a rule restricts."""
    typed = table["restricted"]
    by_default = table["kind"] == Kind.ALLEGATION.key
    if any(rule.restricted and rule.state == RuleState.YES for rule in policy.rules):
        by_default = by_default | _restricted_by_rule(table, policy)
    restricted: Array = (typed == YesNo.YES.key) | ((typed == "") & by_default)
    return restricted


def _restricted_by_rule(table: Table, policy: Policy) -> Array:
    """Mask the cases whose first matching rule restricts them. The last row, which catches all, restricts nothing."""
    matcher = Matcher(table)
    unmatched = np.ones(len(table), dtype=bool)
    restricted = np.zeros(len(table), dtype=bool)
    for rule in policy.rules:
        if rule.state != RuleState.YES or rule.catches_all:
            continue
        matched = unmatched & matcher.matches(rule)
        unmatched &= ~matched
        if rule.restricted:
            restricted |= matched
    return restricted


def _meant(table: Table, directory: Directory) -> Iterable[tuple[int, Meant]]:
    """Yield the position of each case that is about somebody, and who is meant. Equal cells are looked up once."""
    by_text: dict[str, Meant] = {}
    about = table["about"].tolist()
    for position in np.flatnonzero(table["about"] != "").tolist():
        text = about[position]
        if text not in by_text:
            by_text[text] = directory.meant_by(text)
        yield position, by_text[text]
    yield from _named_in_summaries(table, directory)


def _named_in_summaries(table: Table, directory: Directory) -> Iterable[tuple[int, Meant]]:
    """Yield who is named in the summary, for cases whose `about` is blank."""
    blank = np.flatnonzero(table["about"] == "").tolist()
    summaries = table["summary"].tolist()
    for i, meant in directory.mentioned_in([summaries[position] for position in blank]).items():
        yield blank[i], meant


def _parties_in_conflict(parties: frozenset[Party], *, departments_too: bool) -> frozenset[Party]:
    return parties if departments_too else frozenset(party for party in parties if not party.is_department)


def may_quote(confidence: Confidence, position: int) -> bool:
    """Whether more than the number, step and date of this case may leave the ledger.

    "A restricted case appears in everything the tool sends, prints or logs as number, step, date and 'ask the
    office', nothing else" (docs/design.md#p5.7).
    """
    return not bool(confidence.restricted[position])


FEW = 3
"""The fewest restricted cases that a figure may include: one or two would tell who (docs/design.md#p5.9)."""
