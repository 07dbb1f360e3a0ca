"""Tells what a class, a year or a room is called from a name with digits."""

from __future__ import annotations

import re

from automation.ledger.names.lexicon import Span

_CLASS = re.compile(r"[a-z]{0,2}[0-9]{1,3}[a-z]{0,2}|y?[0-9]{1,2}[a-z]+")
"""`7b`, `y10`, `y3red`, but neither `j0nes` nor `sur0`."""


def is_a_class(span: Span) -> bool:
    """Whether it is what a class, a year or a room is called, and not only a number."""
    return _CLASS.fullmatch(span.form) is not None and not span.form.isdigit()
