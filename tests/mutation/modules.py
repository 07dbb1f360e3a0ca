"""The modules whose tests are tried, and the tests that must notice a change in each: its own first, then what else is about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tried:
    """Files of one subject, and the test files that are run for a change in any of them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


def _all_in(folder: str, pattern: str) -> tuple[str, ...]:
    """The files of a folder with more than a docstring in them."""
    return tuple(str(path) for path in sorted(Path(folder).glob(pattern)) if path.name != "__init__.py")


MODULES = {
    "calendar": Tried(("automation/ledger/calendar.py",), ("tests/ledger/test_calendar.py",)),
    "clocks": Tried(("automation/cases/clocks.py", "automation/cases/steps_owed.py"), ("tests/cases/test_clocks.py",)),
    "directory": Tried(
        ("automation/ledger/directory.py", *_all_in("automation/ledger/names", "*.py")),
        (
            "tests/ledger/test_directory.py",
            "tests/ledger/test_naming.py",
            "tests/ledger/test_folding.py",
            *_all_in("tests/ledger/names", "test_*.py"),
        ),
    ),
    "confidentiality": Tried(
        tuple(f"automation/cases/{name}.py" for name in ("about", "confidentiality", "mailboxes")),
        (
            "tests/cases/test_about.py",
            *(f"tests/cases/test_mailbox{name}.py" for name in ("es", "_readers")),
            "tests/cases/test_who_may_know.py",
            "tests/cases/test_confidentiality.py",
        ),
    ),
    "recipients": Tried(
        ("automation/cases/recipients.py", "automation/cases/told.py"),
        ("tests/cases/test_told.py", "tests/cases/test_recipients.py"),
    ),
    "outbox": Tried(
        ("automation/mail/outbox.py", "automation/mail/addressing.py", "automation/mail/new_cases.py"),
        (
            "tests/mail/test_outbox.py",
            "tests/mail/test_new_cases.py",
            "tests/mail/test_told_once.py",
            "tests/run/test_assignment_mail.py",
        ),
    ),
    "recovery": Tried(("automation/mail/recovery.py",), ("tests/mail/test_recovery.py",)),
    "delivery": Tried(
        ("automation/run/delivery.py", "automation/run/confirmations.py"),
        ("tests/run/test_delivery.py",),
    ),
}
