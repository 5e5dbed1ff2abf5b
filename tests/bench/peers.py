"""The peers: for each the folder it wants and the commands it is given, as its manual says for the plainest project."""

import json
from pathlib import Path
from typing import List

from .command import Command
from .contestant import Contestant, write_each
from .server import Target
from .steps import Step


class Dbmate(Contestant):
    name = "dbmate"
    # The program itself: npm's wrapper costs a start of node.
    programs = ["node_modules/@dbmate/*/bin/dbmate", "dbmate"]

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        write_each(folder / "db/migrations", steps, lambda step: f"{step.number:06d}_{step.name}.sql",
                   "-- migrate:up\n", "-- migrate:down\n")

    def _command(self, verb: str, folder: Path, target: Target) -> Command:
        url = f"mysql://{target.user}@{target.host}:{target.port}/{target.schema}"
        return Command([self.program, "--url", url, "--no-dump-schema", verb], folder)

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command("migrate", folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command("status", folder, target)


class SqlMigrate(Contestant):
    name = "sql-migrate"
    programs = ["sql-migrate"]

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        write_each(folder / "migrations", steps, lambda step: f"{step.number:06d}_{step.name}.sql",
                   "-- +migrate Up\n", "-- +migrate Down\n")
        (folder / "dbconfig.yml").write_text(
            "bench:\n  dialect: mysql\n  datasource: ${BENCH_SERVER}?parseTime=true\n  dir: migrations\n", encoding="utf-8")

    def _command(self, verb: str, folder: Path, target: Target) -> Command:
        server = f"{target.user}@tcp({target.host}:{target.port})/{target.schema}"
        return Command([self.program, verb, "-config=dbconfig.yml", "-env=bench"], folder,
                       environment={"BENCH_SERVER": server})

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command("up", folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command("status", folder, target)


class Sqitch(Contestant):
    name = "sqitch"
    programs = ["sqitch"]

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        # Around data, as in the script that it makes by itself.
        begin, commit = ("BEGIN;\n", "COMMIT;\n") if len(steps) == 1 else ("", "")
        write_each(folder / "deploy", steps, lambda step: f"{step.name}.sql", begin, commit)
        plan = ["%syntax-version=1.0.0", "%project=bench", ""]
        plan += [f"{step.name} 2026-01-01T00:00:00Z bench <bench@example.org> # step {step.number}" for step in steps]
        (folder / "sqitch.plan").write_text("\n".join(plan) + "\n", encoding="utf-8")
        (folder / "sqitch.conf").write_text("[core]\n  engine = mysql\n[user]\n  name = bench\n  email = bench@example.org\n",
                                            encoding="utf-8")

    def _command(self, words: List[str], folder: Path, target: Target) -> Command:
        # Its own tables are in a schema of their own; one for each, dropped with the other.
        return Command([self.program, *words, "--registry", f"{target.schema}_sqitch",
                        f"db:mysql://{target.user}@{target.host}:{target.port}/{target.schema}"], folder)

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command(["deploy", "--no-verify"], folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command(["status"], folder, target)


class Skeema(Contestant):
    """Compares a declared schema with the live one, so there is no file of statements and no history."""
    name = "skeema"
    programs = ["skeema"]
    runs_files = False
    keeps_history = False

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        write_each(folder / "tables", steps, lambda step: f"{step.name}.sql")

    def apply(self, folder: Path, target: Target) -> Command:
        # Where the tables go is their folder's to say.
        (folder / "tables/.skeema").write_text(f"schema={target.schema}\nhost={target.host}\nport={target.port}\n"
                                               f"user={target.user}\n", encoding="utf-8")
        return Command([self.program, "push"], folder / "tables")

    def version(self, folder: Path) -> Command:
        return Command([self.program, "version"], folder)


class Alembic(Contestant):
    """A step is a Python program with its SQL in it, not a file of statements."""
    name = "alembic"
    programs = ["alembic"]
    runs_files = False

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        (folder / "alembic.ini").write_text("[alembic]\nscript_location = alembic\n", encoding="utf-8")
        versions = folder / "alembic/versions"
        versions.mkdir(parents=True)
        (folder / "alembic/env.py").write_text(
            "import os\n"
            "from alembic import context\n"
            "from sqlalchemy import create_engine\n"
            "with create_engine(os.environ['BENCH_SERVER']).connect() as connection:\n"
            "    context.configure(connection=connection, transaction_per_migration=True)\n"
            "    with context.begin_transaction():\n"
            "        context.run_migrations()\n", encoding="utf-8")
        for step in steps:
            before = f"{step.number - 1:06d}" if step.number > 1 else None
            (versions / f"{step.number:06d}_{step.name}.py").write_text(
                "from alembic import op\n"
                f"revision = '{step.number:06d}'\n"
                f"down_revision = {before!r}\n\n\n"
                f"def upgrade():\n    op.execute({step.text().strip().rstrip(';')!r})\n", encoding="utf-8")

    def _command(self, words: List[str], folder: Path, target: Target) -> Command:
        server = f"mysql+pymysql://{target.user}@{target.host}:{target.port}/{target.schema}"
        return Command([self.program, *words], folder, environment={"BENCH_SERVER": server})

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command(["upgrade", "head"], folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command(["current"], folder, target)


class Liquibase(Contestant):
    name = "liquibase"
    programs = ["node_modules/liquibase/dist/liquibase/liquibase", "liquibase"]

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        write_each(folder / "changes", steps, lambda step: f"{step.number:06d}_{step.name}.sql",
                   "--liquibase formatted sql\n--changeset bench:{number}\n")
        (folder / "changelog.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog '
            'http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">\n'
            '  <includeAll path="changes"/>\n</databaseChangeLog>\n', encoding="utf-8")

    def _command(self, verb: str, folder: Path, target: Target) -> Command:
        return Command([self.program, "--log-level=off", "--show-banner=false",
                        "--changelog-file=changelog.xml",
                        f"--url=jdbc:mariadb://{target.host}:{target.port}/{target.schema}",
                        f"--username={target.user}", "--password=", verb], folder,
                       environment={"LIQUIBASE_ANALYTICS_ENABLED": "false"})

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command("update", folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command("status", folder, target)


class Knex(Contestant):
    """A step is a JavaScript program with its SQL in it, not a file of statements."""
    name = "knex"
    programs = ["knex"]
    runs_files = False

    def lay_out(self, folder: Path, steps: List[Step]) -> None:
        (folder / "knexfile.js").write_text(
            "module.exports = {\n  client: 'mysql2',\n"
            "  connection: { host: process.env.BENCH_HOST, port: Number(process.env.BENCH_PORT),\n"
            "                user: process.env.BENCH_USER, database: process.env.BENCH_SCHEMA },\n"
            "  migrations: { directory: './migrations' },\n};\n", encoding="utf-8")
        (folder / "migrations").mkdir()
        # It runs only where it is installed, which is where mysql2 lies too: node_modules/knex/bin/cli.js.
        (folder / "node_modules").symlink_to(Path(self.program).resolve().parents[2])
        for step in steps:
            (folder / "migrations" / f"{step.number:06d}_{step.name}.js").write_text(
                f"exports.up = (knex) => knex.raw({json.dumps(step.text())});\nexports.down = () => {{}};\n", encoding="utf-8")

    def _command(self, verb: str, folder: Path, target: Target) -> Command:
        return Command([self.program, verb], folder,
                       environment={"BENCH_HOST": target.host, "BENCH_PORT": str(target.port), "BENCH_USER": target.user,
                                    "BENCH_SCHEMA": target.schema})

    def apply(self, folder: Path, target: Target) -> Command:
        return self._command("migrate:latest", folder, target)

    def status(self, folder: Path, target: Target) -> Command:
        return self._command("migrate:list", folder, target)


ALL = [Dbmate, SqlMigrate, Sqitch, Skeema, Alembic, Liquibase, Knex]
