"""One run: plan everything in memory, then write and send it."""
