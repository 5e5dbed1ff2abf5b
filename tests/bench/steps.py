"""What is to be run: steps as SQL text, in chunks, so that a file of any size is written without being held."""

from dataclasses import dataclass
from typing import Callable, Iterator, List

STATEMENT_BYTES = 50_000  # of a big INSERT
ROWS_A_CHUNK = 1000


@dataclass(frozen=True)
class Step:
    number: int
    name: str
    chunks: Callable[[], Iterator[str]]

    def text(self) -> str:
        return "".join(self.chunks())


def create_table(name: str) -> str:
    return (f"CREATE TABLE {name} (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, "
            "created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, KEY by_name (name));\n")


def tables(count: int) -> List[Step]:
    """Each creates a table."""
    return [Step(n, f"t{n}", lambda n=n: iter([create_table(f"t{n}")])) for n in range(1, count + 1)]


def cheap(count: int) -> List[Step]:
    """To be applied in little time, so that there is a long history to look at."""
    return [Step(n, f"s{n}", lambda n=n: iter([f"INSERT INTO applied VALUES ({n});\n"])) for n in range(1, count + 1)]


CHEAP_NEEDS = "CREATE TABLE applied (n INT PRIMARY KEY);"


def single_rows(count: int) -> List[Step]:
    """One file of INSERTs of one row, 60 bytes each."""
    def chunks() -> Iterator[str]:
        for first in range(1, count + 1, ROWS_A_CHUNK):
            yield "".join(f"INSERT INTO loaded VALUES ({n}, 'a name of someone, {n:07d}');\n"
                          for n in range(first, min(first + ROWS_A_CHUNK, count + 1)))
    return [Step(1, "rows", chunks)]


SINGLE_ROWS_NEED = "CREATE TABLE loaded (id INT PRIMARY KEY, name VARCHAR(100) NOT NULL);"


def big_inserts(size: int) -> List[Step]:
    """One file of `size` bytes of INSERTs of 50 KB, of rows of 500 bytes."""
    text = "0123456789abcdefghijklmnopqrstuvwxyz, it''s; " * 11

    def chunks() -> Iterator[str]:
        written = row = 0
        while written < size:
            rows = []
            length = 0
            while length < STATEMENT_BYTES:
                row += 1
                rows.append(f"({row},'{text}')")
                length += len(rows[-1]) + 1
            statement = "INSERT INTO loaded VALUES " + ",".join(rows) + ";\n"
            written += len(statement)
            yield statement
    return [Step(1, "big", chunks)]


BIG_INSERTS_NEED = "CREATE TABLE loaded (id INT PRIMARY KEY, text VARCHAR(1000) NOT NULL);"
