"""Writes a list to print as a page and a PDF into a folder."""

from __future__ import annotations

import re
from pathlib import Path

from automation.forms.listing import Listing, listing_page
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.whole_files import write_whole


def write_listing(listing: Listing, folder: Path, name: str, rights: Rights | None) -> None:
    """Write the list under this name, made safe, for whoever may read the ledger (docs/design.md#p8.8). Raises LedgerError."""
    from automation.forms.listing_pdf import listing_pdf  # takes a tenth of a second

    safe = re.sub(r"[^\w -]", "_", name)[:80].strip()
    try:
        make_folder(folder, rights)
        write_whole(folder / f"{safe}.html", listing_page(listing).encode(), rights)
        write_whole(folder / f"{safe}.pdf", listing_pdf(listing), rights)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written: close it if it is open, or choose another folder with --into.").of(
                path=error.filename or folder
            )
        ) from error
