"""The jobs, as pure functions of the ledger and the time (docs/design.md#p7.2)."""
