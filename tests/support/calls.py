"""A call of each command that reads a ledger, in a folder with `ledger.xlsx`, which has a case, and a copy of it."""

from __future__ import annotations

AT = ("--now", "2026-03-18T10:00")
_CASE = ("LV-00001", *AT)
CALLS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "run",
            "validate",
            "assign",
            "alert",
            "remind",
            "escalate",
            "digest",
            "archive",
            "check",
            "verify",
            "whatif",
            "close-year",
            "intake",
            "appraise",
        ),
        AT,
    ),
    "report": (*AT, "--period", "2026-02", "--into", "reports"),
    "calendar": (*AT, "--into", "calendars"),
    "reception": (*AT, "--list", "2026-03", "--into", "forms"),
    "preview": (*AT, "--into", "preview"),
    **dict.fromkeys(("explain", "prove"), _CASE),
    "export": ("register", "--into", "exports"),
    "find": ("LV-00001",),
    "person": ("王芳", "--into", "person"),
    "form": (*_CASE, "--into", "forms"),
    "letter": ("LV-00001", "more_needed", *AT),
    "publish": (*AT, "--into", "status"),
    "backup": ("--into", "copies"),
    "restore": ("--missing", "--from", "copy.xlsx"),
    "import": ("copy.xlsx", *AT),
    "erase": ("LV-00001", "--what", "petitioner", "--reason", "x", "--by", "y", "--open"),
    "reseal": ("LV-00001", "--reason", "x"),
    "copy": ("ledger.xlsx", "new.xlsx"),
}
"""What is typed behind each command; the workbook is the usual one."""
