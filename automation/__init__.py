"""The jobs that look after the ledger: read, parse, decide, write. See "The house" in the README."""
