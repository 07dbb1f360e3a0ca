"""`python -m tests.corpus SEED COUNT [--install]` has COUNT ledgers full of other programs' things go through a month.

If LibreOffice is installed, it opens each tenth afterwards, and another tenth is saved by it before. `--install` lays each ledger out again before every run. The exit
code is 1 if anything refers to another case, was lost or was changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.corpus.looking import Way, month
from tests.support import workbook_homes as homes

SOFFICE = shutil.which("soffice")
OPENED = 10
"""Every which ledger is opened by LibreOffice."""


def main(first: int, count: int, *, install: bool) -> int:
    started, bad, filed, restored, things = time.monotonic(), 0, 0, 0, Counter[str]()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder, homes.at_home("xlsx", Path(folder)):
            way = Way(
                install=install, first=saved_by_libreoffice if SOFFICE and seed % OPENED == OPENED // 2 else Way.first
            )
            found = month(Path(folder), seed, way)
            wrong = found.wrong
            if SOFFICE and seed % OPENED == 0 and not opens(Path(folder) / "ledger.xlsx"):
                wrong = [*wrong, "LibreOffice does not open it"]
        filed, restored = filed + found.filed, restored + found.restored
        things.update(thing.name for thing, *_ in found.things)
        if wrong:
            bad += 1
            print(f"seed {seed}: {wrong[:5]}", flush=True)
    seconds = time.monotonic() - started
    print(
        f"{count} ledgers with {things.total()} things, {filed} cases filed, {restored} restored in {seconds:.0f} s: {bad} wrong."
    )
    print(f"Things: {dict(things)}")
    return 1 if bad else 0


def opens(path: Path) -> bool:
    """Whether LibreOffice reads it and writes what it read."""
    return converted(path, "ods").exists()


def saved_by_libreoffice(path: Path) -> None:
    """Have LibreOffice write the file anew."""
    made = path.parent / "made"
    made.mkdir()
    shutil.copyfile(path, made / path.name)
    shutil.copyfile(converted(made / path.name, "ods"), made / "again.ods")
    path.write_bytes(converted(made / "again.ods", "xlsx").read_bytes())


def converted(path: Path, ending: str) -> Path:
    """The file as LibreOffice writes it in this kind, beside it."""
    profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    return path.with_suffix(f".{ending}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), install="--install" in sys.argv[3:]))
