"""`siltabotti run` again and again, forked from a process that has all content loaded; each line of input starts one after the last has ended."""

from __future__ import annotations

import os
import sys
import time

from bot import logs
from bot.service import prepared, serve
from bot.settings import read_settings


def main() -> None:
    """Tells on standard output the number of each process, and its exit status when it has ended."""
    settings = read_settings()
    logs.start()
    mind = prepared(settings)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(serve(settings, mind, time.monotonic()))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
