"""Replies by mail: which mails are, whose they are, what is new in them, and which case they answer."""
