"""How fast things are, measured side by side in one run. Not tests: machines differ."""
