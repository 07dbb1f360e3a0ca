"""A ledger in a Google Sheet."""
