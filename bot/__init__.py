"""The shell: front ends, settings and (later) Telegram and the database."""
