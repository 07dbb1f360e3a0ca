"""The jobs: what follows from the ledger and the time. Pure functions; nothing here reads a clock or a disk."""
