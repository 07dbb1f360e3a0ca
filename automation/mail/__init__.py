"""Mails: composed once, written to a folder or sent. Knows nothing of steps or workbooks."""
