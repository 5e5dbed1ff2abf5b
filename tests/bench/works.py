"""The works of the benchmark, and how large they are."""

from dataclasses import dataclass
from enum import Enum
from typing import Callable, List, Tuple

from . import steps
from .steps import Step


class Action(Enum):
    APPLY = "up"
    APPLY_NOTHING = "up with nothing to do"
    STATUS = "status"
    VERSION = "start-up (--version)"


class Peers(Enum):
    """Which of them can do a work at all."""
    ALL = "all"
    WITH_HISTORY = "those that keep a history"
    WITH_FILES = "those that run a file of SQL"
    NONE = "none"


@dataclass(frozen=True)
class Condition:
    """What a run finds: how long the link is, how full the schema."""
    name: str = ""
    round_trip_ms: float = 0
    crowd: int = 0  # tables that are there already
    looked_at: bool = False  # an earlier run has left its history, and looked at the crowd


@dataclass(frozen=True)
class Work:
    name: str
    title: str
    steps: Callable[[], List[Step]]
    actions: Tuple[Action, ...] = (Action.APPLY,)
    conditions: Tuple[Condition, ...] = (Condition(),)
    needs: str = ""  # SQL that is run in an empty schema before, by the benchmark
    peers: Peers = Peers.ALL
    proof: str = ""  # SQL whose answer must be the client's once a contestant has applied everything
    bytes: int = 0  # of its one big file


@dataclass(frozen=True)
class Scale:
    files: int
    histories: Tuple[int, ...]
    rows: int
    big_bytes: Tuple[int, ...]
    crowd: int
    crowd_files: int


FULL = Scale(files=1000, histories=(1000, 10_000), rows=1_000_000, big_bytes=(200 * 10**6, 2 * 10**9), crowd=5000,
             crowd_files=200)
QUICK = Scale(files=100, histories=(100, 1000), rows=50_000, big_bytes=(20 * 10**6,), crowd=500, crowd_files=50)

ROUND_TRIP_MS = 5
TABLES_MADE = ("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() "
               "AND table_name REGEXP '^t[0-9]+$'")
ROWS_LOADED = "SELECT COUNT(*), SUM(id) FROM loaded"


def size_text(size: int) -> str:
    return f"{size // 10**9} GB" if size >= 10**9 else f"{size // 10**6} MB"


def works(scale: Scale) -> List[Work]:
    found = [
        Work("start", "Start-up: `--version`", list, actions=(Action.VERSION,)),
        Work("ddl", f"{scale.files:,} files, each with one CREATE TABLE", lambda: steps.tables(scale.files), proof=TABLES_MADE),
        Work("delay", f"The same over a link of {ROUND_TRIP_MS} ms there and back", lambda: steps.tables(scale.files),
             conditions=(Condition(f"{ROUND_TRIP_MS} ms", round_trip_ms=ROUND_TRIP_MS),), proof=TABLES_MADE),
        Work("crowd", f"{scale.crowd_files} files that create a table, in an empty schema and beside {scale.crowd:,} tables",
             lambda: steps.tables(scale.crowd_files),
             conditions=(Condition("empty schema"),
                         Condition(f"{scale.crowd:,} tables", crowd=scale.crowd, looked_at=True),
                         Condition(f"{scale.crowd:,} tables, its first run", crowd=scale.crowd)),
             proof=TABLES_MADE, peers=Peers.NONE),
    ]
    for name, count in zip(("history", "long-history"), scale.histories):
        found.append(Work(name, f"{count:,} files, all applied", lambda count=count: steps.cheap(count),
                          actions=(Action.APPLY_NOTHING, Action.STATUS), needs=steps.CHEAP_NEEDS, peers=Peers.WITH_HISTORY))
    found.append(Work("rows", f"One file of {scale.rows:,} INSERTs of one row", lambda: steps.single_rows(scale.rows),
                      needs=steps.SINGLE_ROWS_NEED, proof=ROWS_LOADED, peers=Peers.WITH_FILES))
    for name, size in zip(("big", "huge"), scale.big_bytes):
        # Whoever holds a file in memory would take the machine's with 2 GB: who does, 200 MB show.
        found.append(Work(name, f"One file of {size_text(size)} of INSERTs of 50 KB",
                          lambda size=size: steps.big_inserts(size), needs=steps.BIG_INSERTS_NEED, proof=ROWS_LOADED,
                          peers=Peers.WITH_FILES if size < 10**9 else Peers.NONE, bytes=size))
    return found
