"""The server answers as Google answered gspread's own tests. Each difference that is left has its reason here."""

from __future__ import annotations

import pytest

from .replay import folder, replay

KNOWN_DIFFERENCES = {
    "ClientTest.test_import_csv": "the reply to an upload of Drive v2 has dozens of fields that nothing here reads",
    "ClientTest.test_open_all_has_metadata": "two sessions in one file: the account had other files in the first",
    "WorksheetTest.test_auto_resize_columns": "Google measures the letters of a font, the server counts them",
}


@pytest.mark.skipif(not folder().is_dir(), reason=f"no recordings of Google's replies in {folder()}")
def test_replies_are_those_of_google_but_for_the_differences_listed() -> None:
    outcome = replay(folder())
    print(outcome)
    assert outcome.used > 0
    assert outcome.rate >= 0.95, outcome
    differing = {difference.file for difference in outcome.differences}
    assert differing <= KNOWN_DIFFERENCES.keys(), "\n".join(
        str(difference) for difference in outcome.differences if difference.file not in KNOWN_DIFFERENCES
    )
