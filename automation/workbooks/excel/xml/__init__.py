"""Changes inside a workbook's XML: only the cells that must change, and rows that move with all that belongs to them."""
