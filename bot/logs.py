"""What may stand in the log: never a token, and never what somebody wrote."""

from __future__ import annotations

import logging


class Discreet(logging.Filter):
    """Leaves out the arguments and errors of the Telegram library's records: they may hold whole updates.

    Of an error remains its type. Records of our own are written with care and pass as they are.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed."""
        if record.name.split(".")[0] == "telegram":
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
            record.msg, record.args, record.exc_info, record.exc_text = f"{record.msg} {kind}".rstrip(), (), None, None
        return True


def start() -> None:
    """Log to standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(Discreet())
    for noisy in ("httpx", "httpcore", "apscheduler", "alembic", "telegram"):  # httpx logs URLs, and those hold the token
        logging.getLogger(noisy).setLevel(logging.WARNING)
