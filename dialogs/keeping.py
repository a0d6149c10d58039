"""How long personal data is kept. What is told about it and what deletes it both read these numbers."""

from __future__ import annotations

import datetime as dt

RECORDS = dt.timedelta(hours=48)
"""Ids of updates and of messages sent, from when they are done; Telegram itself keeps updates for 24 hours."""
NEEDS = dt.timedelta(days=1)
"""Diets and accessibility needs of a registration, from the end of its evening."""
NAMES = dt.timedelta(days=90)
"""Who registered (name, association, chat, wish, the words of a rating), from the end of the evening; numbers stay."""
INTERESTS = dt.timedelta(days=365)
"""Wishes to be told of an evening, from when they were made."""
DELIVERIES = dt.timedelta(days=90)
"""That something was said unasked, from when it was sent or given up, so that nobody is told twice; its text goes at once."""
