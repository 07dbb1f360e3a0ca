"""What somebody types to install a part of the program that not every office needs."""

from __future__ import annotations

import sys
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[2]


def how_to_install(extra: str) -> str:
    """The command, for the Python that runs the program: another one's pip would install where the program does not look.
    The program stays where it lies, so that a newer version over it counts at once."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f'{python} -m pip install --editable "{_PROGRAM}[{extra}]"'
