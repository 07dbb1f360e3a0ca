"""A new workbook, laid out, and what an older one lacks."""
