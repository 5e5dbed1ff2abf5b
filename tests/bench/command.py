"""Runs a program as a user would, and tells how long it took and what it needed."""

import ctypes
import os
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


@dataclass(frozen=True)
class Command:
    argv: List[str]
    folder: Path
    stdin: Path = Path(os.devnull)
    environment: Dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ending:
    code: Optional[int]  # None: did not end within its limit and was killed
    seconds: float
    output: str
    peak_kib: int = 0  # of its largest process; only from run_watched

    def complaint(self) -> str:
        """Why it counts as failed, in a line."""
        if self.code is None:
            return f"not done within {self.seconds:.0f} s"
        said = [line.strip() for line in self.output.splitlines() if line.strip()]
        telling = [line for line in said if "rror" in line or "ail" in line] or said[-1:] or ["(nothing said)"]
        return f"exit {self.code}: {telling[0][:200]}"


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def environment_of(command: Command) -> Dict[str, str]:
    # Nobody's own settings: a ~/.my.cnf or a MIGRATE_HOST would change what is measured. Not the project's folder, because
    # some take a file there for a user's.
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH", "LIBMYSQL_PLUGIN_DIR")
                 if name in os.environ}
    home = str(command.folder.parent)
    return {**inherited, "HOME": home, "XDG_STATE_HOME": home, "TMPDIR": tempfile.gettempdir(), **command.environment}


def _wait(pid: int, group: int, limit: float):
    """The status and the resources of a child that ended; the status None when it was killed for its time."""
    handle = os.pidfd_open(pid)
    try:
        watch = select.poll()
        watch.register(handle, select.POLLIN)
        in_time = bool(watch.poll(limit * 1000))
        if not in_time:
            os.killpg(group, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        return (os.waitstatus_to_exitcode(status) if in_time else None), usage
    except BaseException:
        os.killpg(group, signal.SIGKILL)  # it is in a session of its own, and hears no Ctrl-C
        raise
    finally:
        os.close(handle)


def run(command: Command, limit: float) -> Ending:
    with open(command.stdin, "rb") as given, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command.argv, cwd=command.folder, stdin=given, stdout=said, stderr=said,
                                   env=environment_of(command), start_new_session=True)
        code, _ = _wait(process.pid, process.pid, limit)
        seconds = time.perf_counter() - start
        process.returncode = code
        return Ending(code, seconds, _text_of(said))


def run_watched(command: Command, limit: float) -> Ending:
    """The same with its peak memory, and a little slower. A child begins with the peak of the process that made it, and
    this one's is larger than a client's; so a shell makes the child, ends, and leaves it to us."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    script = 'in=$1; out=$2; shift 2; "$@" <"$in" >"$out" 2>&1 & echo $!'
    with tempfile.NamedTemporaryFile() as said:
        start = time.perf_counter()
        shell = subprocess.Popen(["/bin/sh", "-c", script, "sh", str(command.stdin), said.name, *command.argv],
                                 cwd=command.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 env=environment_of(command), start_new_session=True)
        child = int(shell.communicate()[0])
        code, usage = _wait(child, shell.pid, limit)
        seconds = time.perf_counter() - start
        return Ending(code, seconds, _text_of(said), usage.ru_maxrss)


def _text_of(file) -> str:
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - 20000))
    return file.read().decode("utf-8", "replace")


def first_line(argv: List[str]) -> str:
    """What a program says of its version; empty when it says nothing or cannot be run."""
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = [line.strip() for line in done.stdout.splitlines() if any(c.isdigit() for c in line)]
    return lines[0] if lines else ""
