"""scripts/bench: see tests/README.md."""

import argparse
import datetime
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Tuple

from . import peers, plot, report
from .command import first_line, run
from .contest import Contest
from .contestant import Client, Contestant, Migrate, find
from .server import PROJECT, Programs, Server, find_programs
from .works import FULL, QUICK, Work, works

BOTH = {"server": ["mariadb", "mysql"], "durability": ["default", "off"]}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Times migrate beside the command-line client and "
                                     "every peer that is found, on a private server, and writes a table and a plot.")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything and fewer rounds: does it all run?")
    parser.add_argument("--only", metavar="WORK", action="append", help="this work (several times: these); --list names them")
    parser.add_argument("--list", action="store_true", help="name the works and end")
    parser.add_argument("--server", choices=["mariadb", "mysql", "both"], default="both")
    parser.add_argument("--durability", choices=["default", "off", "both"], default="default",
                        help="what the server does by default, or flush and sync off")
    parser.add_argument("--rounds", type=int, help="how often each is timed (5; 3 with --quick)")
    parser.add_argument("--limit", type=float, default=600, metavar="SECONDS", help="who takes longer is left out (600)")
    parser.add_argument("--migrate", type=Path, default=PROJECT / "build/release/migrate", metavar="PATH")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where peers are looked for, before PATH")
    parser.add_argument("--without", metavar="PEER", action="append", default=[], help="leave this peer out")
    parser.add_argument("--without-peers", action="store_true", help="only migrate and the client")
    parser.add_argument("--out", type=Path, default=PROJECT / "build/bench", metavar="DIR", help="for the results (build/bench)")
    return parser.parse_args()


def chosen_works(given: argparse.Namespace) -> List[Work]:
    every = works(QUICK if given.quick else FULL)
    unknown = set(given.only or []) - {work.name for work in every}
    if unknown:
        sys.exit(f"bench: no work '{unknown.pop()}'; there are: {', '.join(work.name for work in every)}")
    return [work for work in every if not given.only or work.name in given.only]


def find_peers(given: argparse.Namespace) -> Tuple[List[Contestant], Dict[str, str]]:
    found, missing = [], {}
    folder = given.peers.resolve() if given.peers else None
    for peer in peers.ALL:
        program = find(peer.programs, folder)
        if given.without_peers or peer.name in given.without:
            missing[peer.name] = "left out, as told"
        elif program:
            found.append(peer(program))
        else:
            missing[peer.name] = "not found on PATH" + (f" or in {given.peers}" if given.peers else "; see --peers")
    return found, missing


def machine() -> Dict[str, str]:
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"processor": model, "cores": str(len(os.sched_getaffinity(0))), "memory": f"{memory / 2**30:.0f} GiB",
            "system": f"{platform.system()} {platform.release()}",
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")}


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def version_of(contestant: Contestant, folder: Path) -> str:
    lines = [line.strip() for line in run(contestant.version(folder), 60).output.splitlines()]
    return next((line for line in reversed(lines) if any(c.isdigit() for c in line)), "?")


def bench_on(programs: Programs, durability: str, given: argparse.Namespace, folder: Path, results: report.Results,
             others: List[Contestant]) -> None:
    say(f"== {programs.kind}, durability {durability}")
    migrate = Migrate(str(given.migrate.resolve()))
    contestants = [Client(f"{programs.kind} client", programs.client, migrate), migrate, *others]
    for contestant in contestants:
        results.tools[contestant.name] = version_of(contestant, folder)
    with Server(programs, durability, folder / "server") as server:
        part = report.Part(server.kind, server.version, durability, contestants[0].name)
        results.parts.append(part)
        contest = Contest(server, contestants, folder / "work", given.rounds or (3 if given.quick else 5), given.limit, say)
        for work in chosen_works(given):
            part.outcomes += contest.hold(work)
            # After each, so that what was measured is there when something stops the rest.
            report.write(results, given.out)
            plot.write(results, given.out)


def main() -> int:
    given = arguments()
    if given.list:
        for work in works(QUICK if given.quick else FULL):
            print(f"{work.name:16}{work.title}")
        return 0
    if not os.access(given.migrate, os.X_OK):
        sys.exit(f"bench: {given.migrate} is not there: cmake --preset release && cmake --build --preset release -j2 "
                 "makes build/release/migrate; --migrate PATH takes another")
    chosen_works(given)
    # So that Ctrl-C and a kill stop the server and take the folder away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    others, missing = find_peers(given)
    results = report.Results(machine(), {}, missing, "quick" if given.quick else "full")
    folder = Path(tempfile.mkdtemp(prefix="migrate-bench-"))
    try:
        for kind in BOTH["server"] if given.server == "both" else [given.server]:
            programs = find_programs(kind)
            if not programs:
                results.missing[f"{kind} server"] = "not found: scripts/install-dependencies --server, scripts/install-mysql"
                say(f"no {kind} server and client found")
                continue
            for durability in BOTH["durability"] if given.durability == "both" else [given.durability]:
                bench_on(programs, durability, given, folder, results, others)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not results.parts:
        return 1
    say(f"in {given.out}: bench.md, bench.json and the plots")
    print((given.out / "bench.md").read_text())
    failed = [outcome.work.title for part in results.parts for outcome in part.outcomes
              if outcome.failed("migrate") or outcome.failed(part.client)]
    for title in failed:
        say(f"migrate or the client did not do it: {title}")
    return 1 if failed else 0


sys.exit(main())
