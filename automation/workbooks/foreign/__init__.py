"""Registers that offices kept before, read from whatever file they are in."""
