"""Commands that record."""
