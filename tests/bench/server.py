"""A private server: started, asked and stopped. Nothing of the system's own is touched."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional

from .command import die_with_parent, first_line

PROJECT = Path(__file__).resolve().parents[2]
ACCOUNT = "bench"
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Target:
    """Where a contestant runs."""
    port: int
    schema: str
    host: str = "127.0.0.1"
    user: str = ACCOUNT


@dataclass(frozen=True)
class Programs:
    kind: str  # mariadb or mysql
    server: str
    client: List[str]  # the words it begins with


def find_programs(kind: str) -> Optional[Programs]:
    """As the tests find them: the system's, and for MySQL the folder that scripts/install-mysql fills before it."""
    def which(name: str) -> Optional[str]:
        return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")

    if kind == "mariadb":
        server, client = which("mariadbd"), which("mariadb")
        return Programs(kind, server, [client]) if server and client else None
    folder = Path(subprocess.run([str(PROJECT / "scripts/install-mysql"), "--print-dir"], check=True,
                                 stdout=subprocess.PIPE, text=True).stdout.strip())
    if (folder / "bin/mysqld").exists():
        # Not by the wrapper beside it, a shell whose start would be the client's.
        client = [f"{folder}/lib/loader.so", "--library-path", f"{folder}/lib:{folder}/usr/lib/mysql/private",
                  f"{folder}/usr/bin/mysql"]
        return Programs(kind, str(folder / "bin/mysqld"), client)
    server, client = which("mysqld"), which("mysql")
    # On Debian mysqld is a link to mariadbd.
    if not server or not client or "MariaDB" in first_line([server, "--no-defaults", "--version"]):
        return None
    return Programs(kind, server, [client])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Runs from `with` to its end, in `folder`, on a unix socket and a port of 127.0.0.1. The account `bench` has no
    password: nothing there is worth one, and what a password costs is not what is measured. No TLS for the same reason."""

    def __init__(self, programs: Programs, durability: str, folder: Path):
        self.programs = programs
        self.durability = durability
        self.port = free_port()
        self.version = ""
        self._folder = folder
        self._socket = folder / "socket"
        self._process: Optional[subprocess.Popen] = None

    @property
    def kind(self) -> str:
        return self.programs.kind

    def __enter__(self) -> "Server":
        self._folder.mkdir(parents=True)
        self._create_data()
        with open(self._folder / "server.log", "wb") as log:
            self._process = subprocess.Popen(self._command_line(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                             start_new_session=True, preexec_fn=die_with_parent)
        try:
            self._wait_until_ready()
            for host in ("127.0.0.1", "localhost"):
                self.sql(f"CREATE USER '{ACCOUNT}'@'{host}'; GRANT ALL ON *.* TO '{ACCOUNT}'@'{host}'")
            self.version = self.sql("SELECT VERSION()")[0]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        # Nothing of it is kept, and an orderly end would first roll back what a stopped run left.
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def sql(self, statements: str, schema: str = "") -> List[str]:
        """The lines of the result, tabs between columns."""
        done = subprocess.run([*self.programs.client, "--no-defaults", f"--socket={self._socket}", "--user=root",
                               "--batch", "--skip-column-names", *([schema] if schema else [])],
                              input=statements, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{statements[:200]}: {done.stderr.strip()}")
        return done.stdout.splitlines()

    def drop(self, schema: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS `{schema}`")
        if self.kind == "mysql":  # writes a binary log by default, as large as what was loaded
            self.sql("FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW()")

    def questions(self) -> int:
        """Statements that clients sent so far."""
        return int(self.sql("SHOW GLOBAL STATUS LIKE 'Questions'")[0].split("\t")[1])

    def _common(self) -> List[str]:
        as_root = ["--user=root"] if os.getuid() == 0 else []
        # MariaDB deletes the temporary files of other servers in the same folder.
        temporary = self._folder / "temporary"
        temporary.mkdir(exist_ok=True)
        return ["--no-defaults", *as_root, f"--datadir={self._folder / 'data'}", f"--tmpdir={temporary}"]

    def _create_data(self) -> None:
        if self.kind == "mariadb":
            argv = ["mariadb-install-db", *self._common(), "--auth-root-authentication-method=normal", "--skip-test-db"]
        else:
            argv = [self.programs.server, *self._common(), "--initialize-insecure", "--auto-generate-certs=OFF"]
        with open(self._folder / "install.log", "wb") as log:
            if subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False).returncode != 0:
                raise RuntimeError(f"{argv[0]} failed:\n{(self._folder / 'install.log').read_text()[-2000:]}")

    def _command_line(self) -> List[str]:
        argv = [self.programs.server, *self._common(), f"--socket={self._socket}", f"--port={self.port}",
                "--bind-address=127.0.0.1", f"--pid-file={self._folder / 'pid'}", "--skip-name-resolve"]
        if self.kind == "mysql":
            argv += ["--mysqlx=OFF", "--auto-generate-certs=OFF"]
        if self.durability == "off":
            argv += ["--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0"]
        return argv

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self.sql("SELECT 1")
                return
            except RuntimeError:
                if self._process.poll() is not None or time.monotonic() > until:
                    log = (self._folder / "server.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"{self.programs.server} did not start:\n{log}") from None
                time.sleep(0.05)

