"""Which mail addresses stand in a cell, and which of them are one mailbox."""

from __future__ import annotations

import pytest

from automation.ledger.addresses import addresses_in, mailbox_of, only_addresses


@pytest.mark.parametrize(
    ("cell", "found", "nothing_else"),
    [
        ("", "", True), (" ", "", True), ("a@s.example", "a@s.example", True), ("no address", "", False), ("a@s", "", False),
        ("a@s.e; b@s.e；c@s.e、d@s.e,e@s.e，f@s.e g@s.e\nh@s.e;|i@s.e/j@s.e", " ".join(f"{one}@s.e" for one in "abcdefghij"), True),
        ("mailto:est@s.example", "est@s.example", True), ("MAILTO:a@s.e;mailto:b@s.e", "a@s.e b@s.e", True),
        ("est＠s.example", "est@s.example", True), ("ｅst@ｓ.example", "est@s.example", True),
        ("est@s.example（办公室）", "est@s.example", False), ("Estates <est@s.example>", "est@s.example", False),
        ("est @ s.example", "est@s.example", True), ("a@s.e b @s.e", "a@s.e b@s.e", True),
        ("rjones@s.example|est@s.example", "rjones@s.example est@s.example", True),
        ("rjones@s.example或est@s.example", "rjones@s.example est@s.example", False),
        ("e\u200bst@s\u2060.example\ufeff", "est@s.example", True), ("邮箱：est@s.example。", "est@s.example", False),
        ("rjones+cur@s.example", "rjones+cur@s.example", True), ("王芳@s.example", "王芳@s.example", True),
        ("mailto:est@s.example?subject=x", "est@s.example", False),
    ],
)  # fmt: skip
def test_the_addresses_in_a_cell(cell: str, found: str, nothing_else: bool) -> None:
    assert (" ".join(addresses_in(cell)), only_addresses(cell)) == (found, nothing_else)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (" A@S.example ", "a@s.example"), ("ａ＠s.example", "a@s.example"), ("é@S", "é@s"), ("rjones+cur@s.example", "rjones@s.example"),
        ("mailto:est@s.example", "est@s.example"), ("est @ s.example", "est@s.example"), ("e\u200bst@s.example", "est@s.example"),
        ("R.Jones+x@googlemail.com", "rjones@gmail.com"), ("r.jones@s.example", "r.jones@s.example"), ("+x@s.example", "+x@s.example"),
        ("'est@s.example", "est@s.example"), ("", ""),
        ("est@xn--mnchen-3ya.example", "est@münchen.example"), ("EST@XN--FIQ228C.example", "est@中文.example"), ("est@xn--.example", "est@xn--.example"),
    ],
)  # fmt: skip
def test_addresses_of_one_mailbox(one: str, same: str) -> None:
    assert (mailbox_of(one), mailbox_of(same)) == (same, same)
