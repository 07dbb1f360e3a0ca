"""What a web page leaves in a cell is taken out, and nothing else."""

from __future__ import annotations

import pytest

from automation.ledger.names.markup import without_markup


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>Ash</b>worth", "Ashworth"), ("<B>Ash</B >worth", "Ashworth"), ("Ash<!-- x -->worth", "Ashworth"), ("Ann<br>Bo<br/>Cy", "Ann\nBo\nCy"),
        ("<p class='x'>Ann</p>", "\nAnn\n"), ("O&#39;Brien", "O'Brien"), ("O&#x27;Brien", "O'Brien"), ("Ann&nbsp;Lee", "Ann\xa0Lee"), ("A &amp; B", "A & B"),
        ("Ann <p.lee@s.example>", "Ann <p.lee@s.example>"), ("Smith&notley", "Smith&notley"), ("Smith&Lee;Ng", "Smith&Lee;Ng"), ("a < b > c", "a < b > c"), ("<Ann>", "<Ann>"), ("R&D", "R&D"),
    ],
)  # fmt: skip
def test_the_text_as_the_page_showed_it(typed: str, shown: str) -> None:
    assert without_markup(typed) == shown
