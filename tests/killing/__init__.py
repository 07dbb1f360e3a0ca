"""Runs killed at any step, once or several times in a row, and what must be true afterwards."""
