"""What a console cannot show: replaced in words for people, written as \\uXXXX in JSON, and never an error."""

from __future__ import annotations

import codecs
import io
import json
import sys


def replace_what_cannot_be_shown() -> None:
    """Print a question mark for a character that the console, file or pipe cannot encode, instead of failing.

    A Chinese Windows encodes in GBK, which has no emoji; a run must not fail because one stands in a cell.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # there may be none, or one of another kind
            stream.reconfigure(errors="replace")


def one_object(value: object) -> str:
    """A value as JSON that loses no character, whatever standard output can encode."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    return json.dumps(value, ensure_ascii=not encoding.startswith("utf"), indent=1)
