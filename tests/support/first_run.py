"""Imported by the process from which those to be killed are forked: its run reads every template and list once for them all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, ledger_at

with TemporaryDirectory() as folder:
    at(ledger_at(Path(folder), [line(**HANDLED)]), "2026-03-19T09:00")
