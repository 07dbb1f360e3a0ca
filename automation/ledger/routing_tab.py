"""Reads the rules of the Routing tab, and checks them as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.admin_row import Row
from automation.ledger.model import Problem
from automation.ledger.name_cells import NameCells
from automation.ledger.normal_form import normal
from automation.ledger.policy import Policy, Rule
from automation.ledger.rule_shadows import shadow_of, stands_in_for, takes_all_of
from automation.ledger.table import Table
from sheet_schema import lookup, word_form
from sheet_schema import vocabulary as words

STANDS_IN = "rule_stands_in"
"""What is said beside a rule and is nobody's fault: it stands in the row only."""


def read_rule(row: Row, names: NameCells, topics: Mapping[str, str]) -> Rule | None:
    """The rule in a row, None if it is switched off. `topics` has each topic's name by its normal form."""
    state = row.text("enabled") or words.RuleState.YES.key
    if state == words.RuleState.NO:
        return None
    row.needs("order")
    department, handler = names.department(row, "department"), names.person(row, "handler")
    row.skipped |= bool(row.text("department") and not department) or bool(row.text("handler") and not handler)
    if not row.text("department") and not row.text("handler"):
        row.skip("rule_nowhere", "department")
    named = row.several("topic")
    for topic in named:
        if normal(topic) not in topics:
            row.skip("unknown_topic", "topic", value=topic)
    return Rule(
        order=float(row.whole("order") or 0),
        state=state,
        channels=row.several("channel", words.Channel),
        kinds=row.several("kind", words.Kind),
        topics=tuple(topics.get(normal(topic), topic) for topic in named),
        identities=row.several("identity", words.Identity),
        about=row.several("about", words.Role),
        keywords=row.several("keywords"),
        department=department,
        handler=handler,
        restricted=row.text("restricted") == words.YesNo.YES,
        copy_to=_copied(row, names),
        note=row.text("note"),
        row=row.number,
    )


def _copied(row: Row, names: NameCells) -> tuple[str, ...]:
    """Who is told as well: roles by their keys, people and departments by their names. What fits nobody stays as typed."""
    return tuple(_role_or_name(part, row, names) for part in row.several("copy_to"))


def _role_or_name(part: str, row: Row, names: NameCells) -> str:
    if role := lookup(words.Role).get(word_form(part)):
        return role
    if names.directory.person(part):
        return names.directory.person(part)
    return names.directory.department(part) or names.named_or_typed(row, "copy_to", part)


def _stood_in_for(rule: Rule, earlier: Sequence[Rule]) -> Rule | None:
    """The first enabled rule above with the same conditions but somebody else in it."""
    enabled = (above for above in earlier if above.state == words.RuleState.YES)
    return next((above for above in enabled if stands_in_for(above, rule)), None)


def rule_order(table: Table, policy: Policy) -> list[Problem]:
    """Report rules that are never reached, and a missing last rule that catches all else.

    We look only at the rules' conditions, never at cases, so that a problem tells nothing about any case. A rule with
    the same conditions but somebody else in it is no mistake: it is tried where the first leads to a conflict, and a
    note says so.
    """
    problems: list[Problem] = []
    catcher: Rule | None = None
    for i, rule in enumerate(policy.rules):
        row = Row(table, int(np.flatnonzero(table.rows == rule.row)[0]))
        if catcher is not None:
            row.note("rule_unreachable", "order", other=catcher.row)
            problems.extend(row.wrong)
        elif (above := shadow_of(rule, policy.rules[:i])) is not None:
            row.note("rule_shadowed", "order", other=above.row)
            problems.extend(replace(problem, warning=True) for problem in row.wrong)
            if takes_all_of(rule, above):
                said = messages.problem("rule_counts", other=rule.row)
                problems.append(Problem("routing", above.row, "order", "rule_counts", said, warning=True))
        else:
            if (first := _stood_in_for(rule, policy.rules[:i])) is not None:
                said = messages.problem(STANDS_IN, other=first.row)
                problems.append(Problem("routing", rule.row, "order", STANDS_IN, said, warning=True))
            if rule.catches_all and rule.state == words.RuleState.YES:
                catcher = rule
    if catcher is None:
        problems.append(Problem("routing", None, "", "no_catch_all", messages.problem("no_catch_all")))
    return problems
