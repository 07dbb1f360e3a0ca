"""Whether the tests would notice: one small change after another in the code that must not fail."""
