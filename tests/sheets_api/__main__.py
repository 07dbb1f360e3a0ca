"""The server alone: `python -m tests.sheets_api --port N --key-file F [--spreadsheet TITLE]`."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from . import SheetsServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_api", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1; a free one if left out")
    parser.add_argument("--key-file", type=Path, required=True, help="where to write the service account's key")
    parser.add_argument("--spreadsheet", default="Ledger", help="the title of the spreadsheet to begin with")
    parser.add_argument("--locale", default="en_GB")
    parser.add_argument("--time-zone", default="Europe/London")
    parser.add_argument("--words", default="en", help="the language in which it says why it refuses something")
    arguments = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with SheetsServer(arguments.port, arguments.words) as server:
        server.key_file(arguments.key_file)
        spreadsheet = server.new_spreadsheet(
            arguments.spreadsheet, locale=arguments.locale, time_zone=arguments.time_zone
        )
        print(f"address {server.address}", f"spreadsheet {spreadsheet.id}", sep="\n", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
