"""`python -m tests.mutation [MODULE ...] [--sample K] [--seed N]` changes one thing after another and says what no test noticed.

The exit code is 1 if less than 97% was noticed, or if a change that was not is not explained in `explained.toml`.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from tests.mutation.modules import MODULES
from tests.mutation.trial import Outcome, Survivor, tried

FLOOR = 97.0
EXPLAINED = Path(__file__).parent / "explained.toml"
COLUMNS = "{:<16}{:>9}{:>9}{:>9}{:>9}{:>10}{:>9}{:>11}"


def explained(module: str) -> dict[tuple[str, str], str]:
    """Why a change makes no difference, by the function it is in and what its lines became."""
    groups = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get(module, [])
    return {(function, now): group["why"] for group in groups for function, now in group["mutants"]}


def told(survivor: Survivor, why: str | None) -> str:
    lines = [f"{survivor.file}:{survivor.line} {survivor.function}", f"  - {survivor.was}", f"  + {survivor.now}"]
    return "\n".join([*lines, f"  {'Explained: ' + why if why else 'NOT EXPLAINED'}", ""])


def row(name: str, outcome: Outcome, reasons: dict[tuple[str, str], str]) -> str:
    unexplained = sum((one.function, one.now) not in reasons for one in outcome.survivors)
    return COLUMNS.format(
        name,
        outcome.mutants,
        outcome.killed,
        outcome.refused,
        outcome.timed_out,
        len(outcome.survivors),
        unexplained,
        f"{outcome.share:.1f} %",
    )


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("module", nargs="*", choices=[*MODULES, []], help="which modules; none: all")
    asked.add_argument("--sample", type=int, help="so many mutants of each module, drawn by the seed; otherwise all")
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    rows, good = [], True
    for name in given.module or MODULES:
        outcome, reasons = tried(name, MODULES[name], given.sample, given.seed), explained(name)
        for survivor in outcome.survivors:
            why = reasons.get((survivor.function, survivor.now))
            print(told(survivor, why), flush=True)
            good &= why is not None
        good &= outcome.share >= FLOOR
        rows.append(row(name, outcome, reasons))
    print(COLUMNS.format("module", "mutants", "tests", "mypy", "time", "survived", "not expl.", "share"))
    print("\n".join(rows))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
