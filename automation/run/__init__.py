"""One run: what is to be done, worked out in memory, then written and sent."""
