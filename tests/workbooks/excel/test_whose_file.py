"""The workbook stays its people's, and what lies beside it is for the same people and written through no link.

As root the tests give the file to somebody else; as an ordinary user they give it to a group of theirs. Access lists and
attributes are tried wherever the drive has them, and a drive without them has to give back none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory

import pytest

from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.file_rights import Rights, give_all, rights_of
from tests.support import ROOT
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, HANDLED, at, ledger_at

ROOT_HERE = os.geteuid() == 0
OWNER = 12345 if ROOT_HERE else os.geteuid()
GROUP = 23456 if ROOT_HERE else ([*os.getgroups(), os.getegid()])[0]
_NOBODY = 0xFFFFFFFF
LIST = pack("<I", 2) + b"".join(
    pack("<HHI", tag, permission, who)
    for tag, permission, who in (
        (1, 6, _NOBODY),
        (2, 6, os.geteuid()),
        (4, 0, _NOBODY),
        (16, 6, _NOBODY),
        (32, 0, _NOBODY),
    )
)
"""The owner and one user read and write; the owning group and others do not."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of somebody else's, with a mode, an access list and an attribute of its own."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    os.chown(path, OWNER, GROUP)
    path.chmod(0o640)
    with suppress(OSError):
        os.setxattr(path, "user.label", b"confidential")
    with suppress(OSError):
        os.setxattr(path, "system.posix_acl_access", LIST)
    return path


def access(path: Path) -> tuple[int, int, int, bytes | None]:
    rights = rights_of(path)
    return rights.owner, rights.group, rights.mode, rights.attributes.get("system.posix_acl_access")


def test_a_run_leaves_the_workbook_to_its_people_and_gives_them_what_lies_beside_it(path: Path) -> None:
    before, file = rights_of(path), access(path)
    old = path.with_name(f"{path.name}.journal")
    old.touch(0o644)

    at(path, "2026-03-18T09:00", path.with_name("ledger.outbox"))

    assert rights_of(path) == before
    beside = [one for one in path.parent.rglob("*") if one.is_file()]
    assert {one.name: access(one) for one in beside} == {one.name: file for one in beside}
    assert {one.suffix for one in beside} >= {".xlsx", ".journal", ".lock", ".sha256", ".eml", ".html"}
    folders = [one for one in path.parent.iterdir() if one.is_dir()]
    entered = file[2] | (file[2] & 0o444) >> 2
    assert [access(one)[:3] for one in folders] == [(OWNER, GROUP, entered)] * 2


AS_NOBODY = """
import grp, os, pwd, sys  # while Python's own folder may still be read
from pathlib import Path
from automation.ledger.errors import LedgerError
from automation.workbooks.file_rights import Rights, give_all
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
path.touch()
try:
    give_all(path, Rights(0, 0, 0o640), "ledger.xlsx")
except LedgerError as error:
    print(error.say("en"))
"""


def test_who_cannot_leave_it_so_is_told_in_a_sentence() -> None:
    with TemporaryDirectory() as folder:  # not pytest's own, where only its user may go
        Path(folder).chmod(0o777)
        said = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, f"{folder}/new"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

    assert said.startswith("ledger.xlsx belongs to root:root, and what ")
    assert said.endswith("(chown). Nothing was written.\n")


def test_a_mode_or_an_attribute_that_does_not_stay_is_refused_before_anything_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that takes no rights: the system's own calls do nothing."""
    before = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    for call in ("chmod", "setxattr"):
        monkeypatch.setattr(os, call, lambda *_, **__: None, raising=False)

    with pytest.raises(Exception, match="would lose what governs who may use it"):
        at(path, "2026-03-18T09:00", path.with_name("ledger.outbox"))

    after = {one.name: one.read_bytes() for one in path.parent.iterdir() if not one.name.endswith(".lock")}
    assert after == before


def test_rights_that_are_right_need_no_right_to_change_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a share where nobody may change an owner, and every file has the same."""
    file = tmp_path / "new"
    file.touch(0o600)
    monkeypatch.setattr(os, "chown", None)
    monkeypatch.setattr(os, "chmod", None)
    give_all(file, rights_of(file), "ledger.xlsx")
    assert isinstance(rights_of(file), Rights)


@pytest.mark.parametrize("name", [".journal", ".backups", ".outbox", ".lock"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    path = ledger_at(tmp_path / "office", [line(**HANDLED)])
    names = {
        ".journal": f"{path.name}.journal", ".lock": f".{path.name}.lock",
        ".backups": f"{path.stem}.backups", ".outbox": f"{path.stem}.outbox",
    }  # fmt: skip
    elsewhere = tmp_path / "elsewhere"
    if name in (".journal", ".lock"):
        elsewhere.write_text("mine\n")
    else:
        elsewhere.mkdir()
    path.with_name(names[name]).symlink_to(elsewhere)
    before = path.read_bytes()

    with pytest.raises(Exception, match="is a link"):
        at(path, "2026-03-18T09:00", path.with_name(f"{path.stem}.outbox"))

    assert list(elsewhere.iterdir()) == [] if elsewhere.is_dir() else elsewhere.read_text() == "mine\n"
    if name != ".outbox":  # without an outbox all else is done
        assert path.read_bytes() == before
    journal = path.with_name(f"{path.name}.journal")
    assert journal.is_symlink() or not journal.exists()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_is_said_and_not_waited_for(tmp_path: Path, make: object) -> None:
    path = tmp_path / "ledger.xlsx"
    make(path)  # type: ignore[operator]
    with pytest.raises(Exception, match=r"is a (pipe|folder)"):
        ExcelWorkbook(path, CLOCK).read()
