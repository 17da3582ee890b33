"""Which commands there are, under which heading of the help, and in which module each is."""

from painlog.domain.kinds import VERBS

SECTIONS = {
    "Record": {
        **dict.fromkeys(VERBS, "record"),
        "dose": "dose",
        "ask-doctor": "visits",
        "visit": "visits",
        "interference": "record",
        "log": "log",
        "checkin": "checkin",
        "ask": "ask",
        "track": "track",
    },
    "Look": {
        "today": "look",
        "list": "look",
        "show": "look",
        "week": "report",
        "report": "report",
        "chart": "chart",
        "calendar": "calendar",
        "body": "body",
        "link": "link",
        "helps": "helps",
        "plan": "plan",
        "due": "due",
    },
    "Keep": {
        "undo": "keep",
        "redo": "keep",
        "edit": "edit",
        "history": "edit",
        "delete": "keep",
        "export": "export",
        "import": "import_",
        "backup": "backup",
        "restore": "backup",
        "doctor": "doctor",
        "encrypt": "seal",
        "rekey": "seal",
        "decrypt": "seal",
        "erase": "erase",
        "sync": "sync",
        "merge": "sync",
        "conflicts": "conflicts",
        "config": "config",
    },
    "Begin": {"demo": "demo", "help": "help", "help-now": "help_now"},
}
MODULES = {name: module for commands in SECTIONS.values() for name, module in commands.items()}
