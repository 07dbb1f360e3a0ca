"""Reports on a period, and on a single case."""
