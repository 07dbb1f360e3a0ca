"""Papers to print: the registration form, the receipt, numbered slips; as a page and as a PDF."""
