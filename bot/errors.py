"""Every error the bot raises on purpose. Each says what happened, where, and how to mend it.

BotError
├── SettingsError       an environment variable or option is missing or wrong
├── KnowledgeError      the YAML has problems (all of them listed)
├── StoreError
│   ├── StoreUnavailable    the database cannot be reached or written right now
│   └── StoreConflict       two processes disagree about a row; the turn is tried again
├── StoryError          a .story file cannot be read
└── DeliveryError
    ├── Refused             the platform will never take this payload (too long, malformed)
    ├── Forbidden           not allowed to write there (closed DM, missing permission, archived)
    └── TryAgain            a passing fault; `after` seconds where the platform said so
"""

from __future__ import annotations


class BotError(Exception):
    """Base of all errors whose text is meant for a person."""


class SettingsError(BotError):
    pass


class KnowledgeError(BotError):
    """`problems` holds one line per problem: file:line, what is wrong, how to mend it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        noun = "problem" if len(problems) == 1 else "problems"
        super().__init__(f"{len(problems)} {noun} in the knowledge:\n" + "\n".join(problems))


class StoreError(BotError):
    pass


class StoreUnavailable(StoreError):
    pass


class StoreConflict(StoreError):
    pass


class StoryError(BotError):
    pass


class DeliveryError(BotError):
    pass


class Refused(DeliveryError):
    pass


class Forbidden(DeliveryError):
    pass


class TryAgain(DeliveryError):
    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after
