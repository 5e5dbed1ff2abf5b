"""The results as JSON for programs and as Markdown for people."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional

from .contest import Figures, Outcome
from .works import Action


@dataclass
class Part:
    """What was measured on one server."""
    server: str
    version: str
    durability: str
    client: str  # whose time is 1
    outcomes: List[Outcome] = field(default_factory=list)

    def ratio(self, outcome: Outcome, figures: Figures) -> Optional[float]:
        client = outcome.of(self.client, figures.condition)
        return figures.median / client.median if client and client.seconds and figures.seconds else None

    def without_delay(self, outcome: Outcome, figures: Figures) -> Optional[Figures]:
        """The same work of the same contestant over a short link."""
        if not figures.condition.round_trip_ms:
            return None
        plain = next((o for o in self.outcomes if o.work.name == "ddl"), None)
        return plain.of(figures.contestant) if plain else None


@dataclass
class Results:
    machine: Dict[str, str]
    tools: Dict[str, str]
    missing: Dict[str, str]
    scale: str
    parts: List[Part] = field(default_factory=list)


def write(results: Results, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(as_json(results), indent=2) + "\n", encoding="utf-8")
    (folder / "bench.md").write_text(as_markdown(results), encoding="utf-8")


def as_json(results: Results) -> dict:
    return {
        "machine": results.machine, "scale": results.scale, "tools": results.tools, "missing": results.missing,
        "parts": [{
            "server": part.server, "version": part.version, "durability": part.durability,
            "outcomes": [{
                "work": outcome.work.name, "title": outcome.work.title, "action": outcome.action.value,
                "left_out": outcome.left_out,
                "figures": [{
                    "contestant": f.contestant, "condition": f.condition.name,
                    "seconds": [round(s, 5) for s in f.seconds],
                    "median": round(f.median, 5) if f.seconds else None,
                    "ratio_to_client": _rounded(part.ratio(outcome, f)),
                    "queries": f.questions, "round_trips": f.round_trips, "peak_memory_kib": f.peak_kib,
                } for f in outcome.figures],
            } for outcome in part.outcomes],
        } for part in results.parts],
    }


def as_markdown(results: Results) -> str:
    machine = results.machine
    lines = ["# Benchmark", "",
             f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}; {machine['date']}"
             + (" (`--quick`: a tenth of the size)" if results.scale == "quick" else "") + ".",
             "Wall seconds are medians; everybody ran in turns in one run, over TCP on 127.0.0.1 without TLS. × is the ratio to "
             "the client fed the same SQL, which tracks nothing. Queries, round trips (answers waited for; logins are in "
             "it) and peak memory are of a run of its own.", ""]
    lines += ["| tool | version |", "|---|---|"] + [f"| {name} | {version} |" for name, version in results.tools.items()]
    lines += [f"| {name} | missing: {reason} |" for name, reason in results.missing.items()]
    for part in results.parts:
        durability = "its default durability" if part.durability == "default" else "durability off"
        lines += ["", f"## {part.server} {part.version}, {durability}"]
        for outcome in part.outcomes:
            lines += ["", *_table(part, outcome)]
    return "\n".join(lines) + "\n"


def _table(part: Part, outcome: Outcome) -> List[str]:
    what = "" if outcome.action in (Action.APPLY, Action.VERSION) else f": `{outcome.action.value}`"
    lines = [f"**{outcome.work.title}{what}**", "",
             "| | median | min to max | × client | queries | round trips | peak memory | |", "|---|--:|--:|--:|--:|--:|--:|---|"]
    for f in sorted((f for f in outcome.figures if f.seconds), key=lambda f: f.median):
        ratio = part.ratio(outcome, f)
        lines.append(f"| {f.contestant}{', ' + f.condition.name if f.condition.name else ''} | {seconds(f.median)} | "
                     f"{seconds(min(f.seconds))} to {seconds(max(f.seconds))} | {ratio:.2f} | {_count(f.questions)} | "
                     f"{_count(f.round_trips)} | {f.peak_kib / 1024:.0f} MiB | {_remark(part, outcome, f)} |"
                     if ratio is not None else
                     f"| {f.contestant} | {seconds(f.median)} | | | | | | |")
    if outcome.left_out:
        lines += ["", "Not there: " + "; ".join(_reasons(outcome.left_out)) + "."]
    return lines


def _reasons(left_out: Dict[str, str]) -> List[str]:
    by_reason: Dict[str, List[str]] = {}
    for name, reason in left_out.items():
        by_reason.setdefault(reason, []).append(name)
    return [f"{', '.join(names)} ({reason})" for reason, names in by_reason.items()]


def _remark(part: Part, outcome: Outcome, figures: Figures) -> str:
    plain = part.without_delay(outcome, figures)
    if plain and plain.seconds:
        return f"{figures.median / plain.median:.2f} × its own without the delay"
    conditions = outcome.work.conditions
    if figures.condition.crowd:
        empty = outcome.of(figures.contestant, conditions[0])
        return f"{figures.median / empty.median:.2f} × its own in an empty schema" if empty and empty.seconds else ""
    return ""


def seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _count(value: Optional[int]) -> str:
    return "" if value is None else f"{value:,}"


def _rounded(value: Optional[float]) -> Optional[float]:
    return None if value is None else round(value, 3)
