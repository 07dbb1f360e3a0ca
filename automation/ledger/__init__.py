"""The workbook as values: tables, cells, rules, settings, names, days. Nothing here reads a clock or the disk."""
