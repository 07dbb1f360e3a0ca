"""Replays the runs of a period in memory, by the rules as they were and by others, and keeps what each would have said.

Each moment is one at which a run did something, as *Runs* says; the jobs themselves are asked, on the ledger as it was then
(docs/design.md#p4.33). Where no line of *Runs* says that a run came at the hour at which mail may go, one is taken to
have come, unless it would have sent something by the rules as they were, for then there was none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.recipients import Recipients
from automation.cases.waits import as_of
from automation.ledger.addresses import mailbox_of
from automation.ledger.chats import is_chat
from automation.ledger.memo import Memo
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE
from automation.ledger.policy import Policy
from automation.ledger.table import Table
from automation.ledger.workbook import Snapshot
from automation.mail.outbox import Outbox, in_working_hours, post
from automation.run.as_it_was import ledger_at, past_of
from automation.run.job import JOBS, KINDS
from automation.run.replayed_rules import with_rules_of
from automation.run.stages import Tell
from automation.steps.validation import derive
from sheet_schema.sending_words import RunMail, RunOutcome
from sheet_schema.vocabulary import URGENT, NoticeKind, NoticeState, Sending

REPLAYED = frozenset(kind.key for kinds in KINDS.values() for kind in kinds)
"""The kinds of notices that steps raise; all others are about a run itself."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One notice to one mailbox: what was told, in which role, to whom and when. `mail` gathers those of one mail."""

    case_no: str
    kind: str
    step: str
    level: str
    slot: str
    mailbox: str
    day: date
    mail: str = field(compare=False)
    restricted: bool = field(compare=False, default=False)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of the past: when it came, its command, and which mail it was free to send, as *Runs* says; blank in old lines."""

    at: datetime
    command: str
    mail: str
    certain: bool = True


@dataclass
class World:
    """The past under one set of rules: what the program remembers as it goes on, and whom it told what."""

    rules: Policy | None
    index: Table
    notices: Table
    chats: frozenset[str] = frozenset()
    """The addresses of the chats that were sent to."""
    told: list[Told] = field(default_factory=list)
    cases: Cases | None = None

    def looks(self, ledger: Ledger, numbers: Collection[str], moment: datetime) -> None:
        """Let an earlier run see these cases and say nothing: a run that speaks of a case at first sight had looked at it before,
        or it would count as being typed."""
        seen = derive(self._as_remembered(ledger), moment).ledger.index
        new = np.isin(self.index["case_no"], list(numbers))
        columns = {key: self.index[key].copy() for key in ("fingerprint", "problem_codes", "problems_since")}
        for key, column in columns.items():
            column[new] = seen[key][new]
        self.index = _as_read(self.index.having(**columns))

    def _as_remembered(self, ledger: Ledger) -> Ledger:
        """The ledger with the rules of this world, and with what its runs wrote down."""
        policy = ledger.policy if self.rules is None else with_rules_of(ledger.policy, self.rules)
        return replace(ledger.having(index=self.index, notices=self.notices), policy=policy)

    def step(self, ledger: Ledger, run: _Run, *, keep: bool = True) -> list[Told]:
        """Let this run come, and return what it tells. Unless `keep`, nothing is remembered."""
        moment = run.at
        ledger = _as_free_to_send(derive(self._as_remembered(ledger), moment).ledger, run)
        cases = cases_of(ledger, moment)
        confidence, day = cases.confidence, moment.date()
        recipients = Recipients(ledger.policy, ledger.register, confidence, day, ledger.apart, chats=self.chats)
        wanted = [notice for raises in JOBS[run.command].raises for notice in raises(cases, moment)]
        if run.mail == RunMail.URGENT and in_working_hours(ledger, moment):  # there were too many others
            wanted = [notice for notice in wanted if notice.kind in URGENT]
        posting = post(Outbox(ledger, recipients, "", moment, really=False, kinds=()), wanted)
        restricted = cases.confidence.restricted
        said = [
            Told(
                case_no=notice.case_no,
                kind=notice.kind,
                step=notice.step,
                level=str(notice.level),
                slot=notice.slot,
                mailbox=mailbox_of(mail.to),
                day=moment.date(),
                mail=f"{moment}|{mail.kind}|{mail.to}|{notice.case_no if notice.case_no in ledger.apart else ''}",
                restricted=notice.case_at != NO_CASE and bool(restricted[notice.case_at]),
            )
            for notice, mail in posting.notices
            if not mail.goes_along
        ]
        if keep:
            self.index, self.cases = _as_read(ledger.index), cases
            state = posting.table["state"].copy()
            state[state == NoticeState.CLAIMED.key] = NoticeState.SENT.key
            self.notices = posting.table.having(state=state)
            self.told += said
        return said


@dataclass(frozen=True)
class Replay:
    """Both worlds after the period, and what the ledger says was told in it."""

    before: World
    after: World
    was: tuple[Told, ...]
    moments: int
    not_known: dict[str, int]


def replayed(snapshot: Snapshot, ledger: Ledger, span: tuple[date, date], rules: Policy | None, tell: Tell) -> Replay:
    """Replay the runs from the first to the last day by the ledger's own rules and by these (None: no others)."""
    first, last = (datetime.combine(day, datetime.min.time()) for day in span)
    last += timedelta(days=1)
    past = past_of(snapshot, ledger, first)
    index, notices = _index_before(ledger.index, first), _before(ledger.tables["notices"], "claimed_at", first)
    chats = frozenset(filter(is_chat, {*ledger.tables["notices"]["to"].tolist()}))  # those that were ever sent to
    before, after = World(None, index, notices, chats), World(rules, index, notices, chats)
    mailed = _mailed_about(ledger.tables["notices"])
    runs = [*_runs_of(ledger, first, last)]
    for done, run in enumerate(runs, start=1):
        tell("working_out", done, len(runs))
        moment = run.at
        then = ledger_at(past, moment)
        if run.certain:
            new = [row.number for row in past.rows if row.appears == moment and (row.number, moment) in mailed]
            looked = _looked_before(ledger, moment, timedelta(hours=then.policy.settings.whole("problem_grace")))
            if new and looked is not None:
                before.looks(then, new, looked)
                after.looks(then, new, looked)
        then = then.having(runs=_before(ledger.tables["runs"], "at", moment))
        if not run.certain and before.step(then, run, keep=False):
            continue  # no run came at that hour, or this would have gone out
        before.step(then, run)
        if rules is None:
            after = before
        else:
            after.step(then, run)
    return Replay(before, after, tuple(_was_told(ledger, first, last)), len(runs), dict(past.not_known))


def _runs_of(ledger: Ledger, first: datetime, last: datetime) -> Iterator[_Run]:
    """Every run that *Runs* knows of in that time and that went well; and on each of these days one at the hour at which mail may
    go, which is not certain."""
    runs = ledger.tables["runs"]
    known = [
        _Run(at, command, mail)
        for at, command, mail, outcome in zip(
            *(runs[key].tolist() for key in ("at", "command", "mail", "outcome")), strict=True
        )
        if at is not None and first <= at < last and command in JOBS and outcome != RunOutcome.FAILED
    ]
    opens = ledger.policy.settings.moment("send_from")
    for day, of_day in groupby(sorted(known, key=lambda run: run.at), key=lambda run: run.at.date()):
        found, hour = [*of_day], datetime.combine(day, opens)
        if found[0].at < hour and all(run.at != hour for run in found) and found[0].mail != RunMail.NONE:
            found.append(_Run(hour, "run", RunMail.ALL.key, certain=False))
        yield from sorted(found, key=lambda run: run.at)


def _as_free_to_send(ledger: Ledger, run: _Run) -> Ledger:
    """The ledger with sending as *Runs* says it was: a copy is paused, and nothing else tells of it."""
    settings = ledger.policy.settings
    sending = Sending.PAUSED if run.mail == RunMail.NONE else Sending.LIVE
    values = {**settings.values, "sending": sending.key}
    return replace(ledger, policy=replace(ledger.policy, settings=replace(settings, values=values)))


def _mailed_about(notices: Table) -> frozenset[tuple[str, datetime]]:
    """Each case with the moments at which it was mailed about; alerts do not wait until a row is settled."""
    told = np.flatnonzero((notices["kind"] != NoticeKind.ALERT.key) & ~np.isnat(notices["claimed_at"]))
    return frozenset(zip(notices["case_no"][told].tolist(), notices["claimed_at"][told].tolist(), strict=True))


def _looked_before(ledger: Ledger, moment: datetime, grace: timedelta) -> datetime | None:
    """When a run on the same day looked before: so long ago that whoever typed then is done, or else just before."""
    runs = [at for at in ledger.tables["runs"]["at"].tolist() if at is not None]
    earlier = sorted(at for at in runs if at.date() == moment.date() and at < moment)
    return max((at for at in earlier if at <= moment - grace), default=earlier[-1] if earlier else None)


def _as_read(index: Table) -> Table:
    """Index as the next run reads it."""
    return replace(index, read={**index.read, "fingerprint": index["fingerprint"]}, memo=Memo())


def _before(table: Table, key: str, moment: datetime) -> Table:
    return table.only(np.flatnonzero(table[key] < np.datetime64(moment, "s")))


def _index_before(index: Table, first: datetime) -> Table:
    """Index as it was before that moment: what was remembered later is forgotten. The day on which a line was first seen stays,
    since until then the line is empty."""
    day = np.datetime64(first, "D")
    columns = {key: index[key].copy() for key in index.values}
    for key, own in (
        ("extension_seen", ("extended_to", "extension_counts")),
        ("due_moved_on", ()),
        ("closed_on", ()),
        ("reopened_on", ()),
        ("filed_on", ("archive_no",)),
        ("problems_since", ("problem_codes",)),
    ):
        later = ~(columns[key].astype("datetime64[D]") < day)
        for one in (key, *own):
            columns[one][later] = np.datetime64("NaT") if columns[one].dtype.kind == "M" else ""
    columns["fingerprint"][:] = ""
    columns["owed"] = _owed_before(columns["owed"], str(day))
    columns["waits"][:] = [as_of(text, first.date()) for text in columns["waits"].tolist()]
    return index.having(**columns)


def _owed_before(owed: np.ndarray, day: str) -> np.ndarray:
    """What was fixed by then of what finished steps owed; the day on which it was fixed stands behind the @."""
    kept = np.full(len(owed), "", dtype=object)
    for at, text in enumerate(owed.tolist()):
        kept[at] = " ".join(part for part in text.split() if part.partition("@")[2][:10] < day)
    return kept


def _was_told(ledger: Ledger, first: datetime, last: datetime) -> Iterator[Told]:
    """What *Notices* says was told in that time; what was only said in a chat beside a mail is not counted again."""
    notices = ledger.tables["notices"]
    mails = np.fromiter((not is_chat(to) for to in notices["to"].tolist()), dtype=bool, count=len(notices))
    by_mail = frozenset(notices["key"][mails].tolist())
    notices = notices.only(
        mails | np.fromiter((key not in by_mail for key in notices["key"].tolist()), dtype=bool, count=len(notices))
    )
    keys = ("case_no", "kind", "step", "level", "slot", "to", "claimed_at", "mail_id", "state")
    gone = (NoticeState.VOID.key, NoticeState.SUPERSEDED.key)
    for case_no, kind, step, level, slot, to, at, mail, state in zip(
        *(notices[key].tolist() for key in keys), strict=True
    ):
        if kind in REPLAYED and state not in gone and at is not None and first <= at < last:
            yield Told(
                case_no=case_no,
                kind=kind,
                step=step,
                level=level,
                slot=slot,
                mailbox=mailbox_of(to),
                day=at.date(),
                mail=mail,
            )
