"""`verify` names what was altered in a filed row: what its steps owed, something else, or both (docs/design.md#p4.21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from automation.cases.cases import cases_of
from automation.cases.seals import row_values, seal
from automation.ledger.model import Ledger
from automation.steps.filing import file_cases
from automation.steps.validation import derive
from automation.steps.verification import verify
from tests.support.ledger_in_memory import ledger, line

NOW = datetime(2026, 6, 18, 9)
RULE = {"enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 10, "unit": "日"}
DONE = {
    "decision": "受理", "decided_on": "2026-03-02", "notified_on": "2026-03-05", "outcome": "支持", "department": "教务处",
    "replied_on": "2026-03-16", "satisfaction": "满意",
}  # fmt: skip


def filed() -> Ledger:
    """One case, answered four days late."""
    index = [{"case_no": "LV-00001", "first_seen": "2026-03-02", "issued_on": "2026-03-02"}]
    seen = derive(ledger(register=[line(**DONE)], index=index, deadlines=[RULE]), NOW).ledger
    gone = file_cases(cases_of(seen, NOW), [0], {}, NOW).ledger
    moved = {key: cells for key, cells in seen.register.values.items() if key in gone.filing.values}
    whole = gone.filing.having(**moved)
    read = {key: cells for key, cells in whole.values.items() if cells.dtype == object}
    nobody = seen.register.only(np.array([], dtype=np.int64))
    return gone.having(filing=replace(whole, read={**whole.read, **read}), register=nobody)


FILED = filed()
OWED: str = FILED.filing["owed"][0]


def with_cells(**cells: object) -> Ledger:
    filing = FILED.filing
    columns = {key: np.array([value], dtype=filing[key].dtype) for key, value in cells.items()}
    return FILED.having(filing=filing.having(**columns))


def of_an_earlier_version() -> Ledger:
    """The same case as a version filed it that sealed nothing of what was owed."""
    bare = with_cells(owed="")
    (values,) = row_values(bare.filing, [0])
    return with_cells(owed="", seal=seal(values))


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        pytest.param({}, set(), id="nothing"),
        pytest.param({"owed": OWED.replace("2026-03-12", "2026-03-22")}, {"owed_altered"}, id="its due day"),
        pytest.param({"owed": OWED.replace("late", "in_time")}, {"owed_altered"}, id="late or not"),
        pytest.param({"owed": ""}, {"owed_altered"}, id="emptied"),
        pytest.param({"owed": "?"}, {"owed_altered"}, id="overwritten"),
        pytest.param({"replied_on": "2026-03-10"}, {"seal_broken"}, id="the day done, so that it was in time"),
        pytest.param({"summary": "别的"}, {"seal_broken"}, id="another cell"),
        pytest.param(
            {"owed": OWED.replace("2026-03-12", "2026-03-22"), "summary": "别的"}, {"owed_altered", "seal_broken"},
            id="both",
        ),
        pytest.param({"seal": "0" * 64}, {"seal_broken"}, id="the seal"),
    ],
)  # fmt: skip
def test_what_was_altered_is_told_apart(altered: dict[str, object], said: set[str]) -> None:
    assert "late" in OWED
    assert {one.code for one in verify(with_cells(**altered)) if one.tab == "filing"} - {"seals_differ"} == said


@pytest.mark.parametrize(
    ("altered", "said"), [({}, set()), ({"owed": OWED}, {"owed_altered"}), ({"summary": "别的"}, {"seal_broken"})]
)
def test_what_an_earlier_version_filed_has_nothing_owed_under_its_seal(
    altered: dict[str, object], said: set[str]
) -> None:
    earlier = of_an_earlier_version()
    filing = earlier.filing.having(**{key: np.array([value], dtype=object) for key, value in altered.items()})
    found = verify(earlier.having(filing=filing))
    assert {one.code for one in found if one.tab == "filing"} - {"seals_differ"} == said
