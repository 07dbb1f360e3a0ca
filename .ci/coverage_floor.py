"""Whether the tests still run as much of the program as they did: the end of `make coverage`.

The floor, `[tool.ledger] coverage-floor` in `pyproject.toml`, only rises: this says when it can.
"""

from __future__ import annotations

import json
import math
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> str:
    """What there is to say; an error if the floor is not reached."""
    measured = json.loads((ROOT / ".coverage.json").read_text("utf-8"))["summary"]["percent_covered"]
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ledger"]["coverage-floor"]
    if measured < floor:
        sys.exit(f"The tests run {measured:.2f} % of the lines, and the floor is {floor} %.")
    could_be = math.floor(measured * 10) / 10
    rises = f" It can rise to {could_be} in pyproject.toml." if could_be > floor else ""
    return f"The tests run {measured:.2f} % of the lines; the floor is {floor} %.{rises}"


if __name__ == "__main__":
    print(main())
