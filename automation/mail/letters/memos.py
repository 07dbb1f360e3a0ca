"""Short letters about the program itself: failed jobs, too many mails, missing numbers, an open workbook, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zlib import crc32

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.letters.context import Answer, LetterContext, RunEvents
from automation.mail.mail import OutgoingMail
from automation.steps.time_of_run import TIME_PROBLEMS, last_run
from automation.text.catalogue import Message, Sentences, in_a_row, listed, msg, sentences
from automation.text.templates import TemplateValues
from sheet_schema import SETTING
from sheet_schema.settings import PLEASE_DO, STOP_ACCEPTED
from sheet_schema.vocabulary import NoticeKind, PleaseDo, Role, Sending

_TEXTS: Mapping[str, Message] = {
    "why": msg("The ledger needs a person to look."),
    "count": msg("{n} × {kind}"),
    "asked": msg("Somebody asked for it in Settings, under “{setting}”."),
}


_CLOCK = 2
"""The first level of a notice that the clock cannot be right, by the minute of the last run."""
_OF_ONE_DAY = 1_000_000
"""The level of a notice of a stop is this for each one before it on that day, and what tells it from another stop."""
STOPS_A_DAY = 2
"""So many different stops of one day are told by mail (docs/design.md#p2.9)."""


def due(events: RunEvents, ledger: Ledger, now: datetime) -> Iterator[Notice]:
    """What administrators and the office are to be told about this run: each matter once a day, of two stops at most."""
    day = now.date()

    def memo(kind: NoticeKind, slot: Role, level: int = 1) -> Notice:
        return Notice(
            kind=kind.key, case_no="", case_at=NO_CASE, step="", due_on=day, level=level, slot=slot.key, from_day=day
        )

    if events.broken:
        yield memo(NoticeKind.FAILURE, Role.ADMINISTRATOR)
    if any(problem.code in TIME_PROBLEMS for problem in events.stops):
        yield _about_the_clock(ledger, day)
    elif events.stops:
        level = _level_of_stop(events, ledger, day)
        yield from (memo(NoticeKind.STOP, slot, level) for slot in (Role.OFFICE, Role.ADMINISTRATOR) if level)
    patience = timedelta(hours=ledger.policy.settings.whole("open_warn_hours"))
    if events.open_for is not None and events.open_for >= patience:
        yield memo(NoticeKind.LEFT_OPEN, Role.OFFICE)


def _level_of_stop(events: RunEvents, ledger: Ledger, today: date) -> int:
    """What tells this stop from another of the same day: its problems and their columns, not how many rows there are by
    now, and a code that was typed for another stop; 0 if nobody is to be told of it."""
    typed = str(ledger.policy.settings[STOP_ACCEPTED]).strip().upper()
    kinds = sorted(f"{one.code} {one.column}" for one in events.stops)
    which = crc32("\n".join([*kinds, typed]).encode()) % _OF_ONE_DAY
    notices = ledger.tables["notices"]
    of_today = (notices["kind"] == NoticeKind.STOP.key) & (notices["due_on"] == np.datetime64(today))
    told = {
        int(level) for level in notices["level"][of_today].tolist() if level.isdecimal() and int(level) >= _OF_ONE_DAY
    }
    same = next((level for level in told if level % _OF_ONE_DAY == which), 0)
    return same or ((len(told) + 1) * _OF_ONE_DAY + which if len(told) < STOPS_A_DAY else 0)


def _about_the_clock(ledger: Ledger, today: date) -> Notice:
    """One mail until a person confirms, whatever day the clock says next: so the last run identifies it, not the day."""
    last = last_run(ledger)
    assert last is not None  # by which the clock was doubted
    return Notice(
        kind=NoticeKind.STOP.key,
        case_no="",
        case_at=NO_CASE,
        step="",
        due_on=last.date(),
        level=_CLOCK + last.hour * 60 + last.minute,
        slot=Role.ADMINISTRATOR.key,
        from_day=max(today, last.date()),
    )


def failure(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """Which job broke, and where in the program; nothing of the data it worked on."""
    jobs = [{"name": broken.job, "where": broken.where} for broken in letters.events.broken]
    return {**_common(letters, mail), "jobs": jobs, "job": jobs[0]["name"] if jobs else ""}


def storm(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """How many mails of which kind wait, of the cases this administrator may know of: what they need in order to decide."""
    texts, confidence = Sentences(_TEXTS, letters.language), letters.recipients.confidence
    held, _ = letters.events.held_about(lambda at: confidence.may_know(at, mail.reader))
    kinds = Counter(NoticeKind.of(one.kind).label(letters.language) for one in held)
    return {
        **_common(letters, mail),
        "count": len(held),
        "limit": letters.ledger.policy.settings.whole("storm_at"),
        "kinds": [texts.say("count", n=n, kind=kind) for kind, n in kinds.most_common()],
        "release": Sending.RELEASE.label(letters.language),
    }


def stop(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    return {
        **_common(letters, mail),
        "problems": [problem.say(letters.language) for problem in letters.events.stops],
    }


def left_open(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    assert letters.events.open_for is not None
    return {
        **_common(letters, mail),
        "hours": int(letters.events.open_for.total_seconds() // 3600),
    }


def answered(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """The answer to each request. Before the requests are carried out, only what was requested."""
    texts, setting = Sentences(_TEXTS, letters.language), SETTING[PLEASE_DO].label(letters.language)
    asked = {notice.step: PleaseDo.of(notice.step).label(letters.language) for notice in mail.notices}
    answers = {request: letters.events.answers.get(request, Answer()) for request in asked}
    return {
        "why": _why(letters, Role.ADMINISTRATOR, texts.say("asked", setting=setting)),
        "asked": listed(asked.values(), letters.language),
        "answers": [
            {
                "title": asked[request][:1].upper() + asked[request][1:],
                "lines": answers[request].lines,
                "attached": in_a_row((one.name for one in answers[request].attachments), letters.language),
            }
            for request in asked
        ],
    }


def _common(letters: LetterContext, mail: OutgoingMail) -> dict[str, object]:
    return {
        "why": _why(letters, Role.of(mail.notices[0].slot), Sentences(_TEXTS, letters.language)["why"]),
        "workbook": letters.workbook,
    }


def _why(letters: LetterContext, role: Role, more: str) -> str:
    from automation.mail.letters.reasons import because_of_role  # a run with nothing to say does not wait for it

    return sentences([because_of_role(letters, role), more], letters.language)
