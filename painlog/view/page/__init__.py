"""The page for a visit: its sections, and how each medium renders them."""
