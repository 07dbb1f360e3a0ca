"""What is printed of a case: its registration form, the receipt for the visitor, numbered slips for a day without power."""
