"""Report values in, text out: the only home of rich and plotext, and of the function that escapes for a terminal."""
