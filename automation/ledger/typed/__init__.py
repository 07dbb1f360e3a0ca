"""What people type in cells, and what it means: days, numbers, words of a list, ticks."""
