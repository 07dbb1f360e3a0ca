"""`python -m tests.racing FIRST LAST` tries these seeds, each with eight runs among people at work.

The exit code is 1 if anything was wrong, or a run ended with an exception.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.racing.looking import raced
from tests.support import workbook_homes as homes

RATES = (0.1, 0.2, 0.3, 0.4)
"""The probability that somebody does something between two requests, and then again."""


def main(first: int, last: int) -> int:
    started, bad, acts, runs = time.monotonic(), 0, Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, homes.at_home("google", Path(folder)):
        for seed in range(first, last):
            try:
                people, wrong = raced(Path(folder), seed, RATES[seed % len(RATES)])
            except Exception:  # noqa: BLE001  (whatever it is, its seed must be known, and the others tried)
                bad += 1
                print(f"seed {seed}: {traceback.format_exc()}", flush=True)
                continue
            acts, runs = acts + people.acts, runs + people.runs
            if wrong:
                bad += 1
                print(f"seed {seed}: {wrong[:5]}", flush=True)
            homes.forget(people.path)
    seconds = time.monotonic() - started
    print(f"{last - first} seeds, {runs.total()} runs among people at work in {seconds:.0f} s: {bad} wrong.")
    print(f"Runs: {dict(runs)}. Acts: {dict(acts)}.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
