"""The outbox: which notices go out now, to whom, in which mail, and what the Notices tab remembers of them.

"A notice is identified by what started its clock … Mails gather a recipient's notices of one kind in a run; each mail's
id (a hash of its notices' keys) is stored at the claim" (docs/design.md#p6.7). Nothing is written here: the new Notices
table is a value that the run commits later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from automation.cases.imported import origins
from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice, number_in, slot_of_a_part
from automation.ledger.table import Table
from automation.mail.addressing import mails_of
from automation.mail.mail import OutgoingMail
from automation.mail.new_cases import with_reminders, without_repeats
from automation.mail.recovery import recovered
from automation.mail.sent_before import not_yet_sent
from sheet_schema.sending_words import UNFINISHED, RunMail
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import URGENT, NoticeKind, NoticeState, Role, Sending, Step


@dataclass(frozen=True)
class Outbox:
    """What notices are posted with: the ledger, who is told, the run's mark, and the office's time.

    `really` is false if mails only go to a folder: then `go_live_on` is not set, `release` does not become `live`, and
    too many mails do not pause the ledger. What a dead run left claimed is settled for these `kinds`.
    """

    ledger: Ledger
    recipients: Recipients
    run: str
    now: datetime
    really: bool = True
    kinds: Sequence[NoticeKind] = tuple(NoticeKind)


@dataclass(frozen=True)
class Posting:
    """What a run decided about its notices. `table` is the Notices tab as it will be, `held` the mails that must
    wait, `unreachable` the notices that nobody with an address can get, and `switches` the settings to change (key
    to new value)."""

    table: Table
    outgoing_mails: tuple[OutgoingMail, ...] = ()
    held: tuple[OutgoingMail, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    switches: Mapping[str, str] = field(default_factory=dict)
    mail: RunMail = RunMail.NONE
    """Which mail the run is free to send."""

    @property
    def notices(self) -> tuple[tuple[Notice, OutgoingMail], ...]:
        """Each claimed notice, with its mail."""
        return tuple((notice, mail) for mail in self.outgoing_mails for notice in mail.notices)


def post(outbox: Outbox, wanted: Sequence[Notice]) -> Posting:
    """Claim every notice that is due and not yet sent, and settle what a dead run left claimed."""
    ledger, now, recipients, really = outbox.ledger, outbox.now, outbox.recipients, outbox.really
    table, settings = ledger.tables["notices"], ledger.policy.settings
    sending = Sending.of(settings["sending"])
    goes_live = really and sending in (Sending.LIVE, Sending.RELEASE) and not settings["go_live_on"]
    since = date.fromisoformat(settings["go_live_on"]) if settings["go_live_on"] else date.min
    since = now.date() if goes_live else since
    current = _highest(wanted)
    due = list(_still_to_go(ledger, current, since, now.date()))
    outgoing_mails, unreachable = mails_of(due, recipients)
    if sending is Sending.PAUSED:
        storms, _ = mails_of(_storms_waiting(table), recipients)
        settled, resent = recovered(table, storms, outbox.run, now, (NoticeKind.STORM,))
        waiting, _ = without_repeats(not_yet_sent(outgoing_mails, table), table)
        waiting = with_reminders(waiting, recipients)
        return Posting(settled, resent, _without_company(waiting), tuple(unreachable))
    working = in_working_hours(ledger, now)
    kinds_now = [kind for kind in outbox.kinds if working or kind in URGENT]
    settled, resent = recovered(table, outgoing_mails, outbox.run, now, kinds_now)
    fresh, repeats = without_repeats(not_yet_sent(outgoing_mails, settled), settled)
    fresh = with_reminders(fresh, recipients)
    held, mail = ([], RunMail.ALL) if working else ([one for one in fresh if one.kind not in URGENT], RunMail.URGENT)
    fresh = [one for one in fresh if working or one.kind in URGENT]
    switches = {"go_live_on": now.date().isoformat()} if goes_live else {}
    if really and sending is Sending.LIVE and _too_many(fresh, outbox):
        fresh, stopped = _only_urgent(fresh, recipients, now)
        held, mail = [*held, *stopped], RunMail.URGENT
        switches = {**switches, "sending": Sending.PAUSED.key}
    elif really and sending is Sending.RELEASE and working:
        switches["sending"] = Sending.LIVE.key
    if settings[PLEASE_DO] and any(settings[PLEASE_DO] in _answered(one) for one in (*resent, *fresh)):
        switches[PLEASE_DO] = ""
    claimed = _claimed(settled, fresh, _without_those(wanted, current), outbox.run, now)
    claimed = _known(claimed, [(notice, mail) for mail in repeats for notice in mail.notices], outbox.run, now)
    if since == now.date():
        older = [one for one in _without_those(current, due) if one.kind == NoticeKind.ASSIGNMENT]
        claimed = _known(claimed, [(notice, _TO_NOBODY) for notice in older], outbox.run, now)
    return Posting(
        claimed,
        (*resent, *fresh),
        held=_without_company(held),
        unreachable=tuple(unreachable),
        switches=switches,
        mail=mail,
    )


def _without_company(mails: Iterable[OutgoingMail]) -> tuple[OutgoingMail, ...]:
    """The mails without the messages in chats that only go along with one: nobody counts them twice."""
    return tuple(mail for mail in mails if not mail.goes_along)


def _answered(mail: OutgoingMail) -> frozenset[str]:
    """The keys of the administrators' requests that this mail answers; empty for a mail of another kind."""
    is_answer = mail.kind == NoticeKind.ANSWER
    return frozenset(notice.step for notice in mail.notices) if is_answer else frozenset()


def every_mail(wanted: Sequence[Notice], recipients: Recipients) -> tuple[list[OutgoingMail], list[Notice]]:
    """The mails these notices make, whether sent before or not, and the notices that nobody can get."""
    mails, unreachable = mails_of(_highest(wanted), recipients)
    return with_reminders(mails, recipients), unreachable


def _too_many(fresh: Sequence[OutgoingMail], outbox: Outbox) -> bool:
    """Whether there are more mails about single cases than `storm_at` (docs/design.md#p6.4).

    Only cases that everybody may know of count, and no digests, of which each reader gets one a day: whoever must not
    know of a case must not be able to tell from a pause that it exists.
    """
    guarded = outbox.recipients.confidence.guarded
    counted = [
        mail
        for mail in fresh
        if not mail.goes_along
        and any(notice.case_at != NO_CASE and notice.case_at not in guarded for notice in mail.notices)
    ]
    return len(counted) > outbox.ledger.policy.settings.whole("storm_at")


def _only_urgent(
    fresh: Sequence[OutgoingMail], recipients: Recipients, now: datetime
) -> tuple[list[OutgoingMail], list[OutgoingMail]]:
    """Too many mails: send alerts and one mail about it, hold all others (docs/design.md#p6.4)."""
    urgent = [one for one in fresh if one.kind in URGENT]
    minute = now.hour * 60 + now.minute
    storm = Notice(
        kind=NoticeKind.STORM.key,
        case_no="",
        case_at=NO_CASE,
        step="",
        due_on=now.date(),
        level=minute,
        slot=Role.ADMINISTRATOR.key,
        from_day=now.date(),
    )
    warning, _ = mails_of([storm], recipients)
    return [*urgent, *warning], [one for one in fresh if one.kind not in URGENT]


def _without_those(notices: Sequence[Notice], those: Sequence[Notice]) -> list[Notice]:
    left_out = frozenset(those)
    return [notice for notice in notices if notice not in left_out]


def _storms_waiting(table: Table) -> list[Notice]:
    """The "too many mails" notices that a dead run left unconfirmed; while paused, only these go out."""
    waiting = (table["kind"] == NoticeKind.STORM.key) & np.isin(table["state"], [state.key for state in UNFINISHED])
    columns = (table[key][waiting].tolist() for key in ("due_on", "level", "slot"))
    return [
        Notice(
            kind=NoticeKind.STORM.key,
            case_no="",
            case_at=NO_CASE,
            step="",
            due_on=day,
            level=int(level),
            slot=slot,
            from_day=day,
        )
        for day, level, slot in zip(*columns, strict=True)
    ]


def in_working_hours(ledger: Ledger, now: datetime) -> bool:
    """Whether it is a working day between `send_from` and `send_until`, when ordinary mail may go
    (docs/design.md#p6.5)."""
    settings = ledger.policy.settings
    today = np.asarray([now.date()], dtype="datetime64[D]")
    working = bool(ledger.policy.calendar.is_workday(today)[0])
    awake = settings.moment("send_from") <= now.time() <= settings.moment("send_until")
    return working and awake


def _highest(wanted: Iterable[Notice]) -> list[Notice]:
    """Only the highest level of each series, since three mails about one delay say less than one
    (docs/design.md#p4.13)."""
    best: dict[tuple[str, ...], Notice] = {}
    for notice in wanted:
        if notice.series not in best or notice.level > best[notice.series].level:
            best[notice.series] = notice
    return list(best.values())


def _still_to_go(ledger: Ledger, notices: Sequence[Notice], since: date, day: date) -> Iterator[Notice]:
    """The notices that are young enough to be mailed. `since` is the day the ledger went live: "what was due before
    is shown in the digest, never mailed one by one" (docs/design.md#p6.3). And "a moved due date re-arms only levels
    whose new day lies ahead" (docs/design.md#p6.8), that is, not before the last day on which a run was free to send
    them; one that was claimed once is armed for good."""
    last_free = max((one for one in days_with_all_mail(ledger) if one <= day), default=date.min)
    notices_tab = ledger.tables["notices"]
    told_dates = _due_dates(notices_tab, frozenset(notice.case_no or notice.item for notice in notices))
    armed = frozenset(notices_tab["key"].tolist())
    came = {number: one.day for number, one in origins(ledger).items()}
    for notice in notices:
        if notice.case_no in came and notice.from_day <= came[notice.case_no]:
            continue  # "Nothing is mailed because of an import" (docs/design.md#p13.4)
        kind, number, step, _, slot = notice.series
        moved = bool(told_dates.get((kind, number, step, slot), set()) - {notice.due_on})
        is_date = notice.concern is not None and notice.concern.held_on is not None  # each day is another matter
        re_armed = moved and not is_date and notice.key not in armed
        if notice.from_day >= (max(since, last_free) if re_armed else since):
            yield notice


def days_with_all_mail(ledger: Ledger) -> frozenset[date]:
    """The days on which a run was free to send ordinary mail: not paused, in working hours, with all its jobs.

    Runs says so; of a line that does not, written by an earlier version, the hour and the Calendar tell.
    """
    runs, settings = ledger.tables["runs"], ledger.policy.settings
    days, said = runs["at"].astype("datetime64[D]"), runs["mail"]
    free = ~np.isnat(days) & np.isin(said, [RunMail.ALL.key, ""])
    unsaid = np.flatnonzero(free & (said == ""))
    minutes = (runs["at"][unsaid] - days[unsaid]).astype("timedelta64[m]").astype(np.int64)
    first, last = (60 * at.hour + at.minute for at in (settings.moment("send_from"), settings.moment("send_until")))
    free[unsaid] = ledger.policy.calendar.is_workday(days[unsaid]) & (minutes >= first) & (minutes <= last)
    return frozenset(days[free].tolist())


def _due_dates(table: Table, cases: frozenset[str]) -> dict[tuple[str, str, str, str], set[date | None]]:
    """The due dates for which a notice was already sent, by kind, case, step and slot, for these cases."""
    numbers = [
        number or number_in(key)
        for number, key in zip(*(table[key].tolist() for key in ("case_no", "key")), strict=True)
    ]
    counts = np.fromiter(map(cases.__contains__, numbers), dtype=bool, count=len(table))
    counts &= table["state"] != NoticeState.VOID.key
    columns = (table[key][counts].tolist() for key in ("kind", "step", "slot", "holder", "due_on"))
    dates: dict[tuple[str, str, str, str], set[date | None]] = {}
    for at, kind, step, slot, holder, due_on in zip(np.flatnonzero(counts).tolist(), *columns, strict=True):
        whose = slot_of_a_part(slot, holder) if step == Step.PART else slot
        dates.setdefault((kind, numbers[at], step, whose), set()).add(due_on)
    return dates


def _claimed(
    table: Table,
    fresh: Sequence[OutgoingMail],
    lower_levels: Sequence[Notice],
    run: str,
    now: datetime,
) -> Table:
    """The Notices table with a line for each new claim, and one for each lower level that the claim supersedes."""
    known = frozenset(table["key"][table["state"] != NoticeState.VOID.key].tolist())
    by_mail_last = sorted(fresh, key=lambda mail: not mail.goes_along)
    claimed = {notice.series: mail for mail in by_mail_last for notice in mail.notices}
    lines = [
        {**_line(notice, mail, NoticeState.CLAIMED, run, now), "attempts": 0.0}
        for mail in fresh
        for notice in mail.notices
    ]
    lines += [
        {**_line(notice, claimed[notice.series], NoticeState.SUPERSEDED, run, now), "attempts": 0.0}
        for notice in lower_levels
        if notice.series in claimed and notice.key not in known
    ]
    return _with_lines(table, lines)


_TO_NOBODY = OutgoingMail("", "", Recipient("", ""), ())


def _known(table: Table, notices: Sequence[tuple[Notice, OutgoingMail]], run: str, now: datetime) -> Table:
    """Record assignments as already known: on the day a ledger goes live every existing one, to nobody; later those of
    which an earlier mail told the same reader."""
    known = frozenset(table["key"].tolist())
    lines = [
        {**_line(notice, mail, NoticeState.SUPERSEDED, run, now), "mail_id": "", "attempts": 0.0}
        for notice, mail in notices
        if notice.key not in known
    ]
    return _with_lines(table, lines)


def _with_lines(table: Table, lines: Sequence[Mapping[str, object]]) -> Table:
    first = table.last_row + 1
    columns = {key: [line[key] for line in lines] for key in (lines[0] if lines else ())}
    return table.extended(range(first, first + len(lines)), **columns)


def _line(notice: Notice, mail: OutgoingMail, state: NoticeState, run: str, now: datetime) -> dict[str, object]:
    return {
        "key": notice.key,
        "mail_id": mail.id,
        "case_no": notice.case_no,
        "kind": notice.kind,
        "step": notice.step,
        "due_on": np.datetime64(notice.due_on or "NaT", "D"),
        "level": str(notice.level),
        "slot": notice.slot,
        "holder": notice.holder,
        "to": mail.to,
        "state": state.key,
        "run": run,
        "claimed_at": np.datetime64(now, "s"),
    }
