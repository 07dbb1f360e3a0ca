"""One trial: an office with mail of every kind to send, runs that are killed, and a look at who got what."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from automation.ledger.notices_journal import read_ledger
from automation.mail.transport.mailer import MailServer
from tests.killing.child import run_killed_at
from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.mail_server import Post
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, ledger_at
from tests.support.workbook_homes import address, book_at

FIRST = datetime(2026, 3, 13, 9)
APART = timedelta(minutes=11)
"""The lock on a Google Sheet that a dead run held ends after ten."""
QUIET_AFTER = 4
HANDLERS = 11
"""With a reminder each, and alert, assignments and digest, so that more than one batch goes out."""
Told = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a trial came to: how often a run was killed, what each reader got, and what is wrong."""

    kills: int
    doubled: int
    uncertain: int
    wrong: tuple[str, ...]


def office(folder: Path) -> Path:
    """A live ledger with an alert, assignments, reminders and a digest to send on the first run."""
    people = [{"name": f"经办{i:02d}", "role": "经办人", "email": f"h{i:02d}@s.example"} for i in range(HANDLERS)]
    cases = [line(f"LV-{i + 1:05d}", **{**HANDLED, "handler": f"经办{i:02d}"}) for i in range(HANDLERS)]
    cases.append(line(f"LV-{HANDLERS + 1:05d}", **HANDLED, important="✓"))
    head = {"name": "王强", "role": "部门负责人", "email": "qiang@s.example"}
    folder.mkdir(parents=True, exist_ok=True)
    return ledger_at(folder, cases, [*people, FANG, ADMIN, head], sending="正式发送", go_live_on="2026-03-01")


def tried(folder: Path, server: tuple[Post, MailServer], steps: Sequence[int]) -> Outcome:
    """Kill one run after another, each at its given step, and let the runs after them finish."""
    post, mail = server
    expected = frozenset(_unharmed(post, mail))
    path, kills = office(folder), 0
    post.messages.clear()
    for number, nth in enumerate(steps):
        kills += _killed(path, mail.port, FIRST + number * APART, nth)
    for number in range(QUIET_AFTER):
        last = at(path, (FIRST + (len(steps) + number) * APART).isoformat(), server=mail)
    got = _got(post)
    ids = {
        (told, str(mail["Message-ID"]))
        for told, mail in zip(_told(post), (one for _, one in post.messages), strict=True)
    }
    uncertain = _uncertain(path)
    wrong = [f"{to} did not get {subject}" for to, subject in expected - got.keys() if to not in uncertain]
    wrong += [f"{told} under two Message-IDs" for told, count in Counter(told for told, _ in ids).items() if count > 1]
    doubled = got.total() - len(got)
    if doubled > kills:
        wrong.append(f"{doubled} mails doubled by {kills} kills")
    if len(uncertain) * 2 > kills:
        wrong.append(f"{len(uncertain)} uncertain after {kills} kills")
    if last.edits:
        wrong.append("the last run still had something to do")
    return Outcome(kills, doubled, len(uncertain), tuple(wrong))


def steps_of_a_run(folder: Path, server: tuple[Post, MailServer]) -> int:
    """How many steps the first run takes."""
    low, high = 0, 4096
    while low < high:
        middle = (low + high) // 2
        if _killed(office(folder / str(middle)), server[1].port, FIRST, middle):
            low = middle + 1
        else:
            high = middle
    return low


def _killed(path: Path, port: int, moment: datetime, nth: int) -> bool:
    """Whether a run was killed at that step, and did not come to its end before."""
    child = started(run_killed_at, Path(address(path)), port, moment.isoformat(), nth)
    return ended(child, 120) == -signal.SIGKILL


def _unharmed(post: Post, mail: MailServer) -> Counter[Told]:
    return _expected(mail.port, post, mail)


@cache
def _expected(_: int, post: Post, mail: MailServer) -> Counter[Told]:
    with TemporaryDirectory() as folder:
        at(office(Path(folder)), FIRST.isoformat(), server=mail)
    return _got(post)


def _told(post: Post) -> list[Told]:
    return [(to, str(message["Subject"])) for to, message in post.messages]


def _got(post: Post) -> Counter[Told]:
    return Counter(_told(post))


def _uncertain(path: Path) -> frozenset[str]:
    notices = read_ledger(book_at(path, CLOCK).read())[1].tables["notices"]
    rows = zip(notices["to"].tolist(), notices["state"].tolist(), notices["kind"].tolist(), strict=True)
    return frozenset(to for to, state, kind in rows if state == "uncertain" and kind != "alert")
