"""What became of the earlier case that a new one repeats or takes up again, in brief, for whoever is given the new one."""

from __future__ import annotations

import numpy as np

from automation.cases.confidentiality import judge_table, may_quote
from automation.cases.joined_facts import answered
from automation.cases.mailboxes import Recipient
from automation.ledger.case_numbers import says_no_repeat
from automation.ledger.numbers_named import NumbersNamed
from automation.ledger.table import Table
from automation.mail.letters.context import LetterContext
from automation.text.catalogue import Message, msg, sentences
from sheet_schema.vocabulary import CaseOutcome, Decision

_RECEIVED = msg("Repeats {number}, received on {day}.")
_DECIDED = msg("Decision: {decision}, {day}.")
_ENDED = msg("It ended as {outcome}, answered on {day}.")
_OPEN = msg("It is not answered yet.")
_RESULT = msg("Result: {text}")
LONGEST = 300
"""Of a result so many characters are shown."""


def earlier_case(letters: LetterContext, at: int, reader: Recipient) -> str:
    """The earlier case's course in a few sentences, if the reader may know of it and it may be quoted."""
    typed = str(letters.ledger.register["repeat_of"][at])
    if not typed or says_no_repeat(typed):
        return ""
    numbers = NumbersNamed.of(letters.ledger).in_text(typed)
    if len(numbers) != 1 or numbers[0] == letters.ledger.register["case_no"][at]:
        return ""
    ledger, day = letters.ledger, letters.now.date()
    tables = (
        (ledger.register, letters.at_hand.confidence),
        (ledger.filing, judge_table(ledger.filing, ledger.policy, day)),
    )
    for table, confidence in tables:
        for there in np.flatnonzero(table["case_no"] == numbers[0]).tolist():
            known = may_quote(confidence, there) and confidence.may_know(there, reader)
            return _course(letters, answered(table), there) if known else ""
    return ""


def _course(letters: LetterContext, table: Table, at: int) -> str:
    language = letters.language

    def day(key: str) -> str:
        return letters.spoken(table[key][at].item())

    def say(sentence: Message, **details: object) -> str:
        return sentence.say(language, **details)

    decision, outcome, result = (str(table[key][at]) for key in ("decision", "outcome", "result"))
    parts = [say(_RECEIVED, number=str(table["case_no"][at]), day=day("received_on"))]
    if decision:
        parts.append(say(_DECIDED, decision=Decision.of(decision).label(language), day=day("decided_on")))
    if outcome:
        parts.append(say(_ENDED, outcome=CaseOutcome.of(outcome).label(language), day=day("replied_on")))
    elif decision in ("", Decision.ACCEPT.key):
        parts.append(say(_OPEN))
    if result:
        parts.append(say(_RESULT, text=result if len(result) <= LONGEST else f"{result[:LONGEST]}…"))
    return sentences(parts, language)
