"""What the proofs share with the tests."""

from __future__ import annotations

from tests.conftest import knowledge, mind, server

__all__ = ["knowledge", "mind", "server"]
