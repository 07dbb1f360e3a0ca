"""assign: give every case one responsible department by the Routing tab, and never the one complained about.

"It never overwrites a department that a person set; rule and reason go to *History*" (docs/design.md#p4.5). If a rule
leads to somebody in conflict, "assign then tries the next match, then the leader in charge, then the `outside` person"
(docs/design.md#p5.5). 谁主管、谁负责: whoever is in charge is responsible. 信访工作条例 art. 28 asks for recusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from automation.cases.confidentiality import Confidence, judge
from automation.cases.joined_facts import follows_another
from automation.cases.mailboxes import is_away
from automation.cases.register_lines import RegisterLines, register_lines_of
from automation.cases.rule_matching import Matcher
from automation.cases.steps_owed import closed_before
from automation.ledger import problems as messages
from automation.ledger.model import Filled, Ledger, Outcome, Problem
from automation.ledger.office_time import today
from automation.ledger.policy import Policy, Rule
from automation.ledger.table import Array, Table
from automation.text.catalogue import Message, Row, Sentences, groups, msg
from sheet_schema.languages import Language
from sheet_schema.vocabulary import TURNED_AWAY, Decision, Role, RuleState, Status

MATCHES_OVER_DAYS = 90
NOT_ASSIGNED = (*TURNED_AWAY, Decision.VOID)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets a case and why: by a rule, or a person if every matching rule leads to somebody in conflict."""

    department: str
    handler: str
    rule: Rule | None
    passed_over: tuple[Rule, ...] = ()

    def why(self, language: Language) -> str:
        texts = Sentences(_WHY, language)
        if self.rule is not None:
            reason = texts.say("rule", row=self.rule.row, order=f"{self.rule.order:g}")
        elif self.handler:
            reason = texts["person"]
        else:
            reason = texts["nobody"]
        rows = Row(rule.row for rule in self.passed_over)
        return reason + (texts.say("passed", rows=rows) if rows else "")


_WHY: Mapping[str, Message] = {
    "rule": msg("Routing row {row} (order {order})"),
    "person": msg(
        "every matching rule leads to someone in conflict of interest; handled by a leader or outside person"
    ),
    "nobody": msg("no rule fits, or everybody is in conflict of interest"),
    "passed": msg("; rows passed over because of a conflict of interest: {rows}"),
}


def assign(ledger: Ledger, now: datetime) -> Outcome:
    """Fill in department and handler of the cases that need a department."""
    register_lines, confidence = register_lines_of(ledger), judge(ledger, now)
    register = ledger.register
    matcher = Matcher(register, ledger.policy)
    masks = {rule.row: matcher.matches(rule) for rule in ledger.policy.rules if rule.state == RuleState.YES}
    wanted = np.flatnonzero(wants_department(register, register_lines))
    wanted = np.asarray([i for i in wanted.tolist() if i not in confidence.being_typed], dtype=np.int64)
    assignments = _assignments(ledger.policy, masks, confidence, wanted)
    to_decide = [
        i for i in wanted.tolist() if i not in confidence.only_for
    ]  # of the others the row says what is missing
    problems = tuple(_unassigned(ledger, assignments, to_decide))
    ledger, filled = _filled(ledger, assignments)
    return Outcome(ledger.noting(problems), filled, problems)


def wants_department(register: Table, register_lines: RegisterLines) -> Array:
    """Mask the cases to assign: with kind and topic, without a department or a decision that ends them. What an old register
    had closed stays with whoever had it there."""
    against = np.isin(register["decision"], [word.key for word in NOT_ASSIGNED])
    wanted: Array = (
        register_lines.cases
        & ~follows_another(register)
        & (register["kind"] != "")
        & (register["topic"] != "")
        & ~against
        & ~closed_before(register)
        & (register.read["department"] == "")
        & (register["department"] == "")
    )
    return wanted


def _assignments(
    policy: Policy, masks: dict[int, Array], confidence: Confidence, wanted: Array
) -> dict[int, Assignment]:
    """The assignment of each wanted case, by position. Cases without a conflict are assigned a rule at a time."""
    assignments: dict[int, Assignment] = {}
    active = [rule for rule in policy.rules if rule.state == RuleState.YES]
    unassigned = np.asarray([i for i in wanted.tolist() if i not in confidence.guarded], dtype=np.int64)
    for rule in active:
        matched = masks[rule.row][unassigned]
        shared = Assignment(rule.department, rule.handler, rule)
        assignments.update(dict.fromkeys(unassigned[matched].tolist(), shared))
        unassigned = unassigned[~matched]
    for i in wanted.tolist():
        if i in confidence.guarded:
            matching = [rule for rule in active if masks[rule.row][i]]
            assignments[i] = choose(policy, matching, confidence, i)
    return assignments


def choose(policy: Policy, matching: Sequence[Rule], confidence: Confidence, position: int) -> Assignment:
    """Choose who gets a case that has somebody in conflict.

    The first matching rule that leads to nobody in conflict; else the leader in charge of such a rule's department; else an
    outside person; else nobody. While nobody knows whom a case is about, it stays with the office; that passes over no
    rule.
    """
    passed: tuple[Rule, ...] = ()
    for rule in matching:
        if any(one.is_for_few for one in passed) and not rule.is_for_few:
            continue  # what is kept with the discipline officer goes to no ordinary department when it is about them
        if not _leads_to_conflict(rule, confidence, position):
            return Assignment(rule.department, rule.handler, rule, passed)
        passed = (*passed, rule)
    if position in confidence.only_for:
        return Assignment("", "", None)
    for name in _instead_of(policy, passed, confidence.day):
        if confidence.person_may_have(position, name):
            return Assignment("", name, None, passed)
    return Assignment("", "", None, passed)


def _instead_of(policy: Policy, passed: Sequence[Rule], day: date) -> Iterable[str]:
    """Who takes what no department may have: the leaders in charge of those passed over, then people outside; of them
    whoever is there that day."""
    in_charge = {department.name: department.leader for department in policy.departments}
    leaders = [in_charge.get(rule.department, "") for rule in passed]
    there = {person.name: person for person in policy.people if not is_away(person, day)}
    yield from (name for name in dict.fromkeys(leaders) if name in there)
    yield from (person.name for person in there.values() if Role.OUTSIDE in person.roles)


def _leads_to_conflict(rule: Rule, confidence: Confidence, position: int) -> bool:
    """Whether the rule's department, whoever opens its mailbox, or the rule's handler must not learn of the case."""
    if rule.department and not confidence.department_may_have(position, rule.department):
        return True
    return bool(rule.handler) and not confidence.person_may_have(position, rule.handler)


def _unassigned(ledger: Ledger, assignments: dict[int, Assignment], wanted: Iterable[int]) -> Iterable[Problem]:
    """A problem beside each case that no rule could give to anyone: the office has to decide."""
    register = ledger.register
    for i in wanted:
        assignment = assignments.get(i)
        if (assignment is None or not (assignment.department or assignment.handler)) and not register["handler"][i]:
            yield Problem(
                tab="register",
                row=int(register.rows[i]),
                column="department",
                code="unassigned",
                said=messages.problem("unassigned"),
                case_no=register["case_no"][i],
                warning=True,
            )


def _filled(ledger: Ledger, assignments: dict[int, Assignment]) -> tuple[Ledger, tuple[Filled, ...]]:
    register, language = ledger.register, ledger.language
    filled = []
    for column in ("department", "handler"):
        given = {
            i: value
            for i, assignment in assignments.items()
            if (value := getattr(assignment, column)) and register.read[column][i] == ""
        }
        if given:
            positions = np.asarray(list(given), dtype=np.int64)
            values = np.empty(len(given), dtype=object)
            values[:] = list(given.values())
            register = register.filling(column, positions, values)
            reasons = {id(assignment): assignment.why(language) for assignment in assignments.values()}
            filled.append(Filled(column, tuple(given), tuple(reasons[id(assignments[i])] for i in given)))
    return ledger.having(register=register), tuple(filled)


def count_matches(ledger: Ledger, now: datetime) -> Ledger:
    """Write the `matches` column: each rule's cases in 90 days, the last one, and what a Try rule would move.

    Status and first-seen days must be derived already.
    """
    table, register_lines = ledger.tables["routing"], register_lines_of(ledger)
    register = with_filed(ledger)
    filed = len(register) - len(ledger.register)
    matcher = Matcher(register, ledger.policy)
    since = today(now) - np.timedelta64(MATCHES_OVER_DAYS, "D")
    first_seen = np.concatenate([register_lines.first_seen, np.full(filed, since)])
    day = np.where(np.isnat(register["received_on"]), first_seen, register["received_on"])
    cases = np.concatenate([register_lines.cases, np.ones(filed, dtype=bool)])
    recent = cases & ((day > since) | np.isnat(day))
    column = np.full(len(table), "", dtype=object)
    row_at = {row: i for i, row in enumerate(table.rows.tolist())}
    taken = np.zeros(len(register), dtype=bool)
    for rule in ledger.policy.rules:
        matched = matcher.matches(rule)
        first = matched & ~taken & cases
        text = _matches_text(ledger.language, first, recent, day)
        if rule.state == RuleState.TRY:
            text += _would_move(ledger, rule, first[: len(ledger.register)], judge(ledger, now).nameable)
        column[row_at[rule.row]] = text
        if rule.state == RuleState.YES:
            taken |= matched
    return ledger.having(routing=table.having(matches=column))


def with_filed(ledger: Ledger) -> Table:
    """The register followed by the filed cases, with the columns that rules need: filed cases count as well."""
    filing = ledger.filing
    real = np.flatnonzero(filing["case_no"] != "")
    if not len(real):
        return ledger.register
    seen = (
        "channel",
        "kind",
        "identity",
        "topic",
        "summary",
        "received_on",
        "department",
        "handler",
        "status",
    )
    return ledger.register.extended([0] * len(real), **{key: filing[key][real].tolist() for key in seen})


def _matches_text(language: Language, first: Array, recent: Array, day: Array) -> str:
    texts = Sentences(_MATCHES, language)
    if not first.any():
        return texts["never"]
    days = day[first]
    last = np.nanmax(days) if (~np.isnat(days)).any() else None
    return texts.say(
        "some", count=int((first & recent).sum()), last="" if last is None else texts.say("last", day=last)
    )


def _would_move(ledger: Ledger, rule: Rule, first: Array, nameable: Array) -> str:
    """What a Try rule would do to the open cases it is the first to match: how many would move, and the first few.

    Restricted cases, and those that somebody must not know of, are counted but never named.
    """
    register, texts = ledger.register, Sentences(_MATCHES, ledger.language)
    elsewhere = (register["department"] != "") & (register["department"] != rule.department)
    moves = np.flatnonzero(first & (register["status"] != Status.CLOSED.key) & elsewhere)
    named = moves[nameable[moves]][:NAMED_AT_MOST].tolist()
    numbers_of: dict[str, list[str]] = {}
    for i in named:
        numbers_of.setdefault(register["department"][i], []).append(register["case_no"][i])
    to = rule.department or rule.handler
    examples = groups(
        (texts.say("from_to", before=before, after=to, numbers=[*numbers]) for before, numbers in numbers_of.items()),
        ledger.language,
    )
    if examples and len(moves) > len(named):
        examples += texts.say("more", count=len(moves) - len(named))
    counted = texts.say("try_one" if len(moves) == 1 else "try", count=len(moves))
    return counted + (texts.say("which", said=examples) if examples else "")


NAMED_AT_MOST = 5
"""How many of the cases that a Try rule would move are named."""

_MATCHES: Mapping[str, Message] = {
        "never": msg("none yet"), "some": msg("{count} in 90 days{last}"), "last": msg(", last on {day}"),
        "try": msg("; would move {count} open cases"), "try_one": msg("; would move 1 open case"), "which": msg(" ({said})"),
        "from_to": msg("{before} → {after}: {numbers}"), "more": msg(", and {count} more"),
    }  # fmt: skip
