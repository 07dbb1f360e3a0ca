"""Tests of what people look at in the workbook."""
