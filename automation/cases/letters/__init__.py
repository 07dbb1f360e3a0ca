"""What a letter about a case says, what it lacks, and why one may not be made."""
