"""Other people's formats, in and out. Text and values; knows no journal."""
