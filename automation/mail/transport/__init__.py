"""How a mail leaves: through a mail server, or into a folder for a browser."""
