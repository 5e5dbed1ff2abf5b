"""A TCP proxy on this machine that makes a link long, and counts how often a client waits for it."""

import asyncio
import threading
from typing import Optional

CHUNK = 1 << 16
# What may be under way in one direction. More than a link of that length would carry at full speed.
CHUNKS_UNDER_WAY = 256


class Proxy:
    """Listens on 127.0.0.1 and carries bytes to another port of it, each `round_trip_ms` / 2 after they came; none of them
    waits for those in front of it any longer than that. A round trip is server bytes behind client bytes: an answer that the
    client waited for. A login is one, the greeting before it and the good-bye at the end are none."""

    def __init__(self, server_port: int, round_trip_ms: float = 0):
        self.round_trips = 0
        self.connections = 0
        self.port = 0
        self._server_port = server_port
        self._one_way = round_trip_ms / 2000
        self._loop = asyncio.new_event_loop()
        self._listens = threading.Event()
        self._ends: Optional[asyncio.Event] = None
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self._listens.wait()
        return self

    def __exit__(self, *_) -> None:
        self._loop.call_soon_threadsafe(self._ends.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        self._ends = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=CHUNK)
        self.port = server.sockets[0].getsockname()[1]
        self._listens.set()
        await self._ends.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        self.connections += 1
        asked = False

        def from_client() -> None:
            nonlocal asked
            asked = True

        def from_server() -> None:
            nonlocal asked
            if asked:
                self.round_trips += 1
            asked = False

        server_in, server_out = await asyncio.open_connection("127.0.0.1", self._server_port, limit=CHUNK)
        try:
            await asyncio.gather(self._carry(client_in, server_out, from_client),
                                 self._carry(server_in, client_out, from_server))
        except (OSError, asyncio.CancelledError):
            pass  # somebody hung up, or it all ends
        finally:
            client_out.close()
            server_out.close()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, seen) -> None:
        if self._one_way == 0:
            while data := await source.read(CHUNK):
                seen()
                sink.write(data)
                await sink.drain()
            sink.write_eof()
            return
        under_way: asyncio.Queue = asyncio.Queue(CHUNKS_UNDER_WAY)
        await asyncio.gather(self._take(source, under_way, seen), self._deliver(under_way, sink))

    async def _take(self, source: asyncio.StreamReader, under_way: asyncio.Queue, seen) -> None:
        while data := await source.read(CHUNK):
            seen()
            await under_way.put((self._loop.time() + self._one_way, data))
        await under_way.put((self._loop.time() + self._one_way, None))

    async def _deliver(self, under_way: asyncio.Queue, sink: asyncio.StreamWriter) -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if data is None:
                sink.write_eof()
                return
            sink.write(data)
            await sink.drain()
