"""What is done with each kind of update; see bot/app.py for the order they are tried in. Thin: the work is done in bot/turns.py."""
