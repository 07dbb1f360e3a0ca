"""The letters-and-visits ledger: its rooms, from `ledger` (what stands in the workbook) to `commands` (what is typed)."""
