"""Puts what was made in a fresh workbook into one that people have, whose other parts stay byte for byte."""
