"""Short letters to administrators and the office: a job broke, too many mails, numbers are gone, the workbook is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from automation.letters.desk import Desk
from automation.recovery import Parcel
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {"why": "You get this mail as {role}: the ledger needs a person to look.", "count": "{n} × {kind}"},
    "zh": {"why": "您作为{role}收到本邮件：账本需要有人查看。", "count": "{kind} {n} 封"},
}

Said = Mapping[str, object]


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


def _common(desk: Desk, parcel: Parcel) -> dict[str, object]:
    role = Role.of(parcel.notices[0].slot).label(desk.language)
    return {
        "why": _TEXTS[desk.language]["why"].format(role=role),
        "workbook": desk.workbook,
        "day": desk.spoken(desk.now.date()),
        "time": desk.now.strftime("%H:%M"),
    }
