"""No edit of rules or calendar that is dated D changes a byte of a report on a period that ends before D (docs/design.md#p3.17)."""

from __future__ import annotations

import pytest

from tests.rule_edits import edits_of
from tests.support.sample import tries


@pytest.mark.parametrize("seed", range(tries(2)))
def test_no_edit_of_rules_changes_a_report_on_the_days_before(seed: int) -> None:
    """A few edits of a few ledgers here, on three days each; ten thousand with `python -m tests.rule_edits 0 10000`."""
    assert edits_of(seed, most=6, each=2)[1] == []
