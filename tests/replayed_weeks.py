"""Random weeks of an office that are replayed: `python -m tests.replayed_weeks SEED COUNT DAYS` (docs/design.md#p4.33).

People type, run follows run, and then the whole is replayed by the rules as they were. Every notice that the replay tells
otherwise than Notices has it is printed, with how many there were.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

from automation.ledger.notices_journal import read_ledger
from automation.ledger.workbook import Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.replay import Replay, replayed
from automation.run.stages import silent
from automation.run.two_worlds import after_run
from tests.quiet_weeks import FIRST, SERVER, some_office, somebody_types

SPAN = (date(2026, 3, 1), date(2026, 12, 31))


def main() -> None:
    first, count, days = (int(text) for text in sys.argv[1:4])
    counted: Counter[str] = Counter()
    for seed in range(first, first + count):
        replay = replay_of(some_weeks(seed, days))
        told, was = Counter(replay.before.told), Counter(replay.was)
        wrong = (told - was).total() + (was - told).total()
        sort = "of which History may not quote a cell" if replay.not_known["cells"] else "of which History says all"
        counted.update({f"ledgers {sort}": 1, f"their notices {sort}": was.total(), f"told otherwise {sort}": wrong})
        for sign, odd in (("only replayed", told - was), ("only in Notices", was - told)):
            for one in odd:
                print(f"{seed}, {sort}: {sign}: {one}")
    for what, number in sorted(counted.items()):
        print(f"{number} {what}")


def some_weeks(seed: int, days: int) -> Snapshot:
    """An office's workbook after so many days in which people typed and runs came."""
    chance = Random(seed)
    book, now = some_office(chance), FIRST + timedelta(minutes=chance.randrange(600))
    while now < FIRST + timedelta(days=days):
        if chance.random() < 0.25:
            book = somebody_types(book, chance)
        result = plan(book, Request(JOBS["run"], now, now, outbox=Path("out"), server=SERVER))
        book = book if result.found_nothing else after_run(book, result)
        now += timedelta(minutes=chance.choice((30, 60, 121, 400, 900)))
    return book


def replay_of(book: Snapshot) -> Replay:
    return replayed(book, read_ledger(book)[1], SPAN, None, silent)


if __name__ == "__main__":
    main()
