"""How a case number is written."""

from __future__ import annotations

import re
import unicodedata


def tidy_number(text: str) -> str:
    """A case number as issued: half-width, upper case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
