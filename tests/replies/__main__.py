"""`python -m tests.replies SEED COUNT [google]`: prints what became of so many mangled mails, and everything that went wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.replies.trial import tried
from tests.support.workbook_homes import at_home


def main(seed: int, count: int, kind: str = "xlsx") -> int:
    started = perf_counter()
    with TemporaryDirectory() as folder, at_home(kind, Path(folder)):
        outcome = tried(Path(folder), seed, count)
    print(f"{count} mails in {perf_counter() - started:.0f} s, {outcome.kills} readings killed: {dict(outcome.mails)}")
    for line in outcome.wrong:
        print(line)
    print(f"{len(outcome.wrong)} wrong")
    return min(len(outcome.wrong), 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4]))
