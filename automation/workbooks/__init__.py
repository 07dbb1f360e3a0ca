"""Where a ledger is kept. `base` says what a workbook must be able to do; `excel` is a local `.xlsx`."""
