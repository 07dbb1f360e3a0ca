"""Searches for an office in which somebody can tell that a case exists which they must not know of.

`python -m tests.two_worlds SEED COUNT` tries COUNT random offices, and prints each that is wrong, as small as it gets.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from automation.commands.prove import shown
from automation.commands.run import ACTIONS
from automation.run.job import JOBS, Request
from automation.run.proof import Proof, Question, proved
from sheet_schema.vocabulary import PleaseDo
from tests.support.random_offices import NOW, Office, offices

BATCH = 250
"""Offices tried with one seed, after which the progress is printed."""
ASKED = {what: ACTIONS[what] for what in (PleaseDo.PREVIEW, PleaseDo.REPORT, PleaseDo.HANDOVER)}
"""`check` looks at a real workbook, and a backup writes one."""


def proof_of(office: Office) -> Proof:
    request = Request(JOBS["run"], NOW, NOW, outbox=Path("outbox"), actions=ASKED)
    question = Question(office.number, None, office.book, request, moments=office.moments)  # type: ignore[arg-type]
    return proved(question)


def nobody_can_tell(office: Office) -> None:
    proof = proof_of(office)
    assert proof.equal, "\n".join(shown(proof))


def search(first: int, count: int) -> int:
    """Try offices, and return in how many batches one was wrong."""
    began, wrong = time.monotonic(), 0
    for done in range(0, count, BATCH):
        examples = min(BATCH, count - done)
        phases = (Phase.generate, Phase.shrink)
        options = settings(
            max_examples=examples, database=None, deadline=None, phases=phases, suppress_health_check=[*HealthCheck]
        )
        try:
            seed(first + done)(options(given(offices())(nobody_can_tell)))()
        except AssertionError as found:
            wrong += 1
            print(f"seed {first + done}:\n{found}\n" + "\n".join(getattr(found, "__notes__", ())), flush=True)
        print(f"{done + examples} tried, {wrong} batches wrong, {time.monotonic() - began:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if search(int(sys.argv[1]), int(sys.argv[2])) else 0)
