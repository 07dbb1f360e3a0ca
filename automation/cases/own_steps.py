"""Which steps of a case are whose: the handler's, the department's, or the office's (docs/design.md#p4.26)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.recipients import OF_THE_DEPARTMENT
from automation.ledger.table import Array
from sheet_schema.vocabulary import Step, Who


def department_clocks(cases: Cases, by_handler: Array) -> Mapping[Step, Clock]:
    """The clocks as the department in charge reads them, where only what it has to do is open; in the rows of `by_handler`
    only the handler's own steps, if there are any."""
    own, all_of_it = (_open_to(cases, roles) for roles in ((Who.HANDLER.key,), OF_THE_DEPARTMENT))
    only_own = by_handler & np.logical_or.reduce(list(own.values()))
    return {
        step: replace(clock, open=np.where(only_own, own[step], all_of_it[step]))
        for step, clock in cases.clocks.items()
    }


def _open_to(cases: Cases, roles: Collection[str]) -> Mapping[Step, Array]:
    """For each step, a mask of the cases where one of the roles still has to do it, as Deadlines says."""
    theirs = [i for i, rule in enumerate(cases.ledger.policy.deadlines) if rule.who in roles]
    return {step: clock.open & np.isin(clock.rule, theirs) for step, clock in cases.clocks.items()}
