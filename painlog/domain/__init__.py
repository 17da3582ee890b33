"""What can be recorded: kinds, fields, regions, dates and the grammar of a line. Pure; knows no file and no screen."""
