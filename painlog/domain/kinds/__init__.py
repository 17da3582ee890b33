"""What can be recorded: the registry, what a declaration says, the types of fields, and one file a subject."""
