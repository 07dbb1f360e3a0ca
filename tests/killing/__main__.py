"""`python -m tests.killing xlsx|google FIRST LAST` kills runs: seed by seed once, twice and five times in a row.

`python -m tests.killing xlsx|google` kills a run once at every single step. The exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.killing.trial import steps_of_a_run, tried
from tests.support import workbook_homes as homes
from tests.support.mail_server import mail_server

IN_A_ROW = (1, 2, 5)


def main(kind: str, seeds: Sequence[int]) -> int:
    started = time.monotonic()
    kills = doubled = uncertain = bad = trials = 0
    with tempfile.TemporaryDirectory() as name, homes.at_home(kind, Path(name)), mail_server(Path(name)) as server:
        folder = Path(name)
        count = steps_of_a_run(folder / "count", server)
        for number, steps in enumerate(_plans(count, seeds)):
            with homes.tidied():
                outcome = tried(folder / str(number), server, steps)
            trials, kills, doubled = trials + 1, kills + outcome.kills, doubled + outcome.doubled
            uncertain += outcome.uncertain
            if outcome.wrong:
                bad += 1
                print(f"killed at {steps}: {outcome.wrong[:5]}", flush=True)
    seconds = time.monotonic() - started
    print(f"{kind}: {count} steps a run; {trials} trials, {kills} runs killed in {seconds:.0f} s: {bad} wrong.")
    print(f"{doubled} mails doubled, {uncertain} uncertain.")
    return 1 if bad else 0


def _plans(count: int, seeds: Sequence[int]) -> Iterator[list[int]]:
    """The steps at which one run after another is killed."""
    if not seeds:
        yield from ([nth] for nth in range(count))
    for seed in seeds:
        chance = random.Random(seed)
        in_a_row = IN_A_ROW[seed % len(IN_A_ROW)]
        yield [chance.randrange(count) for _ in range(in_a_row)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], range(*map(int, sys.argv[2:4])) if len(sys.argv) > 2 else ()))
