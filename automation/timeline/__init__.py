"""The life of one case: what has happened to it, day by day, and what the jobs will do about it."""
