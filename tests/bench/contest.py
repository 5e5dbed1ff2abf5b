"""Has a work done by everybody, in turns, and keeps what it took."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Callable, Dict, List, Optional, Tuple

from .command import Command, Ending, run, run_watched
from .contestant import Client, Contestant, Migrate
from .proxy import Proxy
from .server import Server, Target
from .steps import create_table
from .works import Action, Condition, Peers, Work

STARTS_A_ROUND = 10  # of whoever starts in milliseconds
SLOW_START_SECONDS = 0.2
DISK_FOR_A_BYTE = 8  # of a file: everybody's copy, everybody's tables, logs
NO_ROOM = "the disk has no room for it"


@dataclass
class Figures:
    contestant: str
    condition: Condition
    seconds: List[float] = field(default_factory=list)
    questions: Optional[int] = None
    round_trips: Optional[int] = None
    peak_kib: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass
class Outcome:
    """Of one action of one work on one server."""
    work: Work
    action: Action
    figures: List[Figures] = field(default_factory=list)
    left_out: Dict[str, str] = field(default_factory=dict)

    def of(self, contestant: str, condition: Optional[Condition] = None) -> Optional[Figures]:
        wanted = condition or self.work.conditions[0]
        return next((f for f in self.figures if f.contestant == contestant and f.condition == wanted), None)

    def failed(self, contestant: str) -> bool:
        """Whether it tried, or should have, and did not come to the end."""
        return self.left_out.get(contestant, NO_ROOM) != NO_ROOM

    def drop(self, contestant: str, reason: str) -> None:
        self.left_out[contestant] = reason
        self.figures = [f for f in self.figures if f.contestant != contestant]


class Contest:
    """`say` is told what is under way."""

    def __init__(self, server: Server, contestants: List[Contestant], folder: Path, rounds: int, limit: float,
                 say: Callable[[str], None]):
        self._server = server
        self._contestants = contestants
        self._folder = folder
        self._rounds = rounds
        self._limit = limit
        self._say = say

    def hold(self, work: Work) -> List[Outcome]:
        self._say(work.title)
        taking_part, left_out = self._choose(work)
        try:
            for contestant in taking_part:
                folder = self._folder_of(contestant)
                folder.mkdir(parents=True)
                if work.actions != (Action.VERSION,):
                    contestant.lay_out(folder, work.steps())
            if Action.STATUS in work.actions:
                self._make_histories(work, taking_part, left_out)
            outcomes = []
            for action in work.actions:
                outcome = Outcome(work, action, left_out=dict(left_out))
                self._measure(outcome, [c for c in taking_part if c.name not in left_out])
                outcomes.append(outcome)
            for schema in self._server.sql("SHOW DATABASES LIKE 'bench\\_%'"):
                self._server.drop(schema)
            return outcomes
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _choose(self, work: Work) -> Tuple[List[Contestant], Dict[str, str]]:
        taking_part, left_out = [], {}
        for contestant in self._contestants:
            own = isinstance(contestant, (Client, Migrate))
            if work.bytes * DISK_FOR_A_BYTE > shutil.disk_usage(self._folder.parent).free:
                left_out[contestant.name] = NO_ROOM
            elif work.peers == Peers.NONE and not own:
                left_out[contestant.name] = "only migrate and the client do this work"
            elif work.peers == Peers.WITH_HISTORY and not contestant.keeps_history:
                left_out[contestant.name] = "keeps no history"
            elif work.peers == Peers.WITH_FILES and not contestant.runs_files:
                left_out[contestant.name] = "runs no files of SQL statements"
            else:
                taking_part.append(contestant)
        return taking_part, left_out

    def _make_histories(self, work: Work, taking_part: List[Contestant], left_out: Dict[str, str]) -> None:
        for contestant in taking_part:
            self._say(f"  {contestant.name} applies everything once")
            self._empty(work, contestant, Condition())
            ending = run(contestant.make_history(self._folder_of(contestant), self._target(contestant, Condition())),
                         self._limit)
            if ending.code != 0:
                left_out[contestant.name] = f"applying: {ending.complaint()}"

    def _measure(self, outcome: Outcome, taking_part: List[Contestant]) -> None:
        entries = [(contestant, condition) for contestant in taking_part for condition in outcome.work.conditions]
        expected = None
        for contestant, condition in entries:
            if contestant.name in outcome.left_out:
                continue
            self._say(f"  {outcome.action.value}: {contestant.name} {condition.name}, counted")
            figures, ending = self._count(outcome, contestant, condition)
            outcome.figures.append(figures)
            if ending.code != 0:
                outcome.drop(contestant.name, ending.complaint())
            elif outcome.action == Action.APPLY and outcome.work.proof:
                found = self._server.sql(outcome.work.proof, self._target(contestant, condition).schema)
                expected = expected or found
                if found != expected:
                    outcome.drop(contestant.name, f"ended well, but left {found} instead of {expected}")
        for number in range(self._rounds):
            # Nobody has the same one in front every time.
            turn = number % len(entries) if entries else 0
            for contestant, condition in entries[turn:] + entries[:turn]:
                figures = outcome.of(contestant.name, condition)
                if figures is None:
                    continue
                self._say(f"  {outcome.action.value}: {contestant.name} {condition.name}, round {number + 1} of {self._rounds}")
                ending = self._time(outcome, contestant, condition, figures)
                if ending.code != 0:
                    outcome.drop(contestant.name, ending.complaint())

    def _count(self, outcome: Outcome, contestant: Contestant, condition: Condition) -> Tuple[Figures, Ending]:
        if outcome.action == Action.VERSION:
            ending = run_watched(contestant.version(self._folder_of(contestant)), self._limit)
            return Figures(contestant.name, condition, peak_kib=ending.peak_kib), ending
        self._prepare(outcome, contestant, condition)
        # What asking costs by itself.
        first = self._server.questions()
        before = self._server.questions()
        with Proxy(self._server.port) as proxy:
            ending = run_watched(self._command(outcome.action, contestant, condition, proxy.port), self._limit)
            round_trips = proxy.round_trips
        questions = self._server.questions() - before - (before - first)
        return Figures(contestant.name, condition, [], questions, round_trips, ending.peak_kib), ending

    def _time(self, outcome: Outcome, contestant: Contestant, condition: Condition, figures: Figures) -> Ending:
        if outcome.action == Action.VERSION:
            for _ in range(STARTS_A_ROUND):
                ending = run(contestant.version(self._folder_of(contestant)), self._limit)
                figures.seconds.append(ending.seconds)
                if ending.code != 0 or ending.seconds > SLOW_START_SECONDS:
                    break
            return ending
        self._prepare(outcome, contestant, condition)
        if condition.round_trip_ms:
            with Proxy(self._server.port, condition.round_trip_ms) as proxy:
                ending = run(self._command(outcome.action, contestant, condition, proxy.port), self._limit)
        else:
            ending = run(self._command(outcome.action, contestant, condition, self._server.port), self._limit)
        figures.seconds.append(ending.seconds)
        return ending

    def _command(self, action: Action, contestant: Contestant, condition: Condition, port: int) -> Command:
        target = Target(port, self._target(contestant, condition).schema)
        does = {Action.APPLY: contestant.apply, Action.APPLY_NOTHING: contestant.apply_nothing,
                Action.STATUS: contestant.status}[action]
        return does(self._folder_of(contestant), target)

    def _prepare(self, outcome: Outcome, contestant: Contestant, condition: Condition) -> None:
        if outcome.action != Action.APPLY:
            return
        self._empty(outcome.work, contestant, condition)
        look = contestant.look(self._folder_of(contestant), self._target(contestant, condition))
        if condition.looked_at and look:
            run(look, self._limit)

    def _empty(self, work: Work, contestant: Contestant, condition: Condition) -> None:
        """The contestant's schema as it is before any step. A crowd stays where it is, being long to make."""
        schema = self._target(contestant, condition).schema
        if condition.crowd and self._server.sql(f"SHOW DATABASES LIKE '{schema}'"):
            tables = self._server.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                                      "AND table_name NOT LIKE 'crowd%'", schema)
            self._server.sql("".join(f"DROP TABLE `{table}`;\n" for table in tables), schema)
            return
        for name in (schema, f"{schema}_sqitch"):
            self._server.drop(name)
        self._server.sql(f"CREATE DATABASE `{schema}` CHARACTER SET utf8mb4")
        self._server.sql(work.needs + "".join(create_table(f"crowd{n}") for n in range(condition.crowd)), schema)

    def _folder_of(self, contestant: Contestant) -> Path:
        return self._folder / contestant.name.replace(" ", "_")

    def _target(self, contestant: Contestant, condition: Condition) -> Target:
        plain = "".join(c if c.isalnum() else "_" for c in contestant.name)
        return Target(self._server.port, f"bench_{plain}" + ("_crowd" if condition.crowd else ""))
