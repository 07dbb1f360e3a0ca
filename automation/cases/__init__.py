"""What we know about each case: whether a line is one, its deadlines, who may know of it, who is told, its seal."""
