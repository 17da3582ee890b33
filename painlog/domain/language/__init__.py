"""What a person types: words, dates, lengths of time and amounts, read into drafts. Pure."""
