"""A register in the two kinds of file that no library here can write: made once by LibreOffice (see `__main__.py`)."""
