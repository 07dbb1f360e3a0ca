"""Signing in to Microsoft's and Google's mail servers: by a token that is kept beside `ledger.toml`, never by a password."""
