"""The mark by which a file is known as a ledger: a custom property, put into the file without saving the rest anew."""

from __future__ import annotations

from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION, mark_among, mark_is_due
from automation.workbooks.excel.xml.custom_properties import custom_property, put_custom_property
from automation.workbooks.excel.xml.package import Package


def mark_of(package: Package) -> str:
    """The version in the file's mark; blank if it has none."""
    return mark_among(custom_property(package, LEDGER_MARK))


def put_mark(package: Package, changed: dict[str, bytes]) -> None:
    """Put the mark of this version among the changed parts of the file, if it has none or an older one."""
    if mark_is_due(mark_of(package)):
        put_custom_property(package, changed, LEDGER_MARK, str(LEDGER_VERSION))


def marked(data: bytes, name: str) -> bytes:
    """The file with the mark of this version; the very same bytes if it has it."""
    package, changed = Package(data, name), dict[str, bytes]()
    put_mark(package, changed)
    return package.with_parts(changed) if changed else data
