"""Makes `reception.xls` and `reception.ods` anew: `python -m tests.ways_in.files`, where LibreOffice is installed."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.support.old_registers import reception_book

HERE = Path(__file__).parent

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = reception_book(Path(folder))
        for kind in ("xls", "ods"):
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", HERE, made], check=True)
