"""Whatever fails at any request of a run, the next run ends in the same state as a run without faults.

No mail is lost, and none goes out under two Message-IDs. A sample; `python -m tests.google_faults` tries each fault at each request.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from automation.ledger.errors import Busy
from tests.google_faults import CALLS, LAST, NEXT, NOW, PLACES, ledger, mails, state, without_faults, wrong_after
from tests.support import workbook_homes as homes
from tests.support.sample import TRIES
from tests.support.small_office import at

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
COMMIT = 6
SAMPLE = [PLACES[kind * CALLS + kind % CALLS] for kind in range(len(PLACES) // CALLS)]
"""Each kind of fault at one request, each request with two kinds or three."""


@pytest.mark.parametrize(("kind", "nth"), PLACES if TRIES else SAMPLE)
def test_the_next_run_ends_as_if_nothing_had_happened(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, kind: str, nth: int
) -> None:
    assert wrong_after(kind, nth, tmp_path / "ledger", tmp_path_factory.getbasetemp() / "reference") == []


TO_A_TAB: dict[str, Any] = {
    "renamed": lambda tab: tab.rename("旧"),
    "deleted": lambda tab: tab.request({"deleteSheet": {"sheetId": tab.id}}),
    "duplicated": lambda tab: tab.request({"duplicateSheet": {"sourceSheetId": tab.id, "newSheetName": "副本"}}),
}


@pytest.mark.parametrize("title", ["_journal", "_lock"])
@pytest.mark.parametrize("act", TO_A_TAB)
def test_a_hidden_tab_that_somebody_meddles_with_just_before_the_commit(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, title: str, act: str
) -> None:
    expected, said, _ = without_faults(tmp_path_factory.getbasetemp() / "reference")
    path, server = ledger(tmp_path / "ledger"), homes.server()
    done: list[str] = []

    def somebody(_: int, __: Any) -> None:
        if len(server.calls) + 1 == COMMIT and not done:
            done.append(act)
            TO_A_TAB[act](server.spreadsheets[homes.address(path)].sheet(title))

    server.between = somebody
    try:
        with suppress(Busy):  # its lock is gone
            at(path, NOW)
    finally:
        server.between = None
    for moment in (NEXT, LAST):
        at(path, moment)
    names = mails(path.parent)
    assert (done, state(path), tuple(sorted(names))) == ([act], expected, said)
    assert {len(ids) for ids in names.values()} == {1}
