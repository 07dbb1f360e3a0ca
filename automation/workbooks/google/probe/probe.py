"""`check --probe` tests what the program assumes about Google, on two scratch tabs in the user's own spreadsheet.

It holds the lock, so that no run interferes, and does not touch the ledger's own tabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.probe.assumptions import ASSUMPTIONS, Assumption
from automation.workbooks.google.probe.scratch import NotShown, Scratch, scratch_tabs
from automation.workbooks.google.probe.trials import TRIALS, Findings, Trial
from automation.workbooks.google.reading import FACTS, facts_of
from automation.workbooks.google.refusals import Refused
from sheet_schema import Language
from sheet_schema.vocabulary import in_language

AROUND = 3
"""Requests around the trials: take the lock, add the tabs, delete both."""
MOST_CALLS = AROUND + sum(trial.calls for trial in TRIALS)
"""Requests in all, a third of them reads, if Google shows at once what was written.

If not, each of six looks is repeated up to twice. Google allows 60 reads and 60 writes a minute.
"""

_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "head": "What the program takes for granted of Google, tried with {calls} requests on two hidden tabs that are gone again:",
        "holds": "  Holds: {says}",
        "often": "  Holds, tried {n} times: {says}",
        "fails": "  Does not hold: {says} {otherwise}",
        "untold": "  Could not be told: {says}",
        "by_hand": "  Only a person can see: {says} {by_hand} If not: {otherwise}",
        "all": "All that could be told holds.",
        "some": "Do not hold: {n}.",
    },
    "zh": {
        "head": "程序对 Google 的各项假定，已用 {calls} 次请求在两个隐藏的临时表上试过，临时表已删除：",
        "holds": "  成立：{says}",
        "often": "  成立（试了 {n} 次）：{says}",
        "fails": "  不成立：{says}{otherwise}",
        "untold": "  无法判断：{says}",
        "by_hand": "  只能由人查看：{says}{by_hand}否则：{otherwise}",
        "all": "能够判断的各项均成立。",
        "some": "不成立：{n} 项。",
    },
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
        texts = _TEXTS[language]
        yield texts["head"].format(calls=self.calls)
        for one in ASSUMPTIONS:
            yield texts[self._kind(one)].format(
                says=_in(one.says, language),
                otherwise=_in(one.otherwise, language),
                by_hand=_in(one.by_hand, language) if one.by_hand else "",
                n=one.tries,
            )
        yield texts["some"].format(n=len(self.failed)) if self.failed else texts["all"]

    def _kind(self, one: Assumption) -> str:
        if not one.can_be_probed:
            return "by_hand"
        holds = self.findings[one.key]
        if holds is None:
            return "untold"
        return ("often" if one.tries > 1 else "holds") if holds else "fails"


def _in(words: tuple[str, str], language: Language) -> str:
    return in_language(language, *words)


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
