"""Commands that keep, change, take out and bring in."""
