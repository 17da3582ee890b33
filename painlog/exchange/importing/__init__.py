"""What all importers share: sources, tables, dates, nights, and what a person says of columns."""
