"""`python -m tests.pseudo` runs every command in the made-up language; whatever is said without an accent is listed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.pseudo.language import CODE, copy_with_language
from tests.pseudo.trial import Trial, by_words


def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "office").mkdir()
        trial = Trial(copy_with_language(folder / "program"), folder / "office")
        trial.run("demo", "--language", CODE, "--into", ".")
        trial.look_at_files("ledger.xlsx", "outbox/*")
    for one in by_words(trial.found):
        print(one)
    return 1 if trial.found else 0


if __name__ == "__main__":
    sys.exit(main())
