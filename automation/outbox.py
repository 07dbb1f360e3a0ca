"""The outbox: which notices go out now, to whom, in which mail; and what the Notices tab remembers of them.

"A notice is identified by what started its clock … Mails gather a recipient's notices of one kind in a run; each mail's id
(a hash of its notices' keys) is stored at the claim" (design, section 5). Everything here is worked out in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import numpy as np

from automation.audience import Audience, Reader
from automation.ledger import Ledger, Notice, Table
from automation.mail.message import is_address
from sheet_schema.vocabulary import NoticeKind, NoticeState, Sending

MOST_ATTEMPTS = 2
"""A mail that was handed over twice and confirmed neither time is shown to a person (design, section 5)."""


@dataclass(frozen=True)
class Parcel:
    """One mail that is to be sent: one kind, one reader, and the notices it gathers."""

    id: str
    kind: str
    reader: Reader
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Posting:
    """What a run does with its notices: Notices as it will stand, the mails, and what is held back and why."""

    table: Table
    parcels: tuple[Parcel, ...] = ()
    held: tuple[Parcel, ...] = ()
    unreachable: tuple[Notice, ...] = ()


def post(ledger: Ledger, wanted: Sequence[Notice], audience: Audience, run: str, now: datetime) -> Posting:
    """Claim every notice that is due and not yet done, and decide what becomes of a dead run's claims."""
    table = ledger.tables["notices"]
    current = _highest(wanted)
    due = list(_still_to_go(ledger, current, now.date()))
    parcels, unreachable = _parcels(ledger, due, audience)
    settled, resent = _recovered(table, parcels, run, now)
    known = _known(settled)
    fresh = [left for parcel in parcels if (left := _without(parcel, known)).notices]
    if ledger.policy.settings["sending"] == Sending.PAUSED:
        return Posting(table, (), tuple(fresh), tuple(unreachable))
    held = [] if in_working_hours(ledger, now) else [one for one in fresh if one.kind != NoticeKind.ALERT]
    fresh = [one for one in fresh if one not in held]
    if held and not fresh:
        return Posting(table, (), tuple(held), tuple(unreachable))
    highest = frozenset(current)
    lower = [notice for notice in wanted if notice not in highest]
    return Posting(
        _claimed(settled, fresh, lower, known, run, now), (*resent, *fresh), tuple(held), tuple(unreachable)
    )


def in_working_hours(ledger: Ledger, now: datetime) -> bool:
    """ "`send_from` / `send_until` and days off hold ordinary mail, never alerts" (design, section 4)."""
    settings = ledger.policy.settings
    today = np.asarray([now.date()], dtype="datetime64[D]")
    working = bool(ledger.policy.calendar.is_workday(today)[0])
    awake = settings.moment("send_from") <= now.time() <= settings.moment("send_until")
    return working and awake


def _highest(wanted: Iterable[Notice]) -> list[Notice]:
    """ "After missed days each person gets only the highest level due"."""
    best: dict[tuple[str, ...], Notice] = {}
    for notice in wanted:
        if notice.clock not in best or notice.level > best[notice.clock].level:
            best[notice.clock] = notice
    return list(best.values())


def _still_to_go(ledger: Ledger, notices: Iterable[Notice], day: date) -> Iterator[Notice]:
    """ "Going live sets `go_live_on`: older steps are … never mailed one by one"; and "a moved due date re-arms only
    levels whose new day lies ahead" of the last run that could have sent them."""
    live_since = ledger.policy.settings["go_live_on"]
    since = date.fromisoformat(live_since) if live_since else date.min
    runs = ledger.tables["runs"]["at"].astype("datetime64[D]")
    last_run = min(day, np.nanmax(runs).item()) if (~np.isnat(runs)).any() else date.min
    told = _due_dates(ledger.tables["notices"])
    for notice in notices:
        moved = bool(
            told.get((notice.kind, notice.case_no, notice.step, notice.slot), set()) - {notice.due_on}
        )
        if notice.from_day >= (max(since, last_run) if moved else since):
            yield notice


def _due_dates(table: Table) -> dict[tuple[str, str, str, str], set[date | None]]:
    """The due dates that each clock has been told of: by kind, case, step and slot."""
    counts = table["state"] != NoticeState.VOID.key
    columns = (table[key][counts].tolist() for key in ("kind", "case_no", "step", "slot", "due_on"))
    found: dict[tuple[str, str, str, str], set[date | None]] = {}
    for kind, case_no, step, slot, due_on in zip(*columns, strict=True):
        found.setdefault((kind, case_no, step, slot), set()).add(due_on)
    return found


def _parcels(
    ledger: Ledger, notices: Iterable[Notice], audience: Audience
) -> tuple[list[Parcel], list[Notice]]:
    gathered: dict[tuple[str, Reader], list[Notice]] = {}
    unreachable = []
    for notice in notices:
        readers = [
            one for one in audience.holding(notice.slot, notice.case_at) if may_be_written_to(ledger, one)
        ]
        for reader in readers:
            gathered.setdefault((notice.kind, reader), []).append(notice)
        if not readers:
            unreachable.append(notice)
    return [_parcel(kind, reader, found) for (kind, reader), found in gathered.items()], unreachable


def may_be_written_to(ledger: Ledger, reader: Reader) -> bool:
    """Whether there is an address, and one within `allowed_domains`."""
    allowed = [
        part.strip().casefold()
        for part in ledger.policy.settings["allowed_domains"].replace("；", ";").split(";")
    ]
    domain = reader.address.rpartition("@")[2].casefold()
    return bool(is_address(reader.address)) and (allowed == [""] or domain in allowed)


def _parcel(kind: str, reader: Reader, notices: Sequence[Notice]) -> Parcel:
    keys = "\n".join(sorted(notice.key for notice in notices))
    return Parcel(sha256(f"{reader.address}\n{keys}".encode()).hexdigest()[:20], kind, reader, tuple(notices))


def _without(parcel: Parcel, known: frozenset[str]) -> Parcel:
    left = [notice for notice in parcel.notices if notice.key not in known]
    return parcel if len(left) == len(parcel.notices) else _parcel(parcel.kind, parcel.reader, left)


def _known(table: Table) -> frozenset[str]:
    """The keys of everything that was sent, tried or decided, to whomever; what is void is as if it had never been.

    "A key names the role's slot, not the address, so an absence does not send twice."
    """
    return frozenset(table["key"][table["state"] != NoticeState.VOID.key].tolist())


def _recovered(
    table: Table, parcels: Sequence[Parcel], run: str, now: datetime
) -> tuple[Table, tuple[Parcel, ...]]:
    """ "A dead run's claim goes out again, once, with the same Message-ID, only if today's jobs would raise all its
    notices to the same person; otherwise void. Twice unconfirmed is `uncertain` and shown to a person."""
    state, attempts, runs = table["state"].copy(), table["attempts"].copy(), table["run"].copy()
    waiting = (state == NoticeState.CLAIMED.key) & (runs != run)
    again = (state == NoticeState.RETRY.key) & ~(table["retry_at"] > np.datetime64(now, "s"))
    raised = {
        (notice.key, parcel.reader.address): (parcel, notice)
        for parcel in parcels
        for notice in parcel.notices
    }
    resent = []
    for mail in dict.fromkeys(table["mail_id"][waiting | again].tolist()):
        rows = np.flatnonzero((table["mail_id"] == mail) & (waiting | again))
        pairs = list(zip(table["key"][rows].tolist(), table["to"][rows].tolist(), strict=True))
        found = [raised[pair] for pair in pairs if pair in raised]
        if len(found) < len(pairs):
            state[rows] = NoticeState.VOID.key
        elif (attempts[rows] >= MOST_ATTEMPTS).any() and waiting[rows].all():
            state[rows] = NoticeState.UNCERTAIN.key
        else:
            state[rows], runs[rows] = NoticeState.CLAIMED.key, run
            attempts[rows] = attempts[rows] + 1
            resent.append(
                Parcel(mail, found[0][0].kind, found[0][0].reader, tuple(notice for _, notice in found))
            )
    return table.having(state=state, attempts=attempts, run=runs), tuple(resent)


def _claimed(
    table: Table,
    fresh: Sequence[Parcel],
    lower: Sequence[Notice],
    known: frozenset[str],
    run: str,
    now: datetime,
) -> Table:
    """Notices with a line for each new claim, and one for each lower level that it makes needless."""
    claimed = {notice.clock: parcel for parcel in fresh for notice in parcel.notices}
    lines = [
        {**_line(notice, parcel, NoticeState.CLAIMED, run, now), "attempts": 1.0}
        for parcel in fresh
        for notice in parcel.notices
    ]
    lines += [
        {**_line(notice, claimed[notice.clock], NoticeState.SUPERSEDED, run, now), "attempts": 0.0}
        for notice in lower
        if notice.clock in claimed and notice.key not in known
    ]
    first = table.last_row + 1
    columns = {key: [line[key] for line in lines] for key in (lines[0] if lines else ())}
    return table.extended(range(first, first + len(lines)), **columns)


def _line(notice: Notice, parcel: Parcel, state: NoticeState, run: str, now: datetime) -> dict[str, object]:
    return {
        "key": notice.key, "mail_id": parcel.id, "case_no": notice.case_no, "kind": notice.kind, "step": notice.step,
        "due_on": np.datetime64(notice.due_on or "NaT", "D"), "level": str(notice.level), "slot": notice.slot,
        "to": parcel.reader.address, "state": state.key, "run": run, "claimed_at": np.datetime64(now, "s"),
    }  # fmt: skip
