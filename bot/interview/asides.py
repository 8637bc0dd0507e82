"""What is said beside answers: a way back after a digression, a question for the rest of the bot, words that change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview import commands as c
from bot.interview.tokens import longest

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.interview.facts import Facts
    from bot.interview.lexicon import Lexicon
    from bot.interview.tokens import Token

STEERING = (c.Back, c.Skip, c.Cancel, c.Repeat, c.JustTell, c.ShowAnswers, c.Restart, c.Explain, c.HelpMe)
"""What may end a message that begins with a remark: "that question was weird. go back"."""
_REMARK = 12
_TERM = 4
_WISH = 12
_STOPS = frozenset(".!;\n")
_ABOUT_TERMS = frozenset("is are means mean does do a an the that this it even stands for".split())


def comes_back(message: list[Token], conversation: Conversation, lexicon: Lexicon) -> bool:
    """ "Back" after a question on the frameworks: back to the interview, which undoes nothing."""
    return _digressed(conversation) and bool(lexicon.cues("back").whole(message))


def goes_on(message: list[Token], facts: Facts, conversation: Conversation) -> bool:
    """ "And auth", "no, I mean for the API": the question between the answers goes on."""
    begins = tuple(token.text for token in message[:2])
    if begins in _MEANT:
        return _digressed(conversation)
    brief = 0 < len(message) <= _BRIEF and begins[0] in _AND
    return brief and bool(conversation.focus.topics) and all(fact.weak for fact in facts.facts)


def _digressed(conversation: Conversation) -> bool:
    """Such a question changes what the talk is about, and leaves the interview as it was."""
    return conversation.focus != conversation.before and conversation.interview == conversation.interview_before


_AND = frozenset("and also".split())
_MEANT = frozenset((("i", "mean"), ("i", "meant"), ("we", "mean"), ("we", "meant")))
_BRIEF = 4


def last_sentence(message: list[Token]) -> list[Token]:
    """The sentence after a short remark, or nothing where there is but one."""
    ends = [index for index, token in enumerate(message[:-1]) if token.text in _STOPS]
    return message[ends[-1] + 1 :] if ends and ends[-1] <= _REMARK else []


def asks_elsewhere(message: list[Token], lexicon: Lexicon) -> bool:
    """ "Why FastAPI", "I don't know what websockets are": for the rest of the bot to answer, whatever is open."""
    spoken = [token for token in message if not token.mark]
    if len(spoken) > 1 and spoken[0].text == "why" and lexicon.frameworks.anywhere(spoken):
        return True
    cue = next(iter(longest(lexicon.cues("asks_term").find(spoken))), None)
    term = [token.text for token in spoken[cue.end :] if token.text not in _ABOUT_TERMS] if cue else []
    return 0 < len(term) <= _TERM and not set(term) & _OWN


_OWN = frozenset("we i our my to us me it they you".split())


def heard(message: list[Token], facts: Facts, lexicon: Lexicon) -> bool:
    """It speaks of the project, or wishes for something no question weighs, and leaves every answer as it is."""
    spoken = [token for token in message if not token.mark]
    if not spoken or len(spoken) > _WISH or message[-1].text == "?":
        return False
    return facts.heard or (not facts.names and lexicon.cues("unweighed").anywhere(spoken))
