"""Turning a spreadsheet into a ledger, and adding what an older one lacks."""
