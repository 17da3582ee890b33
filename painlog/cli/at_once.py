"""What is answered before anything is loaded."""


def answered(words: list[str]) -> bool:
    """Answer a command line; false, with nothing done, for one that takes more."""
    if words == ["--version"]:
        from painlog import __version__

        print(f"painlog {__version__}")
        return True
    return False
