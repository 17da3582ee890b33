"""What commands need from the journal, fetched from it as values. Knows no command and prints nothing but a remark."""
