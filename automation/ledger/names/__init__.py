"""Whom a written name means: folding, the words around names, Western and Han names, reading a cell to its last word."""
