"""One trial: an office that sent its mails, a mailbox full of whatever comes back, readings of it that are killed, and a look at
what became of each mail."""

from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import requests

from automation.mail.replies import sorting
from tests.killing.child import die_at
from tests.replies.mails import ANSWER, ANY, AUTOMATIC, LISTED, OTHER, WHICH, Correspondents, Ours, Sent, marks_in
from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.reply_office import FIRST, ReplyOffice, reply_office
from tests.support.small_office import HANDLED, column, typed
from tests.support.workbook_homes import address

AGAIN = "again"
HANDLERS = ("赵一", "钱二", "孙三", "李四", "周五", "吴六")
PEOPLE = [{"name": name, "role": "经办人", "email": f"h{at}@s.example"} for at, name in enumerate(HANDLERS)]
STEPS = [(os, "fsync"), (os, "rename"), (os, "replace"), (requests.Session, "send")]
FROM, APART = datetime(2026, 3, 19, 10), timedelta(minutes=11)
_TAKEN = ("reply", "which_case")


@dataclass(frozen=True)
class Outcome:
    """What a trial came to: how many mails there were of each sort, how often a reading was killed, and what is wrong."""

    mails: Counter[str]
    kills: int
    wrong: tuple[str, ...]


def register() -> list[dict[str, object]]:
    """A case each for two handlers, several for the others, and two of which their handler must not know by the time they answer."""
    of = [0, 1, 2, 2, 2, 3, 3, 4, 4, 5]
    return [line(f"LV-{at + 1:05d}", **{**HANDLED, "handler": HANDLERS[who]}) for at, who in enumerate(of)]


def tried(folder: Path, seed: int, count: int, kill_every: int = 1) -> Outcome:
    """Put so many mails into the mailbox, read it in several goes, some of them killed, and compare."""
    random = Random(seed)
    sorting.MOST_LISTED = max(count, sorting.MOST_LISTED)  # all of them on one day
    with reply_office(folder, register(), PEOPLE) as office:
        office.run(FIRST)
        for row, who in ((10, HANDLERS[4]), (11, HANDLERS[5])):
            typed(office.path, "涉及部门或人员", who, row=row)  # by now these cases are about their handlers
        writing = Correspondents(random, ours_of(office), [f"LV-{at:05d}" for at in range(1, 11)])
        sent: list[Sent] = []
        size = max(20, min(200, count // 10))
        kills = at = 0
        while len(sent) < count:
            batch = [writing.mail() for _ in range(min(size, count - len(sent)))]
            taken = office.inbox.put(*(one.content for one in batch))
            sent += [one for one, is_there in zip(batch, taken, strict=True) if is_there]
            if kill_every and at % kill_every == 0:
                step = random.choice([random.randrange(8), random.randrange(60), random.randrange(300)])
                kills += _killed(office, step, _moment(2 * at))
            _read_all(office, _moment(2 * at + 1))
            at += 1
        return Outcome(Counter(one.becomes for one in sent), kills, tuple(_wrong(office, sent)))


def ours_of(office: ReplyOffice) -> list[Ours]:
    """The mails of ours about cases, as their readers have them."""
    lines = column(office.path, "notices", "mail_id", "to", "case_no")
    ids = {
        str(mail["Message-ID"]).strip("<>").partition(".")[0]: str(mail["Message-ID"])
        for _, mail in office.post.messages
    }
    found: dict[str, tuple[str, list[str]]] = {}
    for mail, to, number in lines:
        if number and str(mail) in ids:
            found.setdefault(str(mail), (str(to), []))[1].append(str(number))
    barred = {("LV-00009", "h4@s.example"), ("LV-00010", "h5@s.example")}
    return [
        Ours(ids[mail], to, tuple(dict.fromkeys(numbers)), tuple(one for one in dict.fromkeys(numbers) if (one, to) not in barred))
        for mail, (to, numbers) in found.items()
    ]  # fmt: skip


def _moment(nth: int) -> str:
    """A moment at which the lock of a reading that was killed before it, on a Google Sheet, has ended."""
    return (FROM + nth * APART).isoformat()


def _read_all(office: ReplyOffice, moment: str) -> None:
    for _ in range(10):
        taken = office.take_in(moment)
        if taken.why is not None:
            raise AssertionError(taken.why)
        if not taken.found.looked_at or not taken.written:
            return


def _killed(office: ReplyOffice, nth: int, moment: str) -> bool:
    """Whether a reading was killed at that step, and did not come to its end before."""
    alone = replace(office, path=Path(address(office.path)), inbox=None, post=None)  # type: ignore[arg-type]  # it runs no server
    return ended(started(_read_and_die, alone, nth, moment, sorting.MOST_LISTED), 300) == -signal.SIGKILL


def _read_and_die(office: ReplyOffice, nth: int, moment: str, most_listed: int) -> None:
    sorting.MOST_LISTED = most_listed
    die_at(nth, STEPS)
    office.take_in(moment)


def _wrong(office: ReplyOffice, sent: list[Sent]) -> list[str]:
    rows = office.answers("case_no", "state", "text", "from", "perhaps", "key")
    by_mark: dict[str, list[tuple[object, ...]]] = {}
    listed: Counter[str] = Counter()
    for row in rows:
        if row[1] in _TAKEN:
            for mark in marks_in(str(row[2])):
                by_mark.setdefault(mark, []).append(row)
        else:
            listed[str(row[3])] += 1
            if row[0] or row[2]:
                return [f"something was kept of a mail that reached no case: {row}"]
    wrong = []
    for one in sent:
        theirs = by_mark.get(one.mark, [])
        if len(theirs) > 1:
            wrong.append(f"{one.mark} {one.becomes}: taken in {len(theirs)} times")
        cases = {str(row[0]) for row in theirs} - {""}
        if one.becomes == ANSWER and cases != {one.case}:
            wrong.append(f"{one.mark}: beside {cases or 'none'}, not {one.case}")
        elif one.becomes == WHICH and (cases or not theirs):
            wrong.append(f"{one.mark}: beside {cases or 'none'} ({len(theirs)}), though nobody can tell")
        elif one.becomes in (LISTED, AUTOMATIC, OTHER) and theirs:
            wrong.append(f"{one.mark} {one.becomes}: taken in")
        elif one.becomes == ANY and not cases <= {*one.may_be}:
            wrong.append(f"{one.mark}: beside {cases}, which it must not reach")
        elif one.becomes == AGAIN and cases - {one.case}:
            wrong.append(f"{one.mark}: again, beside {cases}")
        if any("OLD " in str(row[2]) for row in theirs) and one.becomes in (ANSWER, WHICH):
            wrong.append(f"{one.mark}: quotes were left in")
    wanted = Counter(one.sender for one in sent if one.becomes == LISTED)
    some = Counter(one.sender for one in sent if one.becomes == ANY)
    wrong += [
        f"{who}: listed {listed[who]} times, not {n}"
        for who, n in wanted.items()
        if not n <= listed[who] <= n + some[who]
    ]
    if len({row[5] for row in rows}) != len(rows):
        wrong.append("a mail stands in two rows")
    counts = column(office.path, "mailbox", "taken_in", "listed", "automatic", "others")[0]
    if sum(map(float, map(str, counts))) != len(sent):
        wrong.append(f"of {len(sent)} mails {counts} are accounted for")
    if office.inbox.flags() != [frozenset()] * len(sent):
        wrong.append("a flag was changed in the mailbox")
    return wrong
