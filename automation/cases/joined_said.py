"""Which cases may be named beside one that is answered together with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from automation.cases.confidentiality import Confidence, judge_table, may_quote
from automation.cases.joined_facts import JoinedFacts, facts_in
from automation.ledger.model import Ledger

MayKnow = Callable[[Confidence, int], bool]


def together_with(ledger: Ledger, confidence: Confidence, at: int, day: date, may_know: MayKnow) -> JoinedFacts:
    """The cases with which the one at this position of the Register is answered, without those that may not be named to whoever
    reads it: of which nothing may be quoted, or of which they may not know."""
    facts = facts_in(ledger.register["joined_facts"][at])
    if not (facts.leading or facts.joined) or not may_quote(confidence, at):
        return JoinedFacts()
    filed = judge_table(ledger.filing, ledger.policy, day)

    def named(number: str) -> bool:
        for table, known in ((ledger.register, confidence), (ledger.filing, filed)):
            for there in np.flatnonzero(table["case_no"] == number).tolist():
                return may_quote(known, there) and may_know(known, there)
        return False

    leading = facts.leading if facts.leading and named(facts.leading) else ""
    return JoinedFacts(leading, facts.counts if leading else {}, tuple(one for one in facts.joined if named(one)))
