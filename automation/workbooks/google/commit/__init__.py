"""A commit while people type: it finds each row, copies it, writes it, checks the copy, and undoes what went wrong."""
