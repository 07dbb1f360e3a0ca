"""A Sheets server for each test module, so that its quirks and faults affect no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.oauth2.service_account import Credentials

from automation.workbooks.google.client import EMULATOR, SCOPES, Transport
from tests.sheets_api import SheetsServer
from tests.support.new_spreadsheet import Office
from tests.support.small_spreadsheet import Way
from tests.support.spreadsheet_lock import SMALL, Door
from tests.support.workbook_homes import PATIENT, QUICK


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SheetsServer, Transport]]:
    """The server and a transport to it; commands started by tests find both, too."""
    with SheetsServer(words="de") as server, pytest.MonkeyPatch.context() as patch:
        file = server.key_file(tmp_path_factory.mktemp("key") / "key.json")
        patch.setenv(EMULATOR, server.address)
        patch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        account = Credentials.from_service_account_file(str(file), scopes=list(SCOPES))  # type: ignore[no-untyped-call]
        yield server, Transport(account, timeouts=PATIENT, waits=QUICK)


@pytest.fixture(scope="module")
def laid_out(google: tuple[SheetsServer, Transport]) -> Office:
    """A new English ledger, in the time zone of its Settings. To change it, make a `twin`."""
    office = Office(*google)
    office.lay_out()
    zone = {"properties": {"timeZone": "Europe/London"}, "fields": "timeZone"}
    office.do({"updateSpreadsheetProperties": zone})
    return office


@pytest.fixture
def office(laid_out: Office) -> Iterator[Office]:
    """A ledger of a test's own; afterwards the server is reset."""
    laid_out.server.clear_calls()
    yield laid_out.twin()
    laid_out.server.quirks.clear()
    laid_out.server.faults.clear()
    laid_out.server.between = None


@pytest.fixture
def way(google: tuple[SheetsServer, Transport]) -> Iterator[Way]:
    """Access to the server, which is reset afterwards."""
    server, transport = google
    found = Way(server, transport.auth)
    found.reset()
    yield found
    found.reset()


@pytest.fixture
def door(way: Way) -> Door:
    """A small spreadsheet whose lock is free."""
    return Door(way.ledger(SMALL))
