"""The modules whose tests are tried, and the tests that must notice a change in each: its own first, then what else is about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """Files of one subject, and the test files that are run for a change in any of them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


MODULES = {
    "calendar": Tried(("automation/ledger/calendar.py",), ("tests/ledger/test_calendar.py",)),
    "clocks": Tried(("automation/cases/clocks.py",), ("tests/cases/test_clocks.py",)),
    "directory": Tried(
        (
            "automation/ledger/directory.py",
            *(
                f"automation/ledger/names/{name}.py"
                for name in (
                    "columns",
                    "folding",
                    "found",
                    "han",
                    "han_part",
                    "index",
                    "lexicon",
                    "mentions",
                    "nearest",
                )
            ),
            *(
                f"automation/ledger/names/{name}.py"
                for name in (
                    "openings",
                    "others",
                    "outside",
                    "parts",
                    "posts",
                    "reading",
                    "strangers",
                    "telephones",
                    "titles",
                    "units",
                    "western",
                    "western_part",
                )
            ),
        ),
        (
            "tests/ledger/test_directory.py",
            "tests/ledger/test_naming.py",
            "tests/ledger/test_folding.py",
            *(
                f"tests/ledger/names/test_{name}.py"
                for name in (
                    "columns",
                    "doubts",
                    "han",
                    "openings",
                    "others",
                    "outside",
                    "posts",
                    "telephones",
                    "titles",
                    "western",
                )
            ),
        ),
    ),
    "confidentiality": Tried(
        ("automation/cases/confidentiality.py", "automation/cases/mailboxes.py", "automation/ledger/names/plain.py"),
        (
            "tests/ledger/names/test_plain.py",
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
