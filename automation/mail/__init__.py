"""Mail: which notices go out, as which mails, and what happens to the claims of a run that died."""
