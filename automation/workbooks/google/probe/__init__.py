"""What the program assumes about Google, and how `check --probe` tests it."""
