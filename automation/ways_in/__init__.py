"""What comes in from outside the ledger: registers that an office kept before."""
