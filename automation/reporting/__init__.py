"""The report: every figure of a period with the cases behind it, worked out once and shown in several forms."""
