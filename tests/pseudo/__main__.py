"""`python -m tests.pseudo` runs every command in the made-up language; whatever is said without an accent is listed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from openpyxl import Workbook, load_workbook

import jobs
from sheet_schema import ANSWERS, SETTING, TABS, Tab, Type
from sheet_schema.answers import AnswerState
from sheet_schema.letter_words import LetterKind
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import PleaseDo
from tests.pseudo.accents import accented
from tests.pseudo.language import CODE, PRESET, copy_with_language
from tests.pseudo.trial import Trial, by_words
from tests.workbooks.foreign.files import HOSTILE

LEDGER = "ledger.xlsx"
NOW = ("--now", "2026-03-18T09:00")
LATER = ("--now", "2026-03-25T09:00")
CASES = tuple(f"LV-{number:05d}" for number in (1, 10, 15, 17, 18, 20, 22, 23, 24, 25, 28, 31, 32, 34, 37, 40))
"""Of every kind: filed, extended, about somebody, a repeat, a superior's, restricted, wrong in many ways."""
ODD = (
    accented("Grumble"),
    -1,
    "31/2/2026",
    3.5,
    True,
    "LV-00001",
    "x;y",
    "7:00",
    date(1999, 1, 1),
    "=1+",
    accented("nobody") + "@",
    10**9,
)
IMAP = ("--imap-host", "127.0.0.1", "--imap-port", "9")
RUNS = ("run", "validate", "assign", "alert", "remind", "escalate", "digest", "archive", "preview", "verify", "check")


def try_all(trial: Trial) -> None:
    trial.run("demo", "--language", CODE, "--into", ".")
    trial.look_at_files("*.xlsx")
    look_at_help(trial)
    run_everything(trial)
    look_at_cases(trial)
    take_in_forms(trial)
    ask_in_settings(trial)
    keep_and_mend(trial)
    ask_for_what_is_not_there(trial)
    list_and_erase(trial)
    spoil(trial)
    trial.look_at_files("**/*.eml", "**/*.html", "**/*.docx", "**/*.pdf", "**/*.txt")
    trial.look_at_files("new.xlsx")


def look_at_help(trial: Trial) -> None:
    trial.run("--help")
    for name in sorted(jobs.main.commands):
        trial.run(name, "--help")


def run_everything(trial: Trial) -> None:
    for name in RUNS:
        trial.run(name, *LATER, "--dry-run", "--verbose", exits=(0, 3))
    trial.run("preview", "--into", "preview", *NOW)
    tell_in_chats(trial)
    report_to_authorities(trial)
    trial.run("run", *LATER)
    trial.run("run", "--check", "--verbose", "--now", "2026-04-10T09:00", exits=(3,))
    trial.run("run", "--now", "2026-09-01T09:00", exits=(1,))
    trial.run("verify", *LATER, exits=(0, 3))
    for period in ("month", "term", "last-year", "2026-02"):
        trial.run("whatif", "--period", period, *NOW, exits=(0, 1))
        trial.run("report", "--period", period, "--into", "reports", *NOW, exits=(0, 1))
    trial.run("report", "--annual", "--period", "year", "--into", "reports", *NOW)
    trial.run("report", "--annual", "--into", "reports", "--now", "2027-02-01")
    trial.run("report", "--period", "2020", "--into", "reports", *NOW)


def report_to_authorities(trial: Trial) -> None:
    """What alerts, rows and check say of important matters that are to be reported, with somebody to telephone and without."""
    shutil.copy(trial.folder / LEDGER, trial.folder / "reports.xlsx")
    set_to(trial.folder / "reports.xlsx", "report_within_minutes", "60")
    trial.run("preview", "--workbook", "reports.xlsx", "--into", "reported", *NOW)
    trial.run("check", "--workbook", "reports.xlsx", *NOW, exits=(3,))
    for hour in ("09:30", "12:00"):
        trial.run("run", "--workbook", "reports.xlsx", "--now", f"2026-03-18T{hour}")
        trial.run("explain", "LV-00041", "--workbook", "reports.xlsx", "--now", f"2026-03-18T{hour}")
    trial.look_at_files("reports.xlsx")


def tell_in_chats(trial: Trial) -> None:
    """What a chat is told, as a file in the outbox, and what is said of chats and calendars."""
    shutil.copy(trial.folder / LEDGER, trial.folder / "chats.xlsx")
    book = load_workbook(trial.folder / "chats.xlsx")
    people = book[accented("People")]
    chat = next(cell.column for cell in people[1] if cell.value == accented("Chat"))
    for row in range(2, people.max_row + 1):
        people.cell(row, chat, f"{accented('chat')}{row}")
        people.cell(row, chat + 1, accented(("chat", "mail and chat")[row % 2]))
    book.save(trial.folder / "chats.xlsx")
    addresses = "".join(f'"{accented("chat")}{row}" = "jsons://127.0.0.1:9/"\n' for row in range(2, 60))
    (trial.folder / "chats.toml").write_text(f"[chat]\n{addresses}\"{accented('bad')}\" = 'json://x'\n", "utf-8")
    set_to(trial.folder / "chats.xlsx", "calendar_with_digests", accented("Yes"))
    trial.run("--config", "chats.toml", "run", "--workbook", "chats.xlsx", *LATER)
    trial.run("--config", "chats.toml", "check", "--workbook", "chats.xlsx", "--chat", accented("bad"), exits=(3,))
    trial.run("--config", "chats.toml", "check", "--workbook", "chats.xlsx", "--chat", accented("none"), exits=(3,))
    trial.run("calendar", "--workbook", "chats.xlsx", "--into", "calendars", *LATER)
    trial.run("calendar", "--workbook", "chats.xlsx", "--into", "calendars", "--now", "2027-04-10T09:00")
    trial.look_at_files("calendars/*.ics")


def look_at_cases(trial: Trial) -> None:
    for case in CASES:
        trial.run("explain", case, *NOW)
        trial.run("form", case, "--into", "forms", *NOW)
    for case in CASES[3:6]:
        trial.run("form", case, "--receipt", "--into", "forms", *NOW)
    for case in ("LV-00025", "LV-00020"):
        trial.run("prove", case, "--now", "2026-04-10T10:00", exits=(0, 3))
    trial.run("reception", "--list", "2026-04", "--into", "forms", *NOW)
    trial.run("reception", "--list", "nonsense", "--into", "forms", *NOW, exits=(2,))
    trial.run("letter", "--templates")
    trial.run("letter", "--templates")
    for kind in LetterKind:
        trial.run("letter", CASES[5], kind.key, *NOW, exits=(0, 1, 3))
        trial.run("letter", CASES[6], kind.key, "--draft", "--pdf", *NOW, exits=(0, 1, 3))
    trial.run("letter", CASES[9], "accepted", *NOW, exits=(0, 1, 3))
    trial.run("letter", CASES[5], "accepted", "--handed-over", "2026-03-18", "--way", "post", *NOW, exits=(0, 1, 3))
    trial.run("form", "--blank", "--into", "forms", *NOW)
    trial.run("form", "--blank", "--pad", "8", "--into", "forms", *NOW)


def take_in_forms(trial: Trial) -> None:
    """A form's tab and a file with every kind of row, the poster, a receipt with a code, and the status pages."""
    for setting, value in (
        ("intake_tab", accented("Answers of a form")),
        ("intake_headings", "x"),
        ("form_address", "https://a.example/f"),
        ("status_address", "https://a.example/s"),
    ):
        set_to(trial.folder / LEDGER, setting, value)
    trial.run("intake", *NOW)
    book = load_workbook(trial.folder / LEDGER)
    sheet = book.create_sheet(accented("Answers of a form"))
    words = ("Timestamp", "Name", "Telephone", "Kind", "What happened", "Class")
    sheet.append([accented(word) for word in words])
    for row in (
        ("2026-04-10 10:00", "X", "1", "Y", "Z", "W"),
        ("", "X", "", "Y", "Z", ""),
        ("2026-04-10", "", "", "", "", "W"),
    ):
        sheet.append([accented(cell) if cell.isalpha() else cell for cell in row])
    book.save(trial.folder / LEDGER)
    trial.run("intake", "--now", "2026-04-10T12:00")
    trial.run("run", "--now", "2026-04-10T12:00", exits=(0,))
    trial.run("form", CASES[3], "--receipt", "--into", "forms", *NOW)
    trial.run("form", "--poster", "--into", "forms", *NOW)
    trial.run("form", "--poster", "LV-00001", exits=(2,))
    trial.run("publish", "--into", "forms", *NOW)
    trial.run("publish", "--into", "forms", "--dry-run", *NOW)


def ask_in_settings(trial: Trial) -> None:
    """Everything that an administrator may request without a terminal."""
    for at, request in enumerate(PleaseDo):
        set_to(trial.folder / LEDGER, PLEASE_DO, request.english)
        trial.run("run", "--now", f"2026-04-11T{10 + at}:00")


def keep_and_mend(trial: Trial) -> None:
    """Copies, and a case that vanished or was changed after it was filed."""
    trial.run("backup", "--into", "copies")
    copied = next((trial.folder / "copies").glob("*.xlsx"))
    lose_and_change(trial.folder / LEDGER)
    trial.run("run", "--now", "2026-04-13T09:00", exits=(0, 1))
    trial.run("verify", "--now", "2026-04-13T09:00", exits=(3,))
    trial.run("restore", "--missing", "--from", str(copied.relative_to(trial.folder)), exits=(0,))
    trial.run("restore", "--missing", "--from", str(copied.relative_to(trial.folder)), "--yes", exits=(0,))
    trial.run("reseal", "LV-00001", "--reason", accented("Rightly corrected"), exits=(0,))
    trial.run("copy", LEDGER, "copied.xlsx")
    trial.run("copy", LEDGER, "moved.xlsx", "--move")
    trial.run("run", exits=(0, 1))
    trial.run("install", "--workbook", "copied.xlsx")
    trial.run("install", "--workbook", "new.xlsx", "--language", CODE, "--preset", PRESET)
    trial.run("install", "--workbook", "new.xlsx", "--language", "zh")
    trial.run("install", "--workbook", "new.xlsx")
    trial.run("check", "--workbook", "new.xlsx", exits=(3,))
    trial.run("run", "--workbook", "new.xlsx")


SERVERS = (
    ("--smtp-login", "none"), ("--smtp-login", "none", "--smtp-tls", "starttls"), ("--smtp-login", "none", "--smtp-ca", "none.pem"),
    *(("--smtp-login", who, "--smtp-user", "a@b.example", *more) for who in ("microsoft", "google") for more in ((), ("--smtp-client", "none.json"))),
)  # fmt: skip
"""Mail servers that nobody can use, each for another reason."""


def write_what_is_no_register(folder: Path) -> list[str]:
    """Write files that `import` refuses, and name them."""
    for name, (made, _) in HOSTILE.items():
        (folder / name).write_bytes(made())
    return [*HOSTILE]


def ask_for_what_is_not_there(trial: Trial) -> None:
    (trial.folder / "broken").mkdir()
    (trial.folder / "broken" / LEDGER).write_text("no workbook")
    for command in (
        ("explain", "LV-99999"), ("explain", "nonsense"), ("form", "LV-99999"), ("form",), ("letter", "LV-99999", "answer"), ("letter",), ("letter", "1", "x"), ("letter", "1", "--templates"),
        ("letter", "1", "answer", "--way", "x"), ("letter", "1", "answer", "--way", "x", "--handed-over", "x"), ("letter", "1", "answer", "--way", "x", "--pdf"), ("prove", "LV-99999"),
        ("report", "--period", "x"), ("report", "--from", "x"), ("report", "--from", "2026-03", "--to", "2026-01"),
        ("run", "--now", "x"), ("run", "--workbook", "none.xlsx"), ("run", "--workbook", f"broken/{LEDGER}"),
        ("run", "--workbook", "none.ods"), ("copy", LEDGER, LEDGER), ("copy", "none.xlsx", "a.xlsx"),
        ("restore", "--missing", "--from", "none.xlsx"), ("reseal", "LV-00022", "--reason", "-"), ("check", "--probe"),
        ("backup", "--workbook", "none.xlsx"), ("check", "--mail-to", "a@b.example"), ("run", "--smtp-host", "x.invalid"),
        ("check", "--sign-in"), *(("check", "--smtp-host", "127.0.0.1", "--smtp-port", "1", *more) for more in SERVERS),
        ("export", "report", "--period", "2026-02"), *(("import", name) for name in write_what_is_no_register(trial.folder)),
    ):  # fmt: skip
        trial.run(*command, exits=(0, 1, 2, 3, 4))


def list_and_erase(trial: Trial) -> None:
    """What stands about somebody, what is due for appraisal, and the erasure of a filed case and of a petitioner."""
    for name in (accented("Grumble"), accented("Archer")):
        trial.run("person", name)
        trial.run("person", name, "--contact", "07700900123", "--restricted", "--into", "forms")
    trial.run("appraise", "--now", "2026-04-13", "--into", "forms")
    trial.run("appraise", "--now", "2099-04-13", "--into", "forms")
    decided = ("--reason", accented("List"), "--by", accented("Grumble"))
    trial.run("erase", "LV-00001", "--what", "case", *decided, exits=(0, 1))
    for more in ((), ("--early",), ("--early", "--yes"), ("--early", "--yes")):
        trial.run("erase", "LV-00001", "--what", "case", *decided, *more, exits=(0, 1))
    for more in ((), ("--open",), ("--open", "--name", "x"), ("--open", "--yes")):
        trial.run("erase", "LV-00022", "--what", "petitioner", *decided, *more, exits=(0, 1))
    for wrong in (("--resume",), ("LV-99999", "--what", "case", *decided), ("LV-00001",), ()):
        trial.run("erase", *wrong, "--yes", exits=(1, 2))
    trial.run("verify", exits=(0, 3))


def spoil(trial: Trial) -> None:
    """Odd cells in every column that people fill in, one a row, and whatever is said of them."""
    trial.run("demo", "--language", CODE, "--into", "odd")
    odd = trial.folder / "odd" / LEDGER
    trial.run("install", "--workbook", f"odd/{LEDGER}", *IMAP[:2], *LATER)
    book = load_workbook(odd)
    for tab in TABS:
        for row, column, cell in odd_cells(tab):
            book[accented(tab.english)].cell(row, column, cell)
    answer_by_mail(book)
    book.save(odd)
    trial.run("run", "--workbook", f"odd/{LEDGER}", "--verbose", *LATER, exits=(0, 1))
    trial.run("check", "--workbook", f"odd/{LEDGER}", *LATER, *IMAP, exits=(0, 3, 1))
    trial.run("check", "--workbook", f"odd/{LEDGER}", *LATER, *IMAP, "--imap-user", "a@b.example", exits=(0, 3, 1))
    trial.run("run", "--workbook", "new.xlsx", *IMAP, exits=(4,))


def answer_by_mail(book: Workbook) -> None:
    """A row of Answers for each thing that a mail may be, with and without a case."""
    answers = book[accented("Answers")]
    at = {key: place for place, key in enumerate(ANSWERS.keys, start=1)}
    for row, (state, number) in enumerate(product(AnswerState, ("", "LV-00001", "LV-99999")), start=100):
        cells = {
            "from": "a@b.example",
            "case_no": number,
            "state": accented(state.english),
            "text": accented("Done"),
            "take_over": True,
            "perhaps": "LV-00001" if row % 2 else "",
            "key": str(row),
        }
        for key, cell in cells.items():
            answers.cell(row, at[key], cell)


def odd_cells(tab: Tab) -> Iterator[tuple[int, int, object]]:
    row = 2
    for position, column in enumerate(tab, start=1):
        if column.staff and column.type is not Type.LONG:
            for odd in ODD[row % 3 :: 3]:
                yield row, position, odd
                row += 1


def set_to(file: Path, setting: str, value: str) -> None:
    book = load_workbook(file)
    sheet = book[accented("Settings")]
    name = accented(SETTING[setting].english)
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == name)
    sheet.cell(row, 2, value)
    book.save(file)


def lose_and_change(file: Path) -> None:
    """Take a case out of the Register, and change one that was filed."""
    book = load_workbook(file)
    register, filing = book[accented("Register")], book[accented("Filing")]
    register.delete_rows(3)
    summary = next(cell.column for cell in filing[1] if cell.value == accented("Summary"))
    filing.cell(2, summary, accented("Changed afterwards"))
    book.save(file)


def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "office").mkdir()
        trial = Trial(copy_with_language(folder / "program"), folder / "office")
        try_all(trial)
        if len(sys.argv) > 1:
            shutil.copytree(folder, sys.argv[1], dirs_exist_ok=True)
    for one in by_words(trial.found):
        print(one, flush=True)
    return 1 if trial.found else 0


if __name__ == "__main__":
    sys.exit(main())
