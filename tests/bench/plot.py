"""One plot a server: for the works that tools are chosen for, a bar for everybody, its time as a multiple of the client's.
Plain SVG that brings its own colours for light and dark pages."""

from html import escape
from pathlib import Path
from typing import List, Optional, Tuple

from .contest import Figures, Outcome
from .report import Part, Results, seconds
from .works import Action

WIDTH = 860
NAME_WIDTH = 150  # left of the bars
ROOM = 540  # for the bars; values are right of them
BAR, GAP, TITLE, SPACE = 14, 3, 24, 16
LONGEST = 6.0  # times the client's; longer bars end in an arrow
NOT_PLOTTED = ("start", "crowd")

STYLE = """
  text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
  .head { font-size: 15px; font-weight: 600; }
  .title { font-weight: 600; }
  .small, .value { fill: #59636e; font-size: 11px; }
  .mark { fill: #1f2328; font-weight: 600; }
  .other { fill: #afb8c1; }
  .client { fill: #6e7781; }
  .own { fill: #1a7f37; }
  .one { stroke: #59636e; stroke-width: 1; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text, .mark { fill: #f0f6fc; }
    .small, .value { fill: #9198a1; }
    .other { fill: #4b535d; }
    .client { fill: #8b949e; }
    .own { fill: #3fb950; }
    .one { stroke: #9198a1; }
  }
"""


def write(results: Results, folder: Path) -> None:
    for part in results.parts:
        panels = [panel for panel in (_panel(part, outcome) for outcome in _plotted(part)) if panel]
        if panels:
            suffix = "" if part.durability == "default" else "-durability-off"
            (folder / f"bench-{part.server}{suffix}.svg").write_text(_document(results, part, panels), encoding="utf-8")


Bar = Tuple[str, float, float, str]  # who, ratio to the client, seconds, class
Panel = Tuple[str, List[Bar], List[str]]  # title, bars, who is not there


def _plotted(part: Part) -> List[Outcome]:
    histories = [outcome.work.name for outcome in part.outcomes if outcome.action == Action.STATUS]
    not_plotted = (*NOT_PLOTTED, *histories[:-1])  # the longest says it
    return [outcome for outcome in part.outcomes if outcome.work.name not in not_plotted]


def _panel(part: Part, outcome: Outcome) -> Optional[Panel]:
    """Of its last condition: the longest link, the fullest schema."""
    condition = outcome.work.conditions[-1]
    bars = []
    for figures in (f for f in outcome.figures if f.condition == condition and f.seconds):
        ratio = part.ratio(outcome, figures)
        if ratio:
            bars.append((figures.contestant, ratio, figures.median, _class_of(part, figures)))
    title = outcome.work.title.replace("`", "")
    if outcome.action not in (Action.APPLY, Action.VERSION):
        title += f": {outcome.action.value}"
    return (title, sorted(bars, key=lambda bar: bar[1]), _failed(outcome)) if bars else None


def _failed(outcome: Outcome) -> List[str]:
    """Who tried and did not come to the end."""
    return [name for name, reason in outcome.left_out.items() if reason.startswith(("exit", "not done", "applying", "ended"))]


def _class_of(part: Part, figures: Figures) -> str:
    if figures.contestant == "migrate":
        return "own"
    return "client" if figures.contestant == part.client else "other"


def _document(results: Results, part: Part, panels: List[Panel]) -> str:
    height = 52 + sum(TITLE + len(bars) * (BAR + GAP) + (BAR if failed else 0) + SPACE for _, bars, failed in panels)
    durability = "default durability" if part.durability == "default" else "durability off"
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
           f'role="img" aria-label="Time of migrate, the client and its peers on {escape(part.server)}">',
           f"<style>{STYLE}</style>",
           f'<text class="head" x="0" y="16">{escape(part.server)} {escape(part.version)}, {durability}</text>',
           f'<text class="small" x="0" y="34">Time as a multiple of the client\'s, which tracks nothing; shorter is better. '
           f'{escape(results.machine["processor"])}, {results.machine["cores"]} cores, '
           f'{escape(results.machine["date"])}</text>']
    y = 52
    for title, bars, failed in panels:
        out.append(f'<text class="title" x="0" y="{y + 14}">{escape(title)}</text>')
        y += TITLE
        one = NAME_WIDTH + ROOM / LONGEST
        out.append(f'<line class="one" x1="{one:.1f}" y1="{y - 3}" x2="{one:.1f}" y2="{y + len(bars) * (BAR + GAP)}"/>')
        for who, ratio, took, css in bars:
            mark = ' class="mark"' if css == "own" else ""
            out.append(f'<text{mark} x="{NAME_WIDTH - 8}" y="{y + 11}" text-anchor="end">{escape(who)}</text>')
            end = NAME_WIDTH + ROOM * min(ratio, LONGEST) / LONGEST
            arrow = f" l{BAR / 2} {BAR / 2} l-{BAR / 2} {BAR / 2}" if ratio > LONGEST else f" v{BAR}"
            out.append(f'<path class="{css}" d="M{NAME_WIDTH} {y} H{end:.1f}{arrow} H{NAME_WIDTH} Z"/>')
            out.append(f'<text class="value" x="{max(end, one) + 14:.1f}" y="{y + 11}">{_times(ratio)} · {seconds(took)}</text>')
            y += BAR + GAP
        if failed:
            out.append(f'<text class="small" x="{NAME_WIDTH}" y="{y + 12}">did not finish: {escape(", ".join(failed))}</text>')
            y += BAR
        y += SPACE
    return "\n".join(out + ["</svg>"]) + "\n"


def _times(ratio: float) -> str:
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:,.0f} ×"
