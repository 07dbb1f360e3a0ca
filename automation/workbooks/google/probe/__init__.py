"""What is taken for granted of Google, and how `check --probe` tries it."""
