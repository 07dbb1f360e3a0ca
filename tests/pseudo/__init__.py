"""A language made by a program: English with an accent on every letter, and every sentence longer.

Whatever the program says in it without an accent was never given to the translators. `python -m tests.pseudo` tries it all;
a part of it is in the suite.
"""
