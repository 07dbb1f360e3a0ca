"""One case's whole life: what happened, by which rule, and what comes next."""
