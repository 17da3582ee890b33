"""Change files that devices exchange through a shared folder."""
