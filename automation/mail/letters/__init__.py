"""The text of each kind of mail, with no more in it than its reader may know."""
