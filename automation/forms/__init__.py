"""Papers to print (registration form, receipt, numbered slips), as a web page and as a PDF."""
