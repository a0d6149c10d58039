"""The tables. Ids are Telegram's where they come from Telegram."""

from bot.db.models.announcements import Broadcast, Channel, Quiet, Subscription
from bot.db.models.base import Base, Moment
from bot.db.models.deliveries import Delivery
from bot.db.models.evenings import Association, Evening, Interest, Registration, Task
from bot.db.models.talk import Chat, Invitation, Outgoing, Received, Role

__all__ = [
    "Association",
    "Base",
    "Broadcast",
    "Channel",
    "Chat",
    "Delivery",
    "Evening",
    "Interest",
    "Invitation",
    "Moment",
    "Outgoing",
    "Quiet",
    "Received",
    "Registration",
    "Role",
    "Subscription",
    "Task",
]
