"""What `server.quirks` may hold: ways in which Google might turn out to be other than documented or assumed."""

from __future__ import annotations

QUIRKS = {
    "echo-before": "The reply to a batch shows the spreadsheet as it was before.",
    "batch-not-rolled-back": "What a refused batch did before the refusal stays.",
    "duplicate-sheet-title-allowed": "Two tabs may have one title.",
    "deleted-sheet-ignored": "A request about a tab that is gone does nothing, and is no error.",
    "reads-lag": "Every read by GET shows the spreadsheet before its last change.",
    "tabs-of-different-moments": "values:batchGet shows all ranges but the first before the last change.",
    "copypaste-skips-hidden": "copyPaste leaves out rows that a filter hides.",
    "copypaste-drops-notes": "copyPaste takes no notes along.",
    "copypaste-doubles-rules": "copyPaste adds a conditional format each time.",
    "paste-of-looks-ignored": "PASTE_FORMAT and PASTE_DATA_VALIDATION do nothing.",
    "text-becomes-formula": "Text that begins with = is taken for a formula, wherever it comes from.",
    "formula-render-formats-dates": "valueRenderOption=FORMULA gives days as they are shown.",
    "writing-drops-notes": "A new value takes the cell's note away.",
    "emptying-ignored": "updateCells with a range and no rows does nothing.",
    "strict-rules-hold-for-all": "A strict validation refuses values that are written by the API.",
    "semicolons-refused": "A formula with semicolons is no formula.",
    "unmerging-nothing-refused": "unmergeCells is refused where nothing is merged.",
    "lost-names-stay-lost": "A named range whose cells were deleted stays, and cannot be given others.",
    "duplicate-metadata-id-allowed": "Two entries of developer metadata may have one id.",
    "metadata-search-lags": "A search for developer metadata shows what was there before the last change.",
}
