"""A coordinator who announces something, and people who hear it."""

from __future__ import annotations

import datetime as dt

from dialogs.model import Turn
from tests.fakes import Sent
from tests.stages import COORDINATOR, Full
from tests.whole import Whole

TEXT = "Kumppanuusavustuksen haku on auki."


class Desk:
    """A coordinator at work, and people who subscribed to grants."""

    def __init__(self, one: Whole) -> None:
        self.one = one
        self.stage = Full(one, rebuilt=False)
        self.me = self.stage.chat(COORDINATOR)

    async def says(self, text: str, who: str = COORDINATOR) -> str:
        """What somebody is told when they type this."""
        return await self._turn(who, Turn(text=text))

    async def taps(self, label: str, who: str = COORDINATOR) -> str:
        """What somebody is told when they tap the newest button of this name."""
        under = [button for sent in self.to(who) for button in sent.buttons]
        return await self._turn(who, Turn(data=dict(under)[label]))

    async def _turn(self, who: str, turn: Turn) -> str:
        chat = self.stage.chat(who)
        before = len(self.stage.to(chat))
        await self.stage.turn(chat, turn)
        return "\n".join(sent.text for sent in self.stage.to(chat)[before:])

    def to(self, who: str) -> list[Sent]:
        """What is in somebody's chat."""
        return self.stage.to(self.stage.chat(who))

    def heard(self, who: str) -> list[str]:
        """The announcement's texts in somebody's chat."""
        return [sent.text for sent in self.to(who) if "Lopeta tiedotteet" in sent.text]

    async def subscribed(self, *people: str) -> None:
        """These people subscribe to grants."""
        for who in people:
            await self.says("/start tilaa-grants", who)

    async def drafted(self, text: str = TEXT) -> None:
        """A draft lies open."""
        await self.taps("Tiedotteet") if self._at_menu() else await self.says("/hallinta")
        if not self._at_menu("Uusi tiedote"):
            await self.taps("Tiedotteet")
        await self.taps("Uusi tiedote")
        await self.says(text)

    def _at_menu(self, label: str = "Tiedotteet") -> bool:
        sent = self.to(COORDINATOR)
        return bool(sent) and label in dict(sent[-1].buttons)

    async def sent(self, text: str = TEXT) -> str:
        """A draft is written and sent."""
        await self.drafted(text)
        await self.taps("Lähetä")
        label = next(name for name, _ in self.to(COORDINATOR)[-1].buttons if name.startswith("Lähetä nyt"))
        return await self.taps(label)

    async def later(self, **time: float) -> None:
        """Time passes."""
        self.one.now += dt.timedelta(**time)
        await self.stage.passed()
