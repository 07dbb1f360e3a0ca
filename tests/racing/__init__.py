"""An office that types while jobs run, and what must be true afterwards."""
