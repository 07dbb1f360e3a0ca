"""Helpers for tests: ledgers in memory, in files and in spreadsheets, offices, papers, a mail server."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""
