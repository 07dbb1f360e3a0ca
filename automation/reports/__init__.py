"""The figures of a period, worked out once, and shown as a page, a tab, JSON and the Dashboard."""
