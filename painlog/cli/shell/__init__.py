"""What a prompt and TAB ask, and what is recorded without Typer: the only place with tricks for speed."""
