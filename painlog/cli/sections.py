"""Which commands there are: under which heading of the help, in which module, and with which line of help.

The help of all commands takes these lines, so that it need not import the commands. Each is how the command's own help
begins; where none stands here, it is the one of the kind of that name.
"""

from painlog.domain.kinds.registry import KINDS, VERBS

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Record": {
        **dict.fromkeys(VERBS, ("kind_commands", "")),
        "dose": ("record.dose", ""),
        "treatment": ("record.treatment", ""),
        "flare": ("record.flare", ""),
        "ask-doctor": ("record.visits", ""),
        "visit": ("record.visits", "Record a visit, or plan, prepare and go through one."),
        "interference": ("kind_commands", "Record how much pain got in the way."),
        "log": ("record.log", "Record several things in one line, or a whole file of lines."),
        "same": ("record.same", "Record the last day's ratings again, with what was otherwise."),
        "inbox": ("record.inbox", "Record the lines of a text file that a phone writes."),
        "checkin": ("record.checkin", "Answer the day's questions, a key or two each."),
        "ask": ("record.ask", "Fill in a questionnaire on pain, low mood or worry."),
        "short": ("record.short", "Keep a line of your own under a short name."),
        "track": ("record.track", "Add and list measures of your own, beside painlog's."),
        "trial": ("record.trial", "Find out by lot: days with something harmless, days without."),
        "pause": ("record.pause", "Have no questions asked for a while."),
    },
    "Look": {
        "today": ("look.list_show", "Show today's entries beside the last seven days."),
        "list": ("look.list_show", "List entries: the newest 20, or all of a period, kind or text."),
        "show": ("look.list_show", "Show everything one entry holds."),
        "week": ("look.report", "Sum up the last seven days: report --period week."),
        "report": ("look.report", "Sum up a period on one page, for you or a visit."),
        "chart": ("look.chart", "Draw how things move over time."),
        "calendar": ("look.calendar", "Show the days of one thing as a calendar, month by month."),
        "body": ("look.body", "Show where it hurt on a figure, front and back."),
        "link": ("look.link", "See how pain, mood and sleep move together."),
        "helps": ("look.helps", "See pain with and without what you tried, before and after."),
        "plan": ("look.plan", "See and change medicines, therapies, support and goals."),
        "due": ("look.due", "Say what is not recorded yet today; silent where nothing is due."),
    },
    "Keep": {
        "undo": ("keep.undo_delete", "Take back the last command, whole."),
        "redo": ("keep.undo_delete", "Bring back the last command that was taken back."),
        "edit": ("keep.edit", "Change an entry; undo changes it back."),
        "history": ("keep.edit", "Show what an entry was before each change."),
        "delete": ("keep.undo_delete", "Delete entries; undo brings them back."),
        "forget": ("keep.forget", "Remove an entry's words for good; nothing brings them back."),
        "export": ("keep.export", "Write the journal in a form for others."),
        "import": ("keep.import_", "Bring in another app's export, a table, or a journal."),
        "backup": ("keep.backup", "Copy the journal, looked over and whole."),
        "restore": ("keep.backup", "Bring the journal back as it was in a backup."),
        "doctor": ("keep.doctor", "Look the journal over, and repair it if asked to."),
        "encrypt": ("keep.encryption", "Encrypt the journal with a passphrase."),
        "rekey": ("keep.encryption", "Change the passphrase of an encrypted journal."),
        "decrypt": ("keep.encryption", "Take the encryption off the journal."),
        "erase": ("keep.erase", "Remove the journal, its backups and what lies beside it."),
        "sync": ("keep.sync", "Bring this journal and your other devices' together."),
        "merge": ("keep.sync", "Take over what another journal's file holds."),
        "conflicts": ("keep.conflicts", "List what two devices changed unseen by each other."),
        "config": ("keep.config", "See and change the settings."),
        "remind": ("keep.remind", "Be reminded at a time of day, in your own words."),
    },
    "Begin": {
        "demo": ("begin.demo", "Look around in 90 made-up days; your journal is not touched."),
        "help": ("begin.help", "Read the manual: a first week, times, body regions, a command."),
        "help-now": ("begin.help_now", "Show whom to call when it is too much."),
    },
}
MODULES = {name: module for commands in SECTIONS.values() for name, (module, _) in commands.items()}


def help_lines() -> dict[str, dict[str, str]]:
    """Return each command's line of help by its name, under the headings."""
    return {
        heading: {name: line or _first_sentence(KINDS[name].help) for name, (_, line) in commands.items()}
        for heading, commands in SECTIONS.items()
    }


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return f"{first}{stop.strip()}"
