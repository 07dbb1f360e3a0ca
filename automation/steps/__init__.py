"""The jobs, one module each. A step is pure: it sees a ledger and the time, and makes a ledger."""
