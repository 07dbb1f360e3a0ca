"""Short letters to administrators and the office: a job broke, too many mails, numbers are gone, the workbook is left open,
what came of something they asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from automation.ledger.model import NO_CASE, Ledger, Notice
from automation.mail.letters.context import Answer, Desk, News
from automation.mail.recovery import Parcel
from sheet_schema import SETTING, Language
from sheet_schema.settings import ASKED
from sheet_schema.vocabulary import NoticeKind, PleaseDo, Role

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "why": "You get this mail as {role}: the ledger needs a person to look.",
        "count": "{n} × {kind}",
        "and": ", ",
        "asked": "You get this mail as {role}: somebody asked for it in Settings, under “{setting}”.",
    },
    "zh": {
        "why": "您作为{role}收到本邮件：账本需要有人查看。",
        "count": "{kind} {n} 封",
        "and": "、",
        "asked": "您作为{role}收到本邮件：有人在“设置”的“{setting}”中提出了要求。",
    },
}

Said = Mapping[str, object]


def due(news: News, ledger: Ledger, now: datetime) -> Iterator[Notice]:
    """What administrators and the office are told of the run itself: each thing once a day, or once an opening."""
    day = now.date()

    def memo(kind: NoticeKind, slot: Role, level: int = 1) -> Notice:
        return Notice(kind.key, "", NO_CASE, "", day, level, slot.key, day)

    if news.broken:
        yield memo(NoticeKind.FAILURE, Role.ADMINISTRATOR)
    if news.stops:
        yield from (memo(NoticeKind.STOP, slot) for slot in (Role.OFFICE, Role.ADMINISTRATOR))
    patience = timedelta(hours=ledger.policy.settings.whole("open_warn_hours"))
    if news.open_for is not None and news.open_for >= patience:
        yield memo(NoticeKind.LEFT_OPEN, Role.OFFICE)


def failure(desk: Desk, parcel: Parcel) -> Said:
    """Which job broke and where in the program; nothing of what it was working on."""
    jobs = [{"name": broken.job, "where": broken.where} for broken in desk.news.broken]
    return {**_common(desk, parcel), "jobs": jobs}


def storm(desk: Desk, parcel: Parcel) -> Said:
    """How many mails of which kind wait, and for whom most: what an administrator needs in order to decide."""
    texts = _TEXTS[desk.language]
    kinds = Counter(NoticeKind.of(one.kind).label(desk.language) for one in desk.news.held)
    return {
        **_common(desk, parcel),
        "count": len(desk.news.held),
        "limit": desk.ledger.policy.settings.whole("storm_at"),
        "kinds": [texts["count"].format(n=n, kind=kind) for kind, n in kinds.most_common()],
    }


def stop(desk: Desk, parcel: Parcel) -> Said:
    return {**_common(desk, parcel), "problems": [problem.text for problem in desk.news.stops]}


def left_open(desk: Desk, parcel: Parcel) -> Said:
    assert desk.news.open_for is not None
    return {**_common(desk, parcel), "hours": int(desk.news.open_for.total_seconds() // 3600)}


def answered(desk: Desk, parcel: Parcel) -> Said:
    """What came of each thing that was asked for. Before it is done there is nothing but what was asked."""
    texts, setting = _TEXTS[desk.language], SETTING[ASKED].label(desk.language)
    asked = {notice.step: PleaseDo.of(notice.step).label(desk.language) for notice in parcel.notices}
    answers = {what: desk.news.answers.get(what, Answer()) for what in asked}
    return {
        "why": texts["asked"].format(role=Role.ADMINISTRATOR.label(desk.language), setting=setting),
        "day": desk.spoken(desk.now.date()),
        "asked": texts["and"].join(asked.values()),
        "answers": [
            {
                "title": asked[what][:1].upper() + asked[what][1:],
                "lines": answers[what].lines,
                "attached": texts["and"].join(one.name for one in answers[what].attachments),
            }
            for what in asked
        ],
    }


def _common(desk: Desk, parcel: Parcel) -> dict[str, object]:
    role = Role.of(parcel.notices[0].slot).label(desk.language)
    return {
        "why": _TEXTS[desk.language]["why"].format(role=role),
        "workbook": desk.workbook,
        "day": desk.spoken(desk.now.date()),
        "time": desk.now.strftime("%H:%M"),
    }
