"""The outbox: which notices go out, as which mails, and what a run that died left behind."""
