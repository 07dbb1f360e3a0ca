"""A spreadsheet laid out as a ledger, and what an older one lacks."""
