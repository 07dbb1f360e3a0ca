"""A ledger in a Google Sheet: how it is asked, read, written safely, and laid out."""
