"""How a mail leaves: through a mail server, or into a folder that a browser shows."""
