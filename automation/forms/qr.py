"""QR codes, as squares that page and PDF draw alike. They need the extra `forms`."""

from __future__ import annotations

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.text.extras import how_to_install

Code = tuple[tuple[bool, ...], ...]
"""The rows of a QR code from the top: which squares are dark. The white border around it is not among them."""
BORDER = 4
"""So many squares wide is the white border that a telephone needs around it."""


def code_of(text: str) -> Code:
    """The QR code of a text. Raises LedgerError if the library is not installed."""
    try:
        import segno  # an extra: who prints no codes does without
    except ImportError as error:
        raise LedgerError(
            msg("QR codes need one library more: install it with {command}, or empty the address in Settings.").of(
                command=how_to_install("forms")
            )
        ) from error
    return tuple(tuple(bool(dark) for dark in row) for row in segno.make_qr(text, error="m").matrix)


def outline(code: Code) -> str:
    """The dark squares as the path of an SVG, one unit each, with the border."""
    return "".join(
        f"M{x + BORDER} {y + BORDER}h1v1h-1z" for y, row in enumerate(code) for x, dark in enumerate(row) if dark
    )
