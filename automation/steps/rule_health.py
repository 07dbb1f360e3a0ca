"""How the routing rules did in the last year: which were never used, which overlap, and who never got a case.

Restricted cases are left out altogether, so that nobody can tell from the result that there is one; what shows it must
say so ("restricted cases are not looked at"). A rule for restricted cases is never called unused. That a rule is
shadowed by another is certain from the conditions alone, so `ledger.policy` reports it beside the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.cases.rule_matching import Matcher
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.ledger.office_time import today
from automation.ledger.people import Department, Person
from automation.ledger.policy import Policy, Rule
from automation.ledger.rule_shadows import destination, takes_all_of
from automation.ledger.table import Array, Table, positions_of
from automation.steps.digests import everything
from automation.steps.known_to import Visible
from automation.steps.routing import with_filed
from sheet_schema.vocabulary import Kind, Role, RuleState

YEAR = timedelta(days=365)
ENOUGH_CASES = 60
"""A ledger with fewer lines in Index is too new to call anything unused; the empty numbered lines alone are thirty."""
MOST_OVERLAPS = 10


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules for different destinations, and how many cases match both, so that only their order decides."""

    first: Rule
    second: Rule
    cases: int


@dataclass(frozen=True)
class RuleHealth:
    """What the last year shows of the rules."""

    unused: tuple[Rule, ...] = ()
    """Rules that took no case."""
    overlaps: tuple[Overlap, ...] = ()
    """Most frequent first."""
    idle_departments: tuple[Department, ...] = ()
    """Departments that got no case and that no rule names."""
    idle_handlers: tuple[Person, ...] = ()
    """Handlers who got no case and whom no rule names."""


def rule_health(cases: Cases, visible: Visible = everything) -> RuleHealth:
    """Judge the rules by the last year's cases that a reader may know of (`visible`).

    First-seen days must be derived already. In a ledger younger than a year with few cases only overlaps are reported.
    """
    ledger = cases.ledger
    table, wanted = _last_year(cases, visible)
    active = [rule for rule in ledger.policy.rules if rule.state == RuleState.YES]
    matched, takes = _matches(table, ledger.policy, wanted, active)
    overlaps = _overlaps(active, matched, takes)
    if not _seen_enough(cases):
        return RuleHealth(overlaps=overlaps)
    return RuleHealth(
        tuple(_unused(active, takes)),
        overlaps,
        tuple(_idle_departments(ledger, table["department"][wanted])),
        tuple(_idle_handlers(ledger, table["handler"][wanted])),
    )


def _last_year(cases: Cases, visible: Visible) -> tuple[Table, Array]:
    """Register and Filing as one table, and the positions of last year's cases that the reader may know of."""
    ledger = cases.ledger
    filing, table = ledger.filing, with_filed(ledger)
    real = np.flatnonzero(filing["case_no"] != "")
    at = positions_of(filing["case_no"][real], ledger.index["case_no"])
    seen = np.full(len(real), "NaT", dtype="datetime64[D]")
    seen[at >= 0] = ledger.index["first_seen"][at[at >= 0]]
    first_seen = np.concatenate([cases.register_lines.first_seen, seen])
    day = np.where(np.isnat(table["received_on"]), first_seen, table["received_on"])
    judged = judge_table(filing, ledger.policy, cases.now.date())
    may_know = np.concatenate(
        [
            visible(cases.register, cases.confidence, cases.register_lines.cases) & ~cases.confidence.restricted,
            (visible(filing, judged, filing["case_no"] != "") & ~judged.restricted)[real],
        ]
    )
    return table, np.flatnonzero(may_know & (day > today(cases.now) - np.timedelta64(YEAR.days, "D")))


def _seen_enough(cases: Cases) -> bool:
    index = cases.ledger.index
    if len(index) >= ENOUGH_CASES:
        return True
    issued = index["issued_on"][~np.isnat(index["issued_on"])]
    return bool(len(issued)) and bool(issued.min() <= today(cases.now) - np.timedelta64(YEAR.days, "D"))


def _matches(table: Table, policy: Policy, wanted: Array, rules: Sequence[Rule]) -> tuple[Array, Array]:
    """For each rule (row) and wanted case (column), whether it matches, and whether it is the first that does."""
    matcher = Matcher(table, policy)
    matched = np.zeros((len(rules), len(wanted)), dtype=bool)
    takes = np.zeros_like(matched)
    not_taken = np.ones(len(wanted), dtype=bool)
    for i, rule in enumerate(rules):
        matched[i] = matcher.matches(rule)[wanted]
        takes[i] = matched[i] & not_taken
        not_taken &= ~matched[i]
    return matched, takes


def _unused(rules: Sequence[Rule], takes: Array) -> Iterable[Rule]:
    """Rules that took no case.

    Left out are a rule without conditions, which is there for the unforeseen; one below a rule that takes all its
    cases, which stands in for that rule or has a problem beside it; and one for restricted cases.
    """
    for i, rule in enumerate(rules):
        secret = rule.restricted or rule.kinds == (Kind.ALLEGATION.key,)
        below = any(takes_all_of(above, rule) for above in rules[:i])
        if not (takes[i].any() or rule.catches_all or secret or below):
            yield rule


def _overlaps(rules: Sequence[Rule], matched: Array, takes: Array) -> tuple[Overlap, ...]:
    """Pairs where the second rule matches cases that the first took.

    A rule and a more general one do not count: above it, the rule is an exception to it; below it, it is shadowed.
    """
    shared = takes.astype(np.float32) @ matched.astype(np.float32).T
    overlaps = [
        Overlap(rules[i], rules[j], int(shared[i, j]))
        for i, j in np.argwhere(np.triu(shared, k=1) > 0).tolist()
        if destination(rules[i]) != destination(rules[j])
        and not (takes_all_of(rules[j], rules[i]) or takes_all_of(rules[i], rules[j]))
    ]
    return tuple(sorted(overlaps, key=lambda overlap: -overlap.cases)[:MOST_OVERLAPS])


def _idle_departments(ledger: Ledger, used: Array) -> Iterable[Department]:
    directory = ledger.policy.directory
    led_to = {rule.department for rule in ledger.policy.rules}
    busy = {directory.department(text) for text in set(used.tolist())}
    for department in ledger.policy.departments:
        if department.name not in led_to | busy:
            yield department


def _idle_handlers(ledger: Ledger, used: Array) -> Iterable[Person]:
    """Handlers who got no case, if the ledger names handlers at all."""
    busy = {normal(name) for name in set(used.tolist())} - {""}
    led_to = {normal(rule.handler) for rule in ledger.policy.rules}
    for person in ledger.policy.people if busy else ():
        names = {normal(name) for name in (person.name, *person.also_called)}
        has_left = person.absent_from is not None and person.absent_until is None
        if Role.HANDLER in person.roles and not has_left and not names & (busy | led_to):
            yield person
