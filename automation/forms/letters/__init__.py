"""Letters as Word documents and PDFs: our templates, made from the declared texts, an office's own, and how either is filled in."""
