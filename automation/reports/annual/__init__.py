"""The year's summary as a Word document."""
