"""Who takes part. Each knows how its folder is laid out and what is typed; nothing else of a tool is known anywhere."""

import glob
import shutil
from pathlib import Path
from typing import Callable, List, Optional

from .command import Command
from .server import Target
from .steps import Step


class Contestant:
    """One tool. What it cannot do is None or False, and the report says so."""

    name = ""
    runs_files = True  # takes a file of SQL of any length, instead of a declaration or a program's text
    keeps_history = True

    def __init__(self, program: str):
        self.program = program

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        """Writes its project into an empty folder."""
        raise NotImplementedError

    def apply(self, folder: Path, target: Target) -> Command:
        """Runs what is pending, all of it, and then whatever is not."""
        raise NotImplementedError

    def apply_nothing(self, folder: Path, target: Target) -> Command:
        """The same command where nothing is pending."""
        return self.apply(folder, target)

    def make_history(self, folder: Path, target: Target) -> Command:
        """Applies everything, to be looked at afterwards."""
        return self.apply(folder, target)

    def look(self, folder: Path, target: Target) -> Optional[Command]:
        """Has it know what is in the schema, if that is something it keeps."""
        return None

    def status(self, folder: Path, target: Target) -> Command:
        raise NotImplementedError

    def version(self, folder: Path) -> Command:
        return Command([self.program, "--version"], folder)


class Migrate(Contestant):
    name = "migrate"

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        write_each(folder / "migrations", steps, lambda step: f"{step.number:06d}_{step.name}.up.sql")

    def _command(self, verb: str, folder: Path, target: Target, *more: str) -> Command:
        return Command([self.program, verb, "--host", target.host, "--port", str(target.port), "--user", target.user,
                        "--schema", target.schema, *more], folder)

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command("up", folder, target)

    def look(self, folder: Path, target: Target) -> Optional[Command]:
        return self._command("drift", folder, target, "--accept", "the crowd is the benchmark's")

    def status(self, folder: Path, target: Target) -> Command:
        return self._command("status", folder, target)


class Client(Contestant):
    """The server's own command-line client: the floor. It is fed one file with the same SQL and tracks nothing; instead of a
    status it selects migrate's history, which is made in its schema for that."""

    def __init__(self, name: str, words: List[str], history: Migrate):
        super().__init__(words[-1])
        self._words = words
        self.name = name
        self._history = history

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        # A file of data statements is one transaction for migrate; 1,000 files of DDL are not.
        one_transaction = len(steps) == 1
        with open(folder / "all.sql", "w", encoding="utf-8") as file:
            if one_transaction:
                file.write("START TRANSACTION;\n")
            for step in steps:
                file.writelines(step.chunks())
            if one_transaction:
                file.write("COMMIT;\n")
        if one_transaction:
            return
        self._history.lay_out(folder / "history", steps)
        (folder / "history.sql").write_text("SELECT * FROM migrate_ledger;\n", encoding="utf-8")

    def _command(self, file: Path, folder: Path, target: Target) -> Command:
        return Command([*self._words, "--no-defaults", f"--host={target.host}", f"--port={target.port}",
                        f"--user={target.user}", "--batch", "--quick", target.schema], folder, file)

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command(folder / "all.sql", folder, target)

    def version(self, folder: Path) -> Command:
        return Command([*self._words, "--version"], folder)

    def apply_nothing(self, folder: Path, target: Target) -> Command:
        return self.status(folder, target)

    def make_history(self, folder: Path, target: Target) -> Command:
        return self._history.apply(folder / "history", target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command(folder / "history.sql", folder, target)


def write_each(folder: Path, steps: List[Step], name_of: Callable[[Step], str], before: str = "",
               behind: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for step in steps:
        with open(folder / name_of(step), "w", encoding="utf-8") as file:
            file.write(before.format(number=step.number, name=step.name))
            file.writelines(step.chunks())
            file.write(behind)


def find(names: List[str], folder: Optional[Path]) -> Optional[str]:
    """The first of these programs in `folder` (names may be patterns below it), else on PATH."""
    for name in names if folder else []:
        for place in (name, f"bin/{name}", f"node_modules/.bin/{name}"):
            for found in sorted(glob.glob(str(folder / place))):
                if Path(found).is_file():
                    return found
    for name in names:
        if "/" not in name and (found := shutil.which(name)):
            return found
    return None
