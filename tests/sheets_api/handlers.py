"""The one list of what batchUpdate serves. Whatever else the discovery document knows is refused by name."""

from __future__ import annotations

from . import metadata, on_blocks, on_cells, on_dimensions, on_overlays, on_paste, on_protection, on_sheets
from .batch import Handler

HANDLERS: dict[str, Handler] = {
    **on_sheets.HANDLERS,
    **on_cells.HANDLERS,
    **on_dimensions.HANDLERS,
    **on_paste.HANDLERS,
    **on_blocks.HANDLERS,
    **on_protection.HANDLERS,
    **on_overlays.HANDLERS,
    **metadata.HANDLERS,
}
