"""How things move together, and what changed with a treatment: the statistics, checked against reference libraries."""
