"""An office that types while the jobs run, and what has to be true afterwards."""
