"""Who must not learn of a case, and what may be said of it. Every output asks here.

"A person named in `about` is always in conflict; a named department only for an Allegation or a restricted case"
(docs/design.md#p5.1). 信访工作条例 (2022) art. 30 forbids passing an accusation to the accused; art. 28 is recusal. What
is in doubt counts as if it were so (docs/design.md#p5.16).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import cached_property

import numpy as np

from automation.cases.about import whom_it_is_about
from automation.cases.completeness import being_typed, unreadable
from automation.cases.joined_facts import kept_together, with_facts
from automation.cases.kept_from import meant_earlier
from automation.cases.mailboxes import Mailboxes, Recipient
from automation.cases.register_lines import has_content
from automation.cases.restricted_by_rule import restricted_by_rule
from automation.ledger.directory import settles_nothing
from automation.ledger.meant import Party
from automation.ledger.model import Ledger
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.text.catalogue import msg
from sheet_schema.vocabulary import Decision, Kind, NoticeKind, Role, RuleState, YesNo

ASK_THE_OFFICE = msg("ask the office")


class Said(Enum):
    """How much of a case may be said to somebody who may know of it."""

    FULL = "full"
    """Whatever the reader needs: step, date and why, topic and summary."""
    RESTRICTED = "restricted"
    """Number, step, date and "ask the office"."""
    NUMBER_ONLY = "number"
    """Its number, and whom to telephone."""


IN_DOUBT = frozenset((Role.OFFICE.key, Role.DISCIPLINE.key, Role.OUTSIDE.key))
"""Who may know of an allegation while nobody knows whom it is about."""
FOR_STRANGERS = frozenset((Role.OFFICE.key, Role.OUTSIDE.key))
"""Who may know of a secret case that is about somebody who is not in People."""
OFFICE_ONLY = frozenset((Role.OFFICE.key,))
"""Who may know of a row that somebody is still typing."""


@dataclass(frozen=True)
class Confidence:
    """Which cases of a table are restricted, and who must not learn of each. The one place that every output asks.

    `restricted` is a mask, and `clear` of the cases whose kind, About and Restricted can be read. The others go by the
    case's position, without the cases that have none: `in_conflict` everyone who must get nothing of it,
    `mentioned` those of them who are only named in a summary, `earlier` those whom About meant once, but not today, `beside` whom the summary names while About says something
    else and leaves open who is meant, `unsure` the names that could mean several people,
    with each of these, `strangers` the names that mean nobody here, and `only_for` the roles that alone may know.
    `silent` are the positions of those of which About is blank or says nothing, and `being_typed` of the rows that
    somebody is still typing.
    """

    restricted: Array
    clear: Array
    in_conflict: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    mentioned: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    beside: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    earlier: Mapping[int, frozenset[Party]] = field(default_factory=dict)
    unsure: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)
    strangers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    only_for: Mapping[int, frozenset[str]] = field(default_factory=dict)
    silent: frozenset[int] = frozenset()
    being_typed: frozenset[int] = frozenset()
    mailboxes: Mailboxes | None = None
    day: date = date.min

    @classmethod
    def of_nobody(cls, count: int) -> Confidence:
        """That of `count` cases of which nothing is known, and which no output mentions."""
        nothing = np.zeros(count, dtype=bool)
        return cls(nothing, nothing)

    @cached_property
    def quotable(self) -> Array:
        """The mask of the cases of which more than number, step and date may be said."""
        quotable: Array = self.clear & ~self.restricted
        return quotable

    @cached_property
    def nameable(self) -> Array:
        """The mask of the cases whose number may be said to whoever asks: of restricted and guarded ones it may not."""
        nameable: Array = ~self.restricted
        nameable[list(self.guarded)] = False
        return nameable

    @cached_property
    def guarded(self) -> frozenset[int]:
        """The positions of the cases that somebody must not know of. Everybody may know of all others."""
        return frozenset((*self.in_conflict, *self.only_for, *self.being_typed))

    def may_know(self, position: int, reader: Recipient) -> bool:
        """Whether the reader may learn, at this address, that the case at `position` exists."""
        if position not in self.guarded:
            return True
        return not self.bars(position, reader) and self._is_among_the_few(position, reader, typed=True)

    def may_be_alerted(self, position: int, reader: Recipient) -> bool:
        """Whether an alert of the case may go to the reader, who may then learn of it no more than its number.

        It does not wait until a row is complete, and reaches whoever is only mentioned in a summary.
        """
        if position not in self.guarded:
            return True
        only_mentioned = position in self.mentioned
        among_the_few = self._is_among_the_few(position, reader, typed=False)
        return among_the_few and (only_mentioned or not self.bars(position, reader))

    def bars(self, position: int, reader: Recipient) -> bool:
        """Whether the reader is in conflict: the case is about them, or somebody it is about reads that address."""
        parties = self.in_conflict.get(position)
        return (
            parties is not None and self.mailboxes is not None and self.mailboxes.barred(parties, self.day).bars(reader)
        )

    def barred_mailboxes(self, position: int) -> frozenset[str]:
        """Every mailbox that somebody in conflict reads today."""
        parties = self.in_conflict.get(position)
        return self.mailboxes.barred(parties, self.day).addresses if parties and self.mailboxes else frozenset()

    def person_may_know(self, position: int, name: str) -> bool:
        """Whether the person may learn of the case, wherever they get mail: at every address of theirs."""
        if position not in self.guarded:
            return True
        own = self.mailboxes.addresses_of(name) if self.mailboxes else ()
        return all(self.may_know(position, Recipient(name, address)) for address in own or ("",))

    def person_may_have(self, position: int, name: str) -> bool:
        """Whether the person may be given the case: at one address at least they may know of it, once it is typed."""
        own = self.mailboxes.addresses_of(name) if self.mailboxes else ()
        return any(self._may_have(position, Recipient(name, address)) for address in own or ("",))

    def department_may_have(self, position: int, name: str) -> bool:
        """Whether the department may be given the case: neither its head nor anybody who opens its mailbox is in conflict."""
        if position not in self.guarded or self.mailboxes is None:
            return True
        own = self.mailboxes.addresses_of(name, is_department=True)
        return not self.bars_department(position, name) and all(
            self._may_have(position, Recipient(name, address, is_department=True)) for address in own or ("",)
        )

    def may_act(self, position: int, department: str, handler: str) -> tuple[str, str]:
        """Of these two cells, the department and the handler that may be named as those who act: blank for whoever is, or
        may be, in conflict. Where the handler is, nobody acts for them."""
        if position not in self.guarded or self.mailboxes is None:
            return department, handler
        acting = self.mailboxes.acting_for(handler, self.day)
        if not all(self.person_may_have(position, party.name) for party in acting):
            return "", ""
        known = self.mailboxes.policy.directory.department(department) or department
        return department if self.department_may_have(position, known) else "", handler

    def bars_department(self, position: int, name: str) -> bool:
        """Whether the department, its head, or somebody who opens its mailbox is in conflict."""
        if position not in self.in_conflict or self.mailboxes is None:
            return False
        own = self.mailboxes.addresses_of(name, is_department=True)
        readers = [Recipient(name, address, is_department=True) for address in own or ("",)]
        readers += [Recipient(head.name, "") for head in self.mailboxes.heads_of(name)]
        return any(self.bars(position, reader) for reader in readers)

    def what_may_be_said(self, position: int, reader: Recipient, kind: str) -> Said:
        """How much a mail of this kind may say of the case to somebody who may get it."""
        doubtful = position in self.being_typed or not self.clear[position] or self.bars(position, reader)
        if kind == NoticeKind.ALERT and doubtful:
            return Said.NUMBER_ONLY
        return Said.FULL if self.quotable[position] else Said.RESTRICTED

    def _may_have(self, position: int, reader: Recipient) -> bool:
        return not self.bars(position, reader) and self._is_among_the_few(position, reader, typed=False)

    def _is_among_the_few(self, position: int, reader: Recipient, *, typed: bool) -> bool:
        """Whether the reader, and everybody else who reads that address, has one of the roles that alone may know, if the
        case has any."""
        roles = self.only_for.get(position)
        if typed and position in self.being_typed:
            roles = OFFICE_ONLY
        if roles is None:
            return True
        if self.mailboxes is None or not self._has_one_of(roles, reader):
            return False
        return self.mailboxes.are_all_among(roles, reader.address, self.day)

    def has_role_for(self, position: int, reader: Recipient) -> bool:
        """Whether the reader is among the few that may know of the case, at whatever address."""
        return self._has_one_of(self.only_for.get(position, frozenset()), reader)

    def _has_one_of(self, roles: frozenset[str], reader: Recipient) -> bool:
        known = frozenset[str]() if self.mailboxes is None else self.mailboxes.roles_of(reader.name)
        return not reader.is_department and not roles.isdisjoint(known)


def judge(ledger: Ledger, now: datetime) -> Confidence:
    """Judge every case in the register at `now`, the office's time."""
    judged = judge_table(ledger.register, ledger.policy, now.date())
    typing = np.flatnonzero(being_typed(ledger, now, judged.silent)).tolist()
    return replace(judged, being_typed=frozenset(typing))


def judge_table(table: Table, policy: Policy, day: date) -> Confidence:
    """Judge every case in the register, as if nobody were typing, or in Filing. On `day` some stand in for others."""
    depends = (policy, table["joined_facts"], *_depends(table))
    return replace(table.remembered(_judged_together, table, policy, depending_on=depends), day=day)


def judge_alone(table: Table, policy: Policy) -> Confidence:
    """Judge every case by its own row, whatever it is joined with."""
    return table.remembered(_judged, table, policy, depending_on=(policy, *_depends(table)))


def _judged_together(table: Table, policy: Policy) -> Confidence:
    alone = judge_alone(table, policy)
    if not with_facts(table):
        return alone
    found = kept_together(table, alone)
    return replace(
        alone, restricted=found.restricted, clear=found.clear, in_conflict=found.in_conflict, mentioned=found.mentioned,
        only_for=found.only_for,
    )  # fmt: skip


def _depends(table: Table) -> tuple[Array, ...]:
    return (*(table[key] for key in _DEPENDS_ON), *(table.read[key] for key in _TYPED))


_DEPENDS_ON = (
    "channel",
    "kind",
    "topic",
    "identity",
    "summary",
    "about",
    "restricted",
    "decision",
    "reason",
    "kept_from",
)
_TYPED = ("kind", "about", "restricted", "decision")


def _judged(table: Table, policy: Policy) -> Confidence:
    """Everything that holds on any day, whoever is typing."""
    restricted, perhaps = _restricted(table, policy), may_be_allegations(table)
    unknown_kind = (table["kind"] == "") & has_content(table)
    secret, no_about = restricted | perhaps | unknown_kind, unreadable(table, "about")
    mailboxes = Mailboxes(policy)
    about = whom_it_is_about(table, policy, secret)
    meant = about.meant
    silent = frozenset(
        (*_positions((table["about"] == "") & ~no_about), *(at for at, one in meant.items() if settles_nothing(one)))
    )
    today = {
        at: kept_out
        for at, parties in about.parties
        if (kept_out := _kept_out(parties, mailboxes, departments_too=bool(secret[at])))
    }
    earlier = meant_earlier(table, policy, today)
    strangers = {at: one.strangers for at, one in meant.items() if one.strangers}
    kept = restricted | perhaps
    only_for = dict.fromkeys((*_positions(no_about), *(at for at in strangers if kept[at])), FOR_STRANGERS)
    only_for |= {at: IN_DOUBT for at in _positions(perhaps) if at in silent}
    return Confidence(
        restricted=restricted,
        clear=~unknown_kind & ~no_about & ~unreadable(table, "restricted"),
        in_conflict=today | {at: today.get(at, frozenset()) | parties for at, parties in earlier.items()},
        mentioned={
            at: kept_out for at, kept_out in today.items() if about.only_named(at) and not (perhaps | unknown_kind)[at]
        },
        earlier=earlier,
        beside={at: about.named[at] for at in meant if at in about.named},
        unsure={at: one.unsure for at, one in meant.items() if one.unsure},
        strangers=strangers,
        only_for=only_for,
        silent=silent,
        mailboxes=mailboxes,
    )


def _positions(mask: Array) -> list[int]:
    positions: list[int] = np.flatnonzero(mask).tolist()
    return positions


def may_be_allegations(table: Table) -> Array:
    """Mask the allegations, and the cases whose kind was typed in a way nobody can read."""
    mask: Array = (table["kind"] == Kind.ALLEGATION.key) | unreadable(table, "kind")
    return mask


def restricted_cases(table: Table, policy: Policy) -> Array:
    """Mask the restricted cases of a table, for outputs without a reader who is known."""
    return judge_table(table, policy, date.min).restricted


def quotable_cases(table: Table, policy: Policy) -> Array:
    """Mask the cases of a table of which more than number, step and date may leave the ledger."""
    return judge_table(table, policy, date.min).quotable


def _restricted(table: Table, policy: Policy) -> Array:
    """Mask the restricted cases: where anything is typed, all that is not plainly No; where the cell is blank, what may
    be an allegation, and what a rule restricts. An allegation is confidential by rule: for it, No needs a reason."""
    typed, doubtful = table["restricted"], unreadable(table, "restricted")
    by_default = may_be_allegations(table)
    doubtful |= (typed == YesNo.NO.key) & by_default & ~_says_why(table)
    if any(rule.restricted and rule.state == RuleState.YES for rule in policy.rules):
        by_default = by_default | restricted_by_rule(table, policy)
    restricted: Array = (typed == YesNo.YES.key) | doubtful | ((typed == "") & by_default)
    return restricted


def _says_why(table: Table) -> Array:
    """Mask the cases with a reason that is not the decision's own, as it would be of a case that was not accepted."""
    own = np.isin(table["decision"], ["", Decision.ACCEPT.key]) & ~unreadable(table, "decision")
    mask: Array = own & (table["reason"] != "")
    return mask


def _kept_out(parties: frozenset[Party], mailboxes: Mailboxes, *, departments_too: bool) -> frozenset[Party]:
    """The people meant and, of a secret case, the departments, too, each with its head."""
    people = frozenset(party for party in parties if not party.is_department)
    if not departments_too:
        return people
    heads = (mailboxes.heads_of(party.name) for party in parties if party.is_department)
    return parties.union(*heads)


def may_quote(confidence: Confidence, position: int) -> bool:
    """Whether more than the number, step and date of this case may leave the ledger.

    "A restricted case appears in everything the tool sends, prints or logs as number, step, date and 'ask the
    office', nothing else" (docs/design.md#p5.7).
    """
    return bool(confidence.quotable[position])
