"""The report of a period as one frozen value, and its parts."""
