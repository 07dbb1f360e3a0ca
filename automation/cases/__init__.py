"""What is known of every case: which lines are cases, their deadlines, who may know, who is to be told, seals."""
