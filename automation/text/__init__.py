"""Words on their way to a reader: days as people say them, templates."""
