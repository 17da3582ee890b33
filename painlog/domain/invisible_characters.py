"""Characters that are not seen, or that change how others are read: what no text takes to a screen or a cell. Pure."""

FIRST_PICTURE, LAST_PICTURE = 0x2400, 0x2421
PICTURES = {code: chr(FIRST_PICTURE + code) for code in range(0x20)} | {0x7F: chr(LAST_PICTURE)}
HIDDEN = (
    *range(0x80, 0xA0),  # C1 controls, among them an eight-bit ESC [
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # bidirectional controls
    *(0x2028, 0x2029, 0xFEFF, 0x00AD, 0x200B, 0x2060),  # separators and what has no width
    *range(0xE0000, 0xE0080),  # tags
    *range(0xD800, 0xE000),  # halves of characters
)
