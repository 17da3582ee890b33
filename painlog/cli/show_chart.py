"""A chart at the terminal's size."""

from painlog.analysis.chart import Chart
from painlog.cli.session import Session
from painlog.view.screens.charts import chart_lines, panel_lines, rows_beside
from painlog.view.terminal import height, show, width

LEAST_WIDTH = 30
USUAL_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 19, 10, 24
PANELS_HEIGHT, MOST_PANELS_HEIGHT = 30, 60


def chart_width() -> int:
    """Return how many columns a chart gets: the terminal's, within reason."""
    return max(LEAST_WIDTH, width())


def show_chart(session: Session, drawn: Chart, columns: int, *, panels: bool = False) -> None:
    """Print a chart in as many rows as the terminal has left, within reason."""
    least, usual, most = (
        (LEAST_HEIGHT, PANELS_HEIGHT, MOST_PANELS_HEIGHT) if panels else (LEAST_HEIGHT, USUAL_HEIGHT, MOST_HEIGHT)
    )
    free = height()
    rows = usual if free is None else min(most, max(least, free - 1 - rows_beside(drawn, columns, panels=panels)))
    show((panel_lines if panels else chart_lines)(drawn, columns, rows), plain=session.plain)
