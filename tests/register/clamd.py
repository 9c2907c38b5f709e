"""A clamd made for the tests: it speaks INSTREAM, and finds the test virus and nothing else."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FIND = "".join(
    ("X5O!P%@AP[4", "\\PZX54(P^)7CC)7}", "$EICAR-STANDARD", "-ANTIVIRUS-TEST", "-FILE!$H+H*")
).encode()
"""The string every scanner finds and that harms nobody; put together here, so that no scanner finds this file."""


class Scanner(socketserver.StreamRequestHandler):
    """One connection: the command, the pieces, the answer."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        seen = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            seen += self.rfile.read(length)
        self.server.seen.append(seen)
        found = b"stream: Eicar-Test-Signature FOUND\0" if FIND in seen else b"stream: OK\0"
        self.wfile.write(self.server.says or found)


class OverTcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class OverSocket(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(at: Path | None = None, says: bytes = b"") -> Iterator[socketserver.BaseServer]:
    """A scanner at a socket's path, or at a port of its own; `says` is what it always answers instead."""
    server = OverSocket(str(at), Scanner) if at else OverTcp(("127.0.0.1", 0), Scanner)
    server.seen, server.says = [], says
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
