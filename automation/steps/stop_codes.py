"""The code by which an administrator says, in Settings, that what stopped a run was meant (docs/design.md#p2.9)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

from automation.ledger.model import Ledger, Problem
from automation.text.catalogue import msg
from sheet_schema import SETTING
from sheet_schema.settings import STOP_ACCEPTED

_HOW = msg("If all is as you meant it, type {code} at “{setting}” in Settings: the next run goes on.")


def is_accepted(ledger: Ledger, stops: Sequence[Problem]) -> bool:
    """Whether somebody typed the code of these very problems."""
    return str(ledger.policy.settings[STOP_ACCEPTED]).strip().upper() == _code(stops)


def with_code(stops: Sequence[Problem], stop: Problem) -> Problem:
    """One of these problems, saying how to go on without a terminal."""
    return replace(stop, said=(*stop.said, _HOW.of(code=_code(stops), setting=SETTING[STOP_ACCEPTED])))


def _code(stops: Sequence[Problem]) -> str:
    """Six characters that are others for other rows, columns or numbers. The letter keeps a sheet from reading a number."""
    named = "\n".join(sorted(stop.said[0].say("en") for stop in stops))
    return f"K{zlib.crc32(named.encode()):08X}"[:6]
