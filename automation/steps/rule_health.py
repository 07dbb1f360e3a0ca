"""How the routing rules have fared in the last year: which were never used, which overlap, and where no case ever goes.

Worked out over the cases that may be talked of, and nothing else. So what is said is the same whether or not a restricted case
fits a rule or was given to a department, and nobody can tell from it that there is one; what is said has to say so ("restricted cases
are not looked at"). A rule that fits restricted cases alone is never called unused. What is certain by the conditions themselves
(a rule shadowed by another) stands beside the rule: see `automation.policy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.cases.rule_matching import Matcher
from automation.ledger.directory import Directory, normal
from automation.ledger.model import Ledger, today
from automation.ledger.policy import Department, Person, Rule
from automation.ledger.rule_shadows import destination, takes_all_of
from automation.ledger.table import Array, Table, positions_of
from automation.steps.digests import Visible, everything
from automation.steps.routing import with_filed
from sheet_schema.vocabulary import Kind, Role, RuleState

YEAR = timedelta(days=365)
ENOUGH_CASES = 60
"""Lines in the Index before what never happened is worth a word; the pad alone is thirty."""
MOST_OVERLAPS = 10


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that lead to different places, and how many cases both fit: the order alone decides."""

    first: Rule
    second: Rule
    cases: int


@dataclass(frozen=True)
class RuleHealth:
    """`unused` rules took no case in a year, `overlaps` are the most frequent first; nothing and nobody leads to the
    `idle_departments`, and no case went to the `idle_handlers`."""

    unused: tuple[Rule, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    idle_departments: tuple[Department, ...] = ()
    idle_handlers: tuple[Person, ...] = ()


def rule_health(cases: Cases, visible: Visible = everything) -> RuleHealth:
    """What there is to say of the rules at `cases.now` to a reader who may know of the `visible` cases. Takes a ledger whose
    first-seen days are derived already.

    What never happened is said only of a ledger that is a year old, or has seen enough.
    """
    ledger = cases.ledger
    table, wanted = _last_year(cases, visible)
    active = [rule for rule in ledger.policy.rules if rule.state == RuleState.YES]
    fits, takes = _fits(table, wanted, active)
    overlaps = _overlaps(active, fits, takes)
    if not _seen_enough(cases):
        return RuleHealth(overlaps=overlaps)
    return RuleHealth(
        tuple(_unused(active, takes)),
        overlaps,
        tuple(_idle_departments(ledger, table["department"][wanted])),
        tuple(_idle_handlers(ledger, table["handler"][wanted])),
    )


def _last_year(cases: Cases, visible: Visible) -> tuple[Table, Array]:
    """Register and Filing as one table, and the positions of the last year's cases in it that may be talked of."""
    ledger = cases.ledger
    filing, table = ledger.filing, with_filed(ledger)
    real = np.flatnonzero(filing["case_no"] != "")
    at = positions_of(filing["case_no"][real], ledger.index["case_no"])
    seen = np.full(len(real), "NaT", dtype="datetime64[D]")
    seen[at >= 0] = ledger.index["first_seen"][at[at >= 0]]
    first_seen = np.concatenate([cases.register_lines.first_seen, seen])
    day = np.where(np.isnat(table["received_on"]), first_seen, table["received_on"])
    judged = judge_table(filing, ledger.policy)
    may_be_said = np.concatenate(
        [
            visible(cases.register, cases.confidence, cases.register_lines.cases) & ~cases.confidence.restricted,
            (visible(filing, judged, filing["case_no"] != "") & ~judged.restricted)[real],
        ]
    )
    return table, np.flatnonzero(may_be_said & (day > today(cases.now) - np.timedelta64(YEAR.days, "D")))


def _seen_enough(cases: Cases) -> bool:
    index = cases.ledger.index
    if len(index) >= ENOUGH_CASES:
        return True
    issued = index["issued_on"][~np.isnat(index["issued_on"])]
    return bool(len(issued)) and bool(issued.min() <= today(cases.now) - np.timedelta64(YEAR.days, "D"))


def _fits(table: Table, wanted: Array, rules: Sequence[Rule]) -> tuple[Array, Array]:
    """For each rule and each wanted case: whether it fits, and whether it is the first to."""
    matcher = Matcher(table)
    fits = np.zeros((len(rules), len(wanted)), dtype=bool)
    takes = np.zeros_like(fits)
    open_yet = np.ones(len(wanted), dtype=bool)
    for i, rule in enumerate(rules):
        fits[i] = matcher.matches(rule)[wanted]
        takes[i] = fits[i] & open_yet
        open_yet &= ~fits[i]
    return fits, takes


def _unused(rules: Sequence[Rule], takes: Array) -> Iterable[Rule]:
    """Rules that took no case. Not the last one, which is there for what nobody foresaw; nor one below a rule that takes all
    of its cases, which stands in for it or is reported beside it; nor one whose cases are restricted anyway."""
    for i, rule in enumerate(rules):
        secret = rule.restricted or rule.kinds == (Kind.ALLEGATION.key,)
        below = any(takes_all_of(one, rule) for one in rules[:i])
        if not (takes[i].any() or rule.catches_all or secret or below):
            yield rule


def _overlaps(rules: Sequence[Rule], fits: Array, takes: Array) -> tuple[Overlap, ...]:
    """Pairs that share cases the first of them took. A rule above a more general one is no overlap, but an exception to it, and
    one below it is in its shadow."""
    shared = takes.astype(np.float32) @ fits.astype(np.float32).T
    found = [
        Overlap(rules[i], rules[j], int(shared[i, j]))
        for i, j in np.argwhere(np.triu(shared, k=1) > 0).tolist()
        if destination(rules[i]) != destination(rules[j])
        and not (takes_all_of(rules[j], rules[i]) or takes_all_of(rules[i], rules[j]))
    ]
    return tuple(sorted(found, key=lambda one: -one.cases)[:MOST_OVERLAPS])


def _idle_departments(ledger: Ledger, used: Array) -> Iterable[Department]:
    directory = Directory(ledger.policy.people, ledger.policy.departments)
    led_to = {rule.department for rule in ledger.policy.rules}
    busy = {directory.department(text) for text in set(used.tolist())}
    for department in ledger.policy.departments:
        if department.name not in led_to | busy:
            yield department


def _idle_handlers(ledger: Ledger, used: Array) -> Iterable[Person]:
    """Handlers who were given no case, in an office that names handlers at all."""
    busy = {normal(name) for name in set(used.tolist())} - {""}
    led_to = {normal(rule.handler) for rule in ledger.policy.rules}
    for person in ledger.policy.people if busy else ():
        names = {normal(name) for name in (person.name, *person.also_called)}
        has_left = person.absent_from is not None and person.absent_until is None
        if Role.HANDLER in person.roles and not has_left and not names & (busy | led_to):
            yield person
