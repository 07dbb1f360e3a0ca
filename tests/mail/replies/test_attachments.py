"""Files that come with a mail: safe names, bounds, and what is not kept."""

from __future__ import annotations

import pytest

from automation.mail.replies.attachments import LARGEST_FILES, MOST_FILES, attached, kept_files, safe_name

NAMES = {
    "../../etc/passwd": "passwd", "..\\..\\boot.ini": "boot.ini", "C:\\Users\\x\\a.pdf": "a.pdf", "CON": "_CON", "nul.txt": "_nul.txt", "lpt1.tar.gz": "_lpt1.tar.gz",
    "报告：一.pdf": "报告_一.pdf", "a:b?.doc": "a_b_.doc", ".bashrc": "bashrc", "": "file", "...": "file", "  x . pdf ": "x.pdf", "x\u202egpj.exe": "x gpj.exe",
    "a\nb\x00c.pdf": "a b c.pdf", "~$x.docx": "__x.docx", "=cmd|' /C calc'!A0.csv": "C calc__A0.csv", "ＣＯＮ": "_CON", "a" * 300 + ".pdf": "a" * 60 + ".pdf", "字" * 300: "字" * 50, "😀" * 60 + ".😀😀😀": "😀" * 37, "𠀀" * 80 + ".pdf": "𠀀" * 37 + ".pdf",
}  # fmt: skip


@pytest.mark.parametrize(("name", "safe"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_safe_on_any_disk(name: str, safe: str) -> None:
    found = safe_name(name)
    assert found == safe
    assert len(f".{'信' * 12}00001 2026-03-19 12345678 20 {found}.tmp".encode()) < 255  # as it is written


@pytest.mark.parametrize(
    ("name", "content", "harmful"),
    [
        ("report.pdf", b"%PDF", False), ("photo.jpg", b"\xff\xd8", False), ("x.exe", b"", True), ("x.pdf.exe", b"", True), ("x.exe.pdf", b"", True), ("x.docm", b"PK", True),
        ("report.pdf", b"MZ\x90", True), ("script", b"#!/bin/sh", True), ("page.HTML", b"<p>", True), ("list.xlsx", b"PK", False), ("x.lnk", b"", True), ("x.JS ", b"", True),
    ],
)  # fmt: skip
def test_what_could_do_harm_is_known_by_its_name_or_by_what_it_is(name: str, content: bytes, harmful: bool) -> None:
    assert attached(name, content).harmful is harmful


def test_what_is_kept_has_a_name_of_its_own_and_the_rest_is_named() -> None:
    files = [
        attached(name, content)
        for name, content in [("a.pdf", b"1"), ("a.pdf", b"2"), ("x.exe", b"3"), ("big.zip", b"0" * LARGEST_FILES)]
    ]
    kept = kept_files("LV-00001 2026-03-19 ab", files, named=True)
    assert [name for name, _ in kept.files] == ["LV-00001 2026-03-19 ab 1 a.pdf", "LV-00001 2026-03-19 ab 2 a.pdf"]
    assert kept.left == ("x.exe", "big.zip")


def test_of_a_case_that_must_not_be_quoted_no_file_tells_its_name() -> None:
    kept = kept_files(
        "LV-00001 2026-03-19 ab",
        [attached("Smith.pdf", b"1"), attached("Smith.exe", b"2"), attached("Smith.报告", b"3")],
        named=False,
    )
    assert ([name for name, _ in kept.files], kept.left) == (
        ["LV-00001 2026-03-19 ab 1.pdf", "LV-00001 2026-03-19 ab 3"],
        ("2",),
    )


def test_no_more_files_are_kept_than_anybody_sends() -> None:
    kept = kept_files("x", [attached("a.pdf", b"1")] * (MOST_FILES + 5), named=True)
    assert (len(kept.files), len(kept.left)) == (MOST_FILES, 5)
