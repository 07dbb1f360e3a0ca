"""Makes the pictures in `docs/images` from the demo in both languages: `python -m docs.pictures` (`make pictures`).

LibreOffice turns the workbook into a PDF, and headless Chromium draws pages and mails. Places in the workbook are found
by their words, so a wider column shifts no picture.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from html import unescape
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

import jobs
from automation.commands.demo import FILE, DemoOptions, show_demo
from automation.commands.options import Session, clock
from automation.commands.request import usual_outbox
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.pages.form import CHOOSE
from automation.run.stages import silent
from automation.workbooks.excel.workbook import ExcelWorkbook
from docs.browser import NAMES, Browser
from sheet_schema import FORM, REGISTER, TABS, Language

IMAGES = Path(__file__).parent / "images"
NOW = "2026-03-18T09:00"
SERIAL = "46099.375"
"""The demo's moment as a spreadsheet's serial number."""
MOST_BYTES = 250_000
CASE, RECEIVED = "LV-00027", "LV-00042"
LEADERS = ("helen.marsh@", "zhaoguohua@")
"""How the addresses of the headteachers of the two samples begin."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_COMMANDS = {
    "report": ("report", "--period", "last-month"),
    "form": ("form", CASE),
    "receipt": ("form", RECEIVED, "--receipt"),
    "slips": ("form", "--blank", "--pad", "6"),
}
"""What is written, each into a folder of its own."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """One tab as LibreOffice prints it on a single page, with the position of each word in points."""

    image: Image.Image
    words: Sequence[tuple[str, Box]]
    scale: float

    def place(self, word: str) -> Box:
        return next(box for text, box in self.words if text == word)

    def after(self, header: str) -> float:
        """The right edge of the column with this header, just left of the next column's text."""
        right = self.place(header)[2]
        return min(box[0] for _, box in self.words if box[0] > right) - 3

    def cut(self, left: float, top: float, right: float, bottom: float) -> Image.Image:
        return self.image.crop(tuple(round(edge * self.scale) for edge in (left, top, right, bottom)))  # type: ignore[arg-type]


def main() -> int:
    missing = [name for name in ("soffice", "pdftoppm", "pdftotext") if shutil.which(name) is None]
    if not any(map(shutil.which, NAMES)):
        missing.append(NAMES[0])
    if missing:
        print(
            f"The pictures need {', '.join(missing)}: install LibreOffice, poppler-utils and Chromium, and start again."
        )
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        for language in LANGUAGES:
            for name, image in _pictures(Path(folder) / language, language, browser):
                _keep(image, name if language == "en" else f"{name}.zh")
    return 0


def _pictures(folder: Path, language: Language, browser: Browser) -> Iterator[tuple[str, Image.Image]]:
    folder.mkdir()
    show_demo(DemoOptions(str(folder), language, NOW), Session(clock(), _nowhere, silent))
    ledger = folder / FILE.say(language)
    yield from _of_mails(usual_outbox(str(ledger)), browser)
    yield from _of_commands(ledger, folder, browser)
    yield from _of_tabs(ledger, folder, language)


def _nowhere(*_: object) -> None:
    """Say nothing, as the demo's output is not needed here."""


# Mails


def _of_mails(outbox: Path, browser: Browser) -> Iterator[tuple[str, Image.Image]]:
    digest, overdue = (_mail(outbox, kind, *LEADERS) for kind in ("digest_leader", "escalation"))
    reminder = _mail(outbox, "reminder", "@")
    yield "digest", _page(browser, digest, 600, 760)
    light, dark = (_page(browser, overdue, 360, 760, dark=dark) for dark in (False, True))
    yield "overdue-on-a-phone", _beside(light, dark, 20)
    yield "reminder", _page(browser, reminder, 600, 620)


def _mail(outbox: Path, kind: str, *readers: str) -> Path:
    """Write the longest mail of this kind to one of these readers as a page."""
    parser = BytesParser(policy=policy.default)
    mails = [parser.parsebytes(path.read_bytes()) for path in sorted(outbox.glob(f"{kind}-*.eml"))]
    bodies = [mail.get_body(("html",)) for mail in mails if any(reader in str(mail["To"]) for reader in readers)]  # type: ignore[attr-defined]
    page = outbox / f"{kind}.html"
    page.write_text(max((body.get_content() for body in bodies), key=len), encoding="utf-8")
    return page


# What commands write


def _of_commands(ledger: Path, folder: Path, browser: Browser) -> Iterator[tuple[str, Image.Image]]:
    at = ("--workbook", str(ledger), "--now", NOW)
    for name, command in _COMMANDS.items():
        ended = CliRunner().invoke(
            jobs.main, [*command, *at, "--into", str(folder / name)], env={"LEDGER_WORKBOOK": ""}
        )
        if ended.exit_code:
            raise SystemExit(f"{' '.join(command)}: {ended.output}")
    (report,) = (folder / "report").glob("*.html")
    yield "report", _page(browser, report, 1000, 1300)
    light, dark = (_page(browser, report, 390, 844, dark=dark) for dark in (False, True))
    yield "report-on-a-phone", _beside(light, dark, 20)
    for name in ("form", "receipt", "slips"):
        (pdf,) = (folder / name).glob("*.pdf")
        yield name, _trimmed(_printed(pdf, 1, 760 / 595))


# The workbook's tabs


def _of_tabs(ledger: Path, folder: Path, language: Language) -> Iterator[tuple[str, Image.Image]]:
    workbook = ExcelWorkbook(ledger, datetime.now(UTC))
    _choose(workbook, language)
    stopped = folder / "stopped.xlsx"
    _stop_the_clock(ledger, stopped)
    pdf = _as_pdf(stopped, folder)
    shown = [tab.key for tab in TABS if not tab.hidden]
    sheets: Callable[[str], Sheet] = lambda key: _sheet(pdf, shown.index(key) + 1)  # noqa: E731
    yield "start-here", sheets("start_here").image
    yield "dashboard", sheets("dashboard").image
    yield "form-tab", sheets("form").image
    register = sheets("register")
    header = {column.key: column.label(language).split()[0] for column in REGISTER}
    yield "register", register.cut(0, 0, register.after(header["handler"]), register.place("LV-00043")[1] - 2)
    yield "six-cells", _rows(register, "LV-00040", "LV-00045", register.place(header["important"])[0] - 12)
    yield "problems", _rows(register, "LV-00031", "LV-00037", register.after(header["kind"]))
    yield "routing", sheets("routing").image


def _rows(register: Sheet, first: str, after: str, right: float) -> Image.Image:
    """The header, and the lines from the number `first` up to the one before `after`, cut at `right`."""
    header = register.cut(0, 0, right, register.place("LV-00018")[1] - 2)
    lines = register.cut(0, register.place(first)[1] - 2, right, register.place(after)[1] - 2)
    return _above(header, lines)


def _choose(workbook: ExcelWorkbook, language: Language) -> None:
    """Choose a case on the Form tab, as a person does."""
    row, column, _ = CHOOSE
    with workbook.lock():
        edit = TabEdit(FORM.label(language), [ColumnEdit(column, [row], [CASE])])
        workbook.commit(Commit(workbook.read(), [edit]))


def _stop_the_clock(ledger: Path, to: Path) -> None:
    """Copy the workbook with the demo's day in place of today, or else the lamp for the last run would be red."""
    with zipfile.ZipFile(ledger) as source, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"\b(NOW|TODAY)\(\)", SERIAL.encode(), data)
            target.writestr(name, data)


def _as_pdf(workbook: Path, folder: Path) -> Path:
    """Print the workbook as a PDF with each tab on one page."""
    how = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _do(["soffice", profile, "--headless", "--convert-to", how, "--outdir", str(folder), str(workbook)])
    return folder / f"{workbook.stem}.pdf"


def _sheet(pdf: Path, page: int, scale: float = 0.9) -> Sheet:
    told = _do(["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"])
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', told)
    words = [(unescape(text), (float(a), float(b), float(c), float(d))) for a, b, c, d, text in found]
    return Sheet(_printed(pdf, page, scale), words, scale)


# Images


def _printed(pdf: Path, page: int, scale: float) -> Image.Image:
    target = pdf.with_suffix("")
    resolution, only = ["-r", f"{72 * scale:.2f}"], ["-f", str(page), "-l", str(page)]
    _do(["pdftoppm", "-png", "-singlefile", *resolution, *only, str(pdf), str(target)])
    with Image.open(target.with_suffix(".png")) as image:
        return image.convert("RGB")


def _page(browser: Browser, page: Path, width: int, height: int, *, dark: bool = False) -> Image.Image:
    opened = browser.open(page, width, height, dark=dark)
    image = Image.open(BytesIO(opened.picture(height))).convert("RGB")
    opened.ask("Page.close")
    return image


def _beside(left: Image.Image, right: Image.Image, gap: int) -> Image.Image:
    both = Image.new("RGB", (left.width + gap + right.width, max(left.height, right.height)), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + gap, 0))
    return both


def _above(upper: Image.Image, lower: Image.Image) -> Image.Image:
    both = Image.new("RGB", (max(upper.width, lower.width), upper.height + lower.height), "white")
    both.paste(upper, (0, 0))
    both.paste(lower, (0, upper.height))
    return both


def _trimmed(image: Image.Image, margin: int = 24) -> Image.Image:
    """Cut off the white around an image."""
    inverted = image.convert("L").point(lambda value: 255 if value < 250 else 0)
    left, top, right, bottom = inverted.getbbox() or (0, 0, *image.size)
    return image.crop(
        (
            max(0, left - margin),
            max(0, top - margin),
            min(image.width, right + margin),
            min(image.height, bottom + margin),
        )
    )


def _keep(image: Image.Image, name: str) -> None:
    """Write a palette PNG, which is small. Raises SystemExit if it is not."""
    path = IMAGES / f"{name}.png"
    image.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(IMAGES.parent.parent)}  {image.width} x {image.height}  {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} is larger than {MOST_BYTES} bytes: cut it smaller.")


def _do(command: Sequence[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    if ended.returncode:
        raise SystemExit(f"{command[0]}: {ended.stderr.strip()}")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main())
