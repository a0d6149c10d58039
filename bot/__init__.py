"""The shell: front ends, settings, Telegram and the database."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations are timedeltas, as in the Telegram library's next version; read at each use
