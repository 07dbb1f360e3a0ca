"""Random small registers for hypothesis: cases in every state, open and filed, restricted and not, some about a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from automation.ledger.workbook import Snapshot
from sheet_schema import SETTING
from sheet_schema.vocabulary import Sending
from tests.support.ledger_in_memory import preset_rows, snapshot
from tests.support.small_reports import deadlines

NOW = datetime(2026, 3, 18, 9)
"""A Wednesday."""
Row = dict[str, object]
PEOPLE = (
    {"name": "孙校长", "role": "校长", "email": "sun@s.example", "digest": "每周"},
    {"name": "赵刚", "role": "分管领导", "email": "gang@s.example", "digest": "每周"},
    {"name": "李敏", "role": "信访办", "email": "limin@s.example"},
    {"name": "王强", "role": "部门负责人", "email": "wang@s.example"},
)
"""Some cases are about 赵刚; the principal is barred from none."""
DEPARTMENTS = ({"name": "教务处", "head": "王强"}, {"name": "总务处"}, {"name": "德育处"})
TOPICS = [str(row["name"]) for row in preset_rows("topics", "zh")][:4]
_FIRST = date(2026, 1, 5)
_STAGES = ("new", "accepted", "told", "replied", "declined", "void", "void by slip")


@dataclass(frozen=True)
class Office:
    """What stands in Register and Filing."""

    register: tuple[Row, ...]
    filing: tuple[Row, ...]

    @property
    def book(self) -> Snapshot:
        seen = [
            {"case_no": row["case_no"], "issued_on": row["received_on"], "first_seen": row["received_on"]}
            for row in (*self.register, *self.filing)
        ]
        values = {"sending": Sending.LIVE.label("zh"), "go_live_on": "2026-01-01", "storm_at": "500", "blank_rows": "1"}
        return snapshot(
            register=self.register,
            filing=self.filing,
            people=PEOPLE,
            departments=DEPARTMENTS,
            topics=[{"name": name} for name in TOPICS],
            routing=[{"order": 9, "enabled": "启用", "department": "教务处"}],
            deadlines=deadlines(),
            escalation=(),
            index=seen,
            runs=[{"run": "r", "at": "2026-03-17 09:00:00", "command": "run"}],
            settings=[{"name": SETTING[key].label("zh"), "value": value} for key, value in values.items()],
        )


@st.composite
def small_offices(draw: st.DrawFn) -> Office:
    rows = [draw(_cases(number)) for number in range(1, draw(st.integers(2, 12)))]
    filed = [row for row in rows if row["outcome"] and draw(st.booleans())]
    kept = {"status": "办结", "closed_on": "2026-03-10", "filed_on": "2026-03-12"}
    return Office(
        tuple(row for row in rows if row not in filed),
        tuple({**row, **kept, "replied_on": row["replied_on"]} for row in filed),
    )


@st.composite
def _cases(draw: st.DrawFn, number: int) -> Row:
    stage = draw(st.sampled_from(_STAGES))
    received = _FIRST + timedelta(days=draw(st.integers(0, (NOW.date() - _FIRST).days)))

    def later(most: int) -> str:
        day = min(received + timedelta(days=draw(st.integers(0, most))), NOW.date())
        return day.isoformat()

    accepted, replied = stage in ("accepted", "told", "replied"), stage == "replied"
    decisions = {"declined": "不予受理", "void": "作废", "void by slip": "作废"}
    reported = draw(st.booleans())
    return {
        "case_no": f"LV-{number:05d}",
        "channel": draw(st.sampled_from(("来访", "来访", "来信", "电话", "上级交办", "领导交办"))),
        "petitioner": f"P{number}",
        "contact": f"1380000{number:04d}",
        "kind": draw(st.sampled_from(("申诉求决", "申诉求决", "建议", "检举控告"))),
        "topic": draw(st.sampled_from(TOPICS)),
        "summary": f"S{number}",
        "about": draw(st.sampled_from(("-", "-", "-", "赵刚"))),
        "restricted": draw(st.sampled_from(("", "", "是"))),
        "people": draw(st.sampled_from(("", "", 6))),
        "received_on": received.isoformat(),
        "received_by": "李敏",
        "department": draw(st.sampled_from([str(one["name"]) for one in DEPARTMENTS])),
        "decision": "受理" if accepted else decisions.get(stage, ""),
        "decided_on": later(5) if stage != "new" else "",
        "reason": "R" if stage in ("declined", "void") else "",
        "notified_on": later(15) if stage in ("told", "replied", "declined") else "",
        "outcome": "支持" if replied else "",
        "replied_on": later(30) if replied else "",
        "superior_ref": "X",
        "fed_back_on": later(30) if replied and reported else "",
        "satisfaction": draw(st.sampled_from(("", "满意", "不满意"))) if replied else "",
        "leapfrog": draw(st.sampled_from(("", "", "✓"))),
        "important": draw(st.sampled_from(("", "", "✓"))),
        "repeat_of": draw(st.sampled_from(("", "", "LV-00001"))) if number > 1 else "",
    }
