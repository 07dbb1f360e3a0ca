"""What `explain` says of the cases that one is answered together with, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from automation.cases.confidentiality import Confidence, judge
from automation.cases.joined_facts import JoinedFacts, facts_in
from automation.cases.joined_said import together_with
from automation.ledger.model import Ledger
from automation.reports.case.one_case import OneCase
from automation.text.catalogue import Row, msg
from sheet_schema import REGISTER


def said_of_joins(case: OneCase, whole: Ledger) -> Iterator[str]:
    """With which case it is answered, with what counts from there, and which are answered with it."""
    facts, language = _facts(case, whole), case.ledger.language
    if facts.leading:
        columns = [REGISTER[key] for key in facts.counts]
        said = msg("Answered with {value}. From there counts: {columns}.").of(value=facts.leading, columns=columns)
        yield (said if columns else msg("Answered with {value}.").of(value=facts.leading)).say(language)
    if facts.joined:
        yield msg("Joined with this case, and answered with it: {numbers}.").say(language, numbers=Row(facts.joined))


def shown_of_joins(case: OneCase, whole: Ledger) -> dict[str, object]:
    """The same for `--json`; nothing of a case that is answered by itself."""
    facts = _facts(case, whole)
    shown: dict[str, object] = {
        "answered_with": facts.leading,
        "counts_from_there": [*facts.counts],
        "joined_with_it": [*facts.joined],
    }
    return shown if facts.leading or facts.joined else {}


def _facts(case: OneCase, whole: Ledger) -> JoinedFacts:
    """This is printed for whoever asks, so nothing is named that somebody must not know of, unless all are kept from the same."""
    at = np.flatnonzero(whole.register["case_no"] == case.number)
    if not len(at):
        facts = facts_in(case.register["joined_facts"][0])
        secret = facts.kept.restricted or facts.kept.unclear or facts.kept.parties or facts.kept.roles is not None
        return JoinedFacts() if secret else facts

    def known(confidence: Confidence, there: int) -> bool:
        return bool(confidence.nameable[there])

    found = together_with(whole, judge(whole, case.now), int(at[0]), case.now.date(), known)
    return replace(found, counts=found.counts if found.leading else {})
