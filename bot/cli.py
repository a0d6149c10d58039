"""The console script `siltabotti`."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence

from bot import health
from bot.batch import replies, row
from bot.db.session import AWAY
from bot.render import render
from bot.session import Clock, Session, UnknownPlaceError, finnish_now, place_key
from bot.settings import Settings, WrongSettingError, read_settings
from dialogs.mind import Mind
from dialogs.model import State
from knowledge.calendar import local
from knowledge.lint import check, warnings
from knowledge.loader import ContentError, load
from knowledge.parts import LOCALES

WRONG_USE = 2
ROLES = ("person", "coordinator")
"""Who can be played in the terminal."""
Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 0 done, 1 content has problems, 2 wrong use or a wrong setting."""
    options = _parser().parse_args(arguments)
    try:
        command: Command = options.command
        return command(options, read_settings())
    except WrongSettingError as error:
        return _fail(f"wrong setting {error}")
    except UnknownPlaceError as error:
        return _fail(f"--place: {error}")
    except ContentError as error:
        return _fail(f"the content has problems:\n{error}", 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="siltabotti",
        description="Answers Finnish associations' questions from curated, sourced content.",
        epilog='Try: siltabotti ask "milloin avustuksia voi hakea"',
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_chat_options, _ask_options, _check_options):
        add(commands)
    for name, command, text in PLAIN:
        commands.add_parser(name, help=text, description=text).set_defaults(command=command)
    return parser


def _chat_options(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "Talk to the bot here. Type a question or the number of a choice; Ctrl-D ends. Without a terminal, one turn a line is read. \
What is registered and planned here stays in demo.db in the folder SILTA_VAR; Telegram and the real database are not touched."
    chat = commands.add_parser("chat", help="talk to the bot in the terminal", description=text)
    chat.add_argument("--now", type=_moment, metavar="TIME", help="pretend it is this time, e.g. 2026-12-01")
    chat.add_argument("--as", dest="role", choices=ROLES, default=ROLES[0], help="who you are; in a second terminal be the other one")
    chat.set_defaults(command=_chat)


def _ask_options(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "Ask one question, or many with --jsonl: one JSON object a line, {id, text} or {id, turns: [...]}, optional locale and place."
    ask = commands.add_parser("ask", help="ask one question, or many as JSON lines", description=text)
    ask.add_argument("question", nargs="?", help="the question, in quotation marks")
    ask.add_argument("--locale", choices=LOCALES, help="language of the answer (default: the question's)")
    ask.add_argument("--selko", action="store_true", help="answer in Easy Finnish where there is such an answer")
    ask.add_argument("--place", metavar="NAME", help="the asker's municipality, e.g. Hattula")
    ask.add_argument("--now", type=_moment, metavar="TIME", help="pretend it is this time, e.g. 2026-12-01 or 2026-12-01T09:30")
    ask.add_argument("--json", action="store_true", help="print the reply as JSON")
    ask.add_argument("--jsonl", action="store_true", help="read questions from standard input, write a JSON object a line")
    ask.set_defaults(command=_ask)


def _check_options(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "Check the content: form, links, numbers of sentences, terms. Lists every problem as path:line: field: what is wrong."
    checker = commands.add_parser("check", help="check the content and list every problem", description=text)
    checker.set_defaults(command=_check)


def _moment(text: str) -> dt.datetime:
    try:
        return local(dt.datetime.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write it like 2026-12-01 or 2026-12-01T09:30") from None


def _clock(options: argparse.Namespace) -> Clock:
    now: dt.datetime | None = options.now
    return finnish_now if now is None else lambda: now


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.demo import COORDINATOR, PERSON, Demo, run_by  # the database is loaded only where it is needed
    from bot.terminal import talk

    mind = run_by(Mind.of(load(), settings.operator, settings.var, settings.operator_contact))
    demo = Demo(mind, settings.var, COORDINATOR if options.role == "coordinator" else PERSON, _clock(options))
    try:
        talk(demo, colour=settings.colour)
    except AWAY as error:
        return _fail(f"{demo.path} cannot be used ({type(error).__name__}); delete it to begin anew", 1)
    return 0


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if options.jsonl == (options.question is not None):
        return _fail("ask: give a question, or --jsonl and questions on standard input")
    mind = Mind.of(load(), settings.operator, settings.var, settings.operator_contact)
    if options.jsonl:
        for line in replies(mind, sys.stdin, _clock(options)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return 0
    place = place_key(mind, options.place) if options.place else None
    state = State(locale=options.locale or "fi", locale_chosen=options.locale is not None, selko=options.selko, place=place)
    reply = Session(mind, state, _clock(options)).say(options.question)
    sys.stdout.write((json.dumps(row(reply), ensure_ascii=False) if options.json else render(reply)) + "\n")
    return 0


def _check(_: argparse.Namespace, __: Settings) -> int:
    knowledge, problems = check()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for warning in warnings(knowledge, finnish_now().date()):
        sys.stdout.write(f"warning: {warning}\n")
    count = sum(1 for _ in knowledge.answers())
    sys.stdout.write(f"{len(knowledge.topics)} topics, {count} answers, {len(problems)} problems\n")
    return 1 if problems else 0


def _run(_: argparse.Namespace, settings: Settings) -> int:
    from bot.service import run  # Telegram and the database are loaded only where they are needed

    return run(settings)


def _init(_: argparse.Namespace, settings: Settings) -> int:
    from bot.onboarding import init

    return init(settings)


def _health(_: argparse.Namespace, settings: Settings) -> int:
    return 0 if health.is_alive(settings.var) else _fail("the bot has shown no sign of life for a minute", 1)


PLAIN: tuple[tuple[str, Command, str], ...] = (
    ("run", _run, "Answer on Telegram until stopped. The token comes from SILTA_TELEGRAM_TOKEN; siltabotti init asks for it."),
    ("init", _init, "Put the bot on Telegram: asks for its token, checks it, writes .env, prints a link that makes you administrator."),
    ("health", _health, "Tell by the exit status whether `siltabotti run` is alive; for containers and supervisors."),
)
"""Commands without options."""


def _fail(message: str, status: int = WRONG_USE) -> int:
    sys.stderr.write(f"siltabotti: {message}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
