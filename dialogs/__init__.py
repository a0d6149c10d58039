"""Turns: a pure core that decides what to say next. Knows `knowledge`; knows neither Telegram nor a database."""
