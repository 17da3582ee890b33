"""Which commands there are, under which heading of the help, and in which module each is."""

from painlog.domain.kinds.registry import VERBS

SECTIONS = {
    "Record": {
        **dict.fromkeys(VERBS, "kind_commands"),
        "dose": "record.dose",
        "ask-doctor": "record.visits",
        "visit": "record.visits",
        "interference": "kind_commands",
        "log": "record.log",
        "checkin": "record.checkin",
        "ask": "record.ask",
        "track": "record.track",
    },
    "Look": {
        "today": "look.list_show",
        "list": "look.list_show",
        "show": "look.list_show",
        "week": "look.report",
        "report": "look.report",
        "chart": "look.chart",
        "calendar": "look.calendar",
        "body": "look.body",
        "link": "look.link",
        "helps": "look.helps",
        "plan": "look.plan",
        "due": "look.due",
    },
    "Keep": {
        "undo": "keep.undo_delete",
        "redo": "keep.undo_delete",
        "edit": "keep.edit",
        "history": "keep.edit",
        "delete": "keep.undo_delete",
        "export": "keep.export",
        "import": "keep.import_",
        "backup": "keep.backup",
        "restore": "keep.backup",
        "doctor": "keep.doctor",
        "encrypt": "keep.encryption",
        "rekey": "keep.encryption",
        "decrypt": "keep.encryption",
        "erase": "keep.erase",
        "sync": "keep.sync",
        "merge": "keep.sync",
        "conflicts": "keep.conflicts",
        "config": "keep.config",
    },
    "Begin": {"demo": "begin.demo", "help": "begin.help", "help-now": "begin.help_now"},
}
MODULES = {name: module for commands in SECTIONS.values() for name, module in commands.items()}
