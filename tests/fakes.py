"""A Telegram of our own: it keeps what is sent to it, and refuses what Telegram refuses. In process, or over HTTP (tests/server.py).

Rules: https://core.telegram.org/bots/api. A call that Telegram does not know, or that we never meant to make, is an AssertionError.
"""

from __future__ import annotations

import json
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.strict import RefusedError, buttons, plain

TOKEN = "1234567890:AAfake-token-of-the-tests-0000000000"
ME = {"id": 1234567890, "is_bot": True, "first_name": "Siltabotti", "username": "siltabotti_test_bot"}
Params = dict[str, Any]
Answer = tuple[int, dict[str, Any]]


class DroppedError(Exception):
    """The connection broke before an answer came."""


@dataclass
class Sent:
    """One message that arrived in a chat."""

    chat: int
    message_id: int
    text: str
    buttons: list[tuple[str, str]]
    answers: int | None
    file: tuple[str, bytes] | None = None
    at: float = field(default_factory=time.monotonic)


class FakeTelegram:
    """Chats, updates and everything that was sent."""

    def __init__(self, first_update: int = 1) -> None:
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, Params]] = []
        self.updates: deque[dict[str, Any]] = deque()
        self.chats: dict[int, dict[str, Any]] = {}
        self.gone: set[int] = set()
        self.moved: dict[int, int] = {}
        self.faults: deque[tuple[str, Exception]] = deque()
        self.polls = 0
        self._update, self._message = first_update, 1_000

    def call(self, method: str, params: Params) -> Answer:
        """Carry out one call. Raises DroppedError when a fault says so."""
        self.calls.append((method, params))
        carry_out = getattr(self, f"_{method.lower()}", None)
        assert carry_out is not None, f"no such call is meant to be made: {method}"
        try:
            with_answer = self._fault(method)
            result = carry_out(dict(params))
            if with_answer is not None:
                raise with_answer
        except RefusedError as refusal:
            return refusal.answer
        return 200, {"ok": True, "result": result}

    def _fault(self, method: str) -> Exception | None:
        """A planned fault happens before the call is carried out; one marked "after <method>" comes when it has been."""
        if self.faults and self.faults[0][0] == method:
            raise self.faults.popleft()[1]
        return self.faults.popleft()[1] if self.faults and self.faults[0][0] == f"after {method}" else None

    # What people do

    def update(self, **kind: object) -> int:
        """One more update; its id."""
        self._update += 1
        self.updates.append({"update_id": self._update, **kind})
        return self._update

    def message(self, chat: int, text: str | None = None, person: int | None = None, language: str = "fi", **more: object) -> dict[str, Any]:
        """A message in `chat`, private when its id is positive."""
        self._message += 1
        private = {"id": chat, "type": "private", "first_name": "Aino"}
        self.chats.setdefault(chat, private if chat > 0 else {"id": chat, "type": "supergroup", "title": "Yhdistys"})
        sender = {"id": person or abs(chat), "is_bot": False, "first_name": "Aino", "language_code": language}
        written = {"text": text, "entities": list(_entities(text))} if text else {}
        return {"message_id": self._message, "date": 1_790_000_000, "chat": self.chats[chat], "from": sender, **written, **more}

    def says(self, chat: int, text: str, **more: Any) -> int:
        """Somebody writes."""
        return self.update(message=self.message(chat, text, **more))

    def taps(self, chat: int, data: str) -> int:
        """Somebody taps a button under the last message of the chat."""
        last = next(sent for sent in reversed(self.sent) if sent.chat == chat)
        under = {"message_id": last.message_id, "date": 1_790_000_000, "chat": self.chats[chat], "from": ME, "text": last.text}
        sender = {"id": abs(chat), "is_bot": False, "first_name": "Aino", "language_code": "fi"}
        return self.update(callback_query={"id": str(self._update), "from": sender, "chat_instance": "1", "data": data, "message": under})

    def to(self, chat: int) -> list[Sent]:
        """What arrived in `chat`."""
        return [sent for sent in self.sent if sent.chat == chat]

    # What the bot calls

    def _getme(self, _: Params) -> object:
        return {**ME, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _getupdates(self, params: Params) -> object:
        while self.updates and self.updates[0]["update_id"] < int(params.get("offset", 0)):
            self.updates.popleft()
        return list(self.updates)[:100]

    def _sendmessage(self, params: Params) -> object:
        text = plain(params.pop("text"))
        params.pop("link_preview_options", None)
        return self._arrived(params, text)

    def _senddocument(self, params: Params) -> object:
        name, content, _ = params.pop("document")
        if not content:
            raise RefusedError(400, "Bad Request: file must be non-empty")
        assert re.fullmatch(r"[\w. -]+\.\w+", name), name
        text = plain(params.pop("caption"), 1024) if "caption" in params else ""
        return self._arrived(params, text, (name, content))

    def _arrived(self, params: Params, text: str, file: tuple[str, bytes] | None = None) -> object:
        chat = int(params.pop("chat_id"))
        if chat in self.moved:
            raise RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[chat])
        if chat in self.gone:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise RefusedError(400, "Bad Request: chat not found")
        assert params.pop("parse_mode") == "HTML"
        answers = json.loads(params.pop("reply_parameters", "{}")).get("message_id")
        self._message += 1
        sent = Sent(chat, self._message, text, buttons(params.pop("reply_markup", None)), answers, file)
        assert set(params) <= {"message_thread_id"}, params
        self.sent.append(sent)
        return {"message_id": sent.message_id, "date": 1_790_000_000, "chat": self.chats[chat], "from": ME, "text": sent.text}

    def _answercallbackquery(self, _: Params) -> object:
        return True

    def _setmycommands(self, params: Params) -> object:
        commands = json.loads(params["commands"])
        assert len(commands) <= 12
        assert all(1 <= len(c["description"]) <= 256 for c in commands)
        return True

    def _setmydescription(self, params: Params) -> object:
        assert len(params["description"]) <= 512
        return True

    def _setmyshortdescription(self, params: Params) -> object:
        assert len(params["short_description"]) <= 120
        return True

    def _deletewebhook(self, _: Params) -> object:
        return True


def _entities(text: str) -> Iterator[dict[str, Any]]:
    """What Telegram marks in a text by itself, as far as the bot looks at it."""
    for found in re.finditer(r"(?<!\S)([@/])\w+(?:@\w+)?", text):
        kind = "mention" if found[1] == "@" else "bot_command"
        yield {"type": kind, "offset": found.start(), "length": len(found[0])}


class InProcess(BaseRequest):
    """The library's transport, ending in a FakeTelegram instead of a network."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object) -> tuple[int, bytes]:  # noqa: ARG002
        params = {**request_data.json_parameters, **request_data.multipart_data} if request_data else {}
        code, body = self._telegram.call(url.rsplit("/", 1)[-1], params)
        return code, json.dumps(body).encode()
