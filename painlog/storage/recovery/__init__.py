"""What brings a journal back: backups, the check-up, carving, repair, restore."""
