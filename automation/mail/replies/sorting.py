"""What becomes of the mails that were read: rows of Answers with their files, addresses that refuse mail, and how far it was read.

A pure function of what was read, the ledger and the time: done again after a run that died, it comes to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from hashlib import sha256

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.office_time import today
from automation.ledger.table import Table
from automation.mail.replies.attachments import Kept, kept_files
from automation.mail.replies.content import Content, bounces_of, content_of
from automation.mail.replies.headers import Headers, headers_of
from automation.mail.replies.judging import Judged, Post
from automation.mail.replies.mailbox import Fetched, Reading, ReadUpTo
from automation.text.catalogue import groups, msg
from automation.text.characters import one_line
from sheet_schema import ANSWERS, MAILBOX
from sheet_schema.answers import TAKEN_IN, AnswerState
from sheet_schema.vocabulary import NoticeState

MOST_LISTED = 200
"""So many mails that reach no case are listed a day; whoever sends more is only counted, or they could fill the ledger."""
MOST_SEEN = 1500
"""Mails that are known again, whatever number they come under."""
DAYS_BACK = timedelta(days=30)
"""How far a folder is read again whose mails were numbered anew."""
MOST_UNNOTED = 50
"""So many mails that have nothing to do with the ledger are looked at again by the next run, rather than write the ledger for them."""
_LEFT = msg("not kept: {names}")
_NOTHING = Content("", ())


@dataclass(frozen=True)
class Mailed:
    """One mail that is to stand in Answers."""

    key: str
    sender: str
    at: datetime
    judged: Judged
    text: str = ""
    kept: Kept = field(default_factory=lambda: Kept((), ()))


@dataclass(frozen=True)
class Sorted:
    """The mails of one reading: those for Answers, those that came back, and how many are nobody's business."""

    mails: tuple[Mailed, ...] = ()
    bounces: Mapping[int, str] = field(default_factory=dict)
    automatic: int = 0
    others: int = 0
    twice: int = 0
    last: int = 0

    @property
    def looked_at(self) -> int:
        return len(self.mails) + self.automatic + self.others + self.twice

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        return tuple(file for mail in self.mails for file in mail.kept.files)


def read_up_to(ledger: Ledger, name: str, first_day: date, day: date) -> ReadUpTo:
    """How far the folder of this name was read; if its numbers do not hold any more, from which day on it is read again."""
    at = _row_of(ledger.tables[MAILBOX.key], name)
    day_before = first_day - timedelta(days=1)  # the server counts days by a clock of its own
    if at is None:
        return ReadUpTo(0, 0, day_before)
    since = max(day_before, day - DAYS_BACK)
    table = ledger.tables[MAILBOX.key]
    return ReadUpTo(_number(table["validity"][at]), _number(table["last_uid"][at]), since)


def sorted_mails(post: Post, reading: Reading) -> Sorted:
    """What each mail of this reading is."""
    known = _known(post.ledger)
    mails: list[Mailed] = []
    bounces: list[tuple[str, str]] = []
    automatic = others = twice = 0
    room = max(0, MOST_LISTED - _listed_today(post.ledger, post.now))
    for fetched in reading.mails:
        headers = headers_of(fetched.headers)
        if headers.is_report() or headers.is_automatic():
            automatic += 1
            bounces += _came_back(fetched)
        elif not fetched.is_of_interest:
            others += 1
        elif (one := _mailed(post, fetched, headers)).key in known:
            twice += 1
        elif one.judged.state not in TAKEN_IN and not room:
            others += 1
        else:
            known.add(one.key)
            mails.append(one)
            room -= one.judged.state not in TAKEN_IN
    last = max((fetched.uid for fetched in reading.mails), default=0)
    return Sorted(
        mails=tuple(mails),
        bounces=post.bounced(bounces),
        automatic=automatic,
        others=others,
        twice=twice,
        last=last,
    )


def _listed_today(ledger: Ledger, now: datetime) -> int:
    answers = ledger.tables[ANSWERS.key]
    taken_in = np.isin(answers["state"], [one.key for one in TAKEN_IN])
    return int((~taken_in & (answers["noted_at"].astype("datetime64[D]") == today(now))).sum())


def _came_back(fetched: Fetched) -> list[tuple[str, str]]:
    if fetched.content is None:
        return []
    try:
        return [(one.mail, one.reply) for one in bounces_of(message_from_bytes(fetched.content))]
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):
        return []


def _mailed(post: Post, fetched: Fetched, headers: Headers) -> Mailed:
    """The mail as it is to stand in Answers. Of what reaches no case only sender and time are kept."""
    content = _content(fetched)
    sender = one_line(groups(headers.senders, post.ledger.language) or headers.first("from"), 120)
    named = "\n".join((headers.message_id, sender, headers.first("date"), (content or _NOTHING).print))
    key = sha256(named.encode("utf-8", "replace")).hexdigest()[:16]
    judged = post.judge(headers, content.text if content else "")
    at = fetched.arrived or headers.date() or post.now
    if content is None and judged.state in TAKEN_IN:
        judged = Judged(AnswerState.UNREADABLE, judged.case_no, judged.perhaps)
    mail = Mailed(key, sender, at, judged)
    if content is None or judged.state not in TAKEN_IN:
        return mail
    before = " ".join(filter(None, (judged.case_no, f"{post.now:%Y-%m-%d}", key[:8])))
    kept = kept_files(before, content.files, named=post.may_quote(judged.case_no))
    return replace(mail, text=content.text, kept=kept)


def _content(fetched: Fetched) -> Content | None:
    if fetched.content is None:
        return None
    try:
        return content_of(message_from_bytes(fetched.content))
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):
        return None


def _known(ledger: Ledger) -> set[str]:
    """The keys of the mails that were dealt with: those in Answers, and the last ones."""
    seen = " ".join(ledger.tables[MAILBOX.key]["seen"].tolist()).split()
    return {*ledger.tables[ANSWERS.key]["key"].tolist(), *seen} - {""}


def is_to_note(ledger: Ledger, name: str, found: Sorted, validity: int) -> bool:
    """Whether the ledger has to be written because of these mails. What is nobody's business is looked at again."""
    if found.mails or _new_bounces(ledger, found):
        return True
    table = ledger.tables[MAILBOX.key]
    at = _row_of(table, name)
    return at is None or _number(table["validity"][at]) != validity or found.looked_at > MOST_UNNOTED


def taken_in(ledger: Ledger, name: str, found: Sorted, validity: int, now: datetime) -> Ledger:
    """The ledger with these mails in Answers, with the addresses that refused one, and with how far the folder was read."""
    ledger = _with_answers(ledger, found.mails, now)
    ledger = _with_bounces(ledger, found, now)
    return ledger.having(mailbox=_noted(ledger.tables[MAILBOX.key], name, found, validity, now))


def _with_answers(ledger: Ledger, mails: Sequence[Mailed], now: datetime) -> Ledger:
    answers, language = ledger.tables[ANSWERS.key], ledger.language
    zone = ledger.policy.settings.zone
    first = answers.last_row + 1
    lines: dict[str, list[object]] = {
        "received_at": [np.datetime64(_local(mail.at, zone, now), "s") for mail in mails],
        "from": [mail.sender for mail in mails],
        "case_no": [mail.judged.case_no if mail.judged.state in TAKEN_IN else "" for mail in mails],
        "state": [mail.judged.state.key for mail in mails],
        "text": [mail.text for mail in mails],
        "files": [_files_cell(mail.kept, language) for mail in mails],
        "perhaps": [groups(mail.judged.perhaps, language) for mail in mails],
        "noted_at": [np.datetime64(now.replace(tzinfo=None), "s")] * len(mails),
        "key": [mail.key for mail in mails],
    }
    return ledger.having(answers=answers.extended(range(first, first + len(mails)), **lines))


def _local(moment: datetime, zone: object, now: datetime) -> datetime:
    """The moment by the office's clock; not one that is still to come."""
    local = moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment  # type: ignore[arg-type]
    return min(local, now.replace(tzinfo=None))


def _files_cell(kept: Kept, language: str) -> str:
    names = [name for name, _ in kept.files]
    left = [_LEFT.say(language, names=groups(kept.left, language))] if kept.left else []
    return groups((*names, *left), language)


def _new_bounces(ledger: Ledger, found: Sorted) -> list[int]:
    """The lines of mails that came back and are not known to have failed."""
    states = ledger.tables["notices"]["state"]
    gone = (NoticeState.SENT.key, NoticeState.UNCERTAIN.key)
    return [at for at in found.bounces if states[at] in gone]


def _with_bounces(ledger: Ledger, found: Sorted, now: datetime) -> Ledger:
    notices, lines = ledger.tables["notices"], _new_bounces(ledger, found)
    if not lines:
        return ledger
    state, error, done_at = (notices[key].copy() for key in ("state", "error", "done_at"))
    state[lines] = NoticeState.FAILED.key
    for at in lines:
        error[at] = found.bounces[at]
    done_at[lines] = np.datetime64(now.replace(tzinfo=None), "s")
    return ledger.having(notices=notices.having(state=state, error=error, done_at=done_at))


def _noted(table: Table, name: str, found: Sorted, validity: int, now: datetime) -> Table:
    """The tab that says how far the folder was read."""
    at = _row_of(table, name)
    if at is None:
        table = table.extended([table.last_row + 1], name=[name])
        at = len(table) - 1
    old = {key: _whole(table[key][at]) for key in ("taken_in", "listed", "automatic", "others")}
    before, known = _number(table["last_uid"][at]), _number(table["validity"][at])
    taken = sum(mail.judged.state in TAKEN_IN for mail in found.mails)
    last = found.last if known != validity else max(before, found.last)
    seen = [*str(table["seen"][at]).split(), *(mail.key for mail in found.mails)][-MOST_SEEN:]
    values: dict[str, object] = {
        "validity": str(validity),
        "last_uid": str(last),
        "read_at": np.datetime64(now.replace(tzinfo=None), "s"),
        "taken_in": float(old["taken_in"] + taken),
        "listed": float(old["listed"] + len(found.mails) - taken),
        "automatic": float(old["automatic"] + found.automatic),
        "others": float(old["others"] + found.others + found.twice),
        "seen": " ".join(seen),
    }
    columns = {key: table[key].copy() for key in values}
    for key, value in values.items():
        columns[key][at] = value
    return table.having(**columns)


def _row_of(table: Table, name: str) -> int | None:
    names = table["name"].tolist()
    return names.index(name) if name in names else None


def _whole(value: float) -> int:
    return 0 if np.isnan(value) else int(value)


def _number(text: str) -> int:
    """A server's number, kept as text since it may be larger than any number that people type."""
    return int(text) if text.isascii() and text.isdigit() else 0
