"""A ledger with everything of the corpus (`python -m tests.corpus`) in the suite: what others put beside cases stays beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.looking import Way, month


@pytest.mark.file_only
def test_what_other_programs_put_beside_a_case_stays_with_it_while_others_are_filed(tmp_path: Path) -> None:
    found = month(tmp_path, 2, Way(everything=True))
    assert (found.wrong, found.filed > 0, found.restored) == ([], True, True)
