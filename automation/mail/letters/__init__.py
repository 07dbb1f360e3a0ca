"""What each mail says, as far as its reader may know."""
