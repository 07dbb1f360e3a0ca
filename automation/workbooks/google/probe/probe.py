"""`check --probe` tests what the program assumes about Google, on two scratch tabs in the user's own spreadsheet.

It holds the lock, so that no run interferes, and does not touch the ledger's own tabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.probe.assumptions import ASSUMPTIONS, Assumption
from automation.workbooks.google.probe.scratch import NotShown, Scratch, scratch_tabs
from automation.workbooks.google.probe.trials import TRIALS, Findings, Trial
from automation.workbooks.google.reading import FACTS, facts_of
from automation.workbooks.google.refusals import Refused
from sheet_schema import Language

AROUND = 3
"""Requests around the trials: take the lock, add the tabs, delete both."""
MOST_CALLS = AROUND + sum(trial.calls for trial in TRIALS)
"""Requests in all, a third of them reads, if Google shows at once what was written.

If not, each of six looks is repeated up to twice. Google allows 60 reads and 60 writes a minute.
"""

_TEXTS: Mapping[str, Message] = {
    "head": msg(
        "What the program takes for granted of Google, tried with {calls} requests on two hidden tabs that are gone again:"
    ),
    "holds": msg("  Holds: {says}"),
    "often": msg("  Holds, tried {n} times: {says}"),
    "fails": msg("  Does not hold: {says} {otherwise}"),
    "untold": msg("  Could not be told: {says}"),
    "by_hand": msg("  Only a person can see: {says} {by_hand} If not: {otherwise}"),
    "all": msg("All that could be told holds."),
    "some": msg("Do not hold: {n}."),
}


@dataclass(frozen=True)
class Probed:
    """By key, whether each assumption holds (None if that could not be found out), and the number of requests made."""

    findings: Findings
    calls: int

    @property
    def failed(self) -> list[str]:
        return [key for key, holds in self.findings.items() if holds is False]

    def lines(self, language: Language) -> Iterator[str]:
        """One line for each assumption, and what follows if it does not hold."""
        texts = Sentences(_TEXTS, language)
        yield texts.say("head", calls=self.calls)
        for one in ASSUMPTIONS:
            yield texts.say(
                self._kind(one),
                says=one.says.say(language),
                otherwise=one.otherwise.say(language),
                by_hand=one.by_hand.say(language) if one.by_hand else "",
                n=one.tries,
            )
        yield texts.say("some", n=len(self.failed)) if self.failed else texts["all"]

    def _kind(self, one: Assumption) -> str:
        if not one.can_be_probed:
            return "by_hand"
        holds = self.findings[one.key]
        if holds is None:
            return "untold"
        return ("often" if one.tries > 1 else "holds") if holds else "fails"


def probed(transport: Transport, key: str, now: datetime) -> Probed:
    """Test every assumption that a program can. `now` (aware) dates the lock. Raises Busy during a run, LedgerError."""
    before = transport.calls
    lease = Lease(transport, key, clock_from(now))
    facts = facts_of(lease.take(FACTS))
    findings: dict[str, bool | None] = {}
    try:
        with scratch_tabs(transport, key, lease, facts) as scratch:
            for trial in TRIALS:
                findings |= _run_trial(trial, scratch)
    finally:
        lease.release()
    return Probed(findings, transport.calls - before)


def _run_trial(trial: Trial, scratch: Scratch) -> Mapping[str, bool | None]:
    """The result of a trial.

    It is None for each assumption if its writes were refused, if a reply was lost, or if they never showed.
    """
    try:
        return trial.run(scratch)
    except (Refused, Ambiguous, NotShown):
        return dict.fromkeys(trial.keys)
