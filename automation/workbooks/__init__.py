"""Where a ledger is kept: a local workbook or a Google Sheet."""
