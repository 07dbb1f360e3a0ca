"""Which cases a rule of *Routing* restricts."""

from __future__ import annotations

import numpy as np

from automation.cases.rule_matching import Matcher
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import RuleState


def restricted_by_rule(table: Table, policy: Policy) -> Array:
    """Mask the cases whose first matching rule restricts them. The last row, which catches all, restricts nothing."""
    matcher = Matcher(table, policy)
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
