"""A ledger in a local `.xlsx` workbook."""
