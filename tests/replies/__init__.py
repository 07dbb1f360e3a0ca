"""Ten thousand mangled mails in a real mailbox, and runs that are killed while they read it: `python -m tests.replies SEED COUNT`."""
