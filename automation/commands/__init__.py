"""What can be typed: one file for each command, and what the commands share."""
