"""Which kind of workbook an address means."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.workbooks.address import address_of, folder_beside, key_of

KEY = "1a2B3c4D5e6F7g8H9i0J-k_LmNoPqRsTuVwXyZ012345"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0", KEY),
        (f"https://docs.google.com/spreadsheets/d/{KEY}/edit?usp=sharing", KEY),
        (f"https://docs.google.com/spreadsheets/u/1/d/{KEY}/edit", KEY),
        (f" https://docs.google.com/spreadsheets/d/{KEY} ", KEY),
        (KEY, KEY),
        (address_of(KEY), KEY),
        ("ledger.xlsx", None),
        ("/srv/office/ledger.xlsx", None),
        ("C:\\office\\ledger.xlsx", None),
        ("信访台账.xlsx", None),
        ("a-folder-with-a-very-long-name-indeed/x", None),
        ("ledger", None),
    ],
)
def test_a_path_is_a_file_and_an_address_or_a_key_a_spreadsheet(address: str, key: str | None) -> None:
    assert key_of(address) == key


def test_a_file_that_is_called_like_a_key_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / KEY).touch()
    assert key_of(KEY) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://drive.google.com/file/d/1a2B3c/view",
        "https://docs.google.com/document/d/1a2B3c4D5e6F7g8H9i0J/edit",
        "https://docs.google.com/spreadsheets/",
        "file:///srv/ledger.xlsx",
    ],
)
def test_any_other_address_says_where_to_find_the_right_one(address: str) -> None:
    with pytest.raises(LedgerError, match="is not the address of a Google Sheet: copy it from"):
        key_of(address)


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("ledger.xlsx", Path("reports")),
        ("office/ledger.xlsx", Path("office/reports")),
        ("1" * 44, Path("reports")),
    ],
)
def test_a_folder_beside_the_workbook_or_here_for_a_google_sheet(address: str, folder: Path) -> None:
    assert folder_beside(address, "reports") == folder
