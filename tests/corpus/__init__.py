"""Ledgers in which other programs put all they can put beside a row, and what becomes of it while cases are filed."""
