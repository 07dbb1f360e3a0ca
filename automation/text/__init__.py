"""Text for people: dates and durations in words, and templates."""
