"""A commit among people who type meanwhile: each row looked up, copied, written, verified, and put right where it had changed."""
