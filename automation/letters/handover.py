"""The hand-over list: what was filed, by category, with neutral titles, the seals, and their digest."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from automation.confidentiality import judge_table
from automation.letters.desk import Desk
from automation.letters.figures import listed
from automation.recovery import Parcel
from automation.steps.filing import all_seals, last_seal
from automation.steps.handover import covered
from sheet_schema import Language
from sheet_schema.vocabulary import Kind, Retention, Role

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {"why": "You get this mail as {role}, once a week if anything was filed.", "neutral": "Confidential matter", "no_kind": "Without a kind"},
    "zh": {"why": "您作为{role}收到本邮件；有归档件时每周一次。", "neutral": "保密事项", "no_kind": "未分类"},
}  # fmt: skip

Said = Mapping[str, object]


def handed_over_to_the_archive(desk: Desk, parcel: Parcel) -> Said:
    """Everything sealed since the last list."""
    texts, (notice,) = _TEXTS[desk.language], parcel.notices
    filing = desk.ledger.filing
    confidence = judge_table(filing, desk.ledger.policy)
    shown = covered(desk.ledger, notice.level).tolist()
    shown.sort(key=lambda at: (filing["kind"][at], filing["archive_no"][at], filing["seal_no"][at]))
    rows = [
        (str(filing["kind"][at]), _row(desk, at, restricted=bool(confidence.restricted[at]))) for at in shown
    ]
    return {
        "why": texts["why"].format(role=Role.ARCHIVIST.label(desk.language)),
        "day": desk.spoken(desk.now.date()),
        "count": len(rows),
        "groups": [
            {
                "title": Kind.of(kind).label(desk.language) if kind else texts["no_kind"],
                "rows": [row for _, row in found],
            }
            for kind, found in ((key, list(group)) for key, group in groupby(rows, key=lambda pair: pair[0]))
        ],
        "last_seal": last_seal(desk.ledger),
        "digest": all_seals(filing),
        "numbers": listed([str(filing["case_no"][at]) for at in shown], desk.language),
    }


def _row(desk: Desk, at: int, *, restricted: bool) -> Said:
    """One filed case: its numbers, how long it is kept, and what it was about in a word; of a restricted one neither who
    nor what."""
    filing = desk.ledger.filing
    retention = str(filing["retention"][at])
    closed = filing["closed_on"][at]
    return {
        "archive_no": filing["archive_no"][at] or "–",
        "case_no": filing["case_no"][at],
        "title": _TEXTS[desk.language]["neutral"] if restricted else filing["topic"][at],
        "closed": "" if str(closed) == "NaT" else desk.spoken(closed.item()),
        "retention": Retention.of(retention).label(desk.language) if retention else "",
        "seal_no": int(filing["seal_no"][at]),
    }
