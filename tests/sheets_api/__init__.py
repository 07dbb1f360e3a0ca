"""A Google Sheets API v4 of our own on 127.0.0.1, faithful enough that gspread talks to it unmodified.

It is written against Google's discovery document and against replies that Google gave gspread's own tests
(`test_replay.py`). What it does not serve it refuses by name. It works out formulas only as far as `formulas.py` says.

`server` takes the orders of a test, `connection` and `routes` bring each request to one of the `endpoints` (or to
`drive`), and `store` lets a change take hold. A spreadsheet's contents are a `book` of `cells`; `batch` and the modules
named `on_…` change it, `viewing` and `values` show it, `person` is somebody at the screen.
"""

from .server import Call, SheetsServer
from .store import OWNER, SERVICE_ACCOUNT, Spreadsheet

__all__ = ["OWNER", "SERVICE_ACCOUNT", "Call", "SheetsServer", "Spreadsheet"]
