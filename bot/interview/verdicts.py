"""What is said of a result: it is compared, doubted, argued with, or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview import commands as c
from bot.interview.engine import recommend
from bot.interview.facts import read_facts
from bot.interview.guesses import topic_of
from bot.interview.lexicon import Lexicon
from bot.interview.tokens import longest

if TYPE_CHECKING:
    from bot.conversation import Conversation, Interview
    from bot.interview.model import Model
    from bot.interview.tokens import Match, Token

Understood = tuple[c.InterviewCommand, float]
_DOUBT = 6
"""Words of a message that finds fault with the pick without naming it."""


def compared(
    _text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """ "Compare the top two": the pick and the second."""
    whole = interview.state == "done" and Lexicon.of(model).cues("compare_top").whole(message)
    return (c.CompareWith(""), 1.0) if whole else None


def objected(text: str, message: list[Token], interview: Interview, _: Conversation, model: Model) -> Understood | None:
    """ "Too heavy", said of the pick that was just shown."""
    lexicon = Lexicon.of(model)
    spoken = [token.text for token in message if not token.mark]
    if interview.state != "done" or not 0 < len(spoken) <= _DOUBT or message[-1].text == "?":
        return None
    if lexicon.frameworks.anywhere(message) or read_facts(text, model):
        return None
    topic = topic_of(message, lexicon)
    if (topic and set(spoken) & _TOO) or lexicon.cues("doubt").whole(message):
        return c.Object(topic), 1.0
    return None


_TOO = frozenset(
    "too overkill bloated heavyweight slow hard difficult complicated complex confusing immature legacy".split()
)


def what_it_takes(
    _text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """ "What would it take for FastAPI to win?" """
    lexicon = Lexicon.of(model)
    names = longest(lexicon.frameworks.find(message))
    if interview.state != "done" or len(names) > 1 or not lexicon.cues("what_it_takes").anywhere(message):
        return None
    return c.AskWhatIf(names[0].meaning if names else ""), 1.0


def disagreed(
    text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """After the result: another framework is argued for, or to be compared with."""
    lexicon = Lexicon.of(model)
    names = longest(lexicon.frameworks.find(message))
    if len(names) == 1 and _decided(message, names[0], lexicon):
        return c.Disagree(names[0].meaning), 0.97
    if interview.state != "done" or not 1 <= len(names) <= 2:
        return None
    rest = [t.text for t in message[: names[0].start]] + [t.text for t in message[names[-1].end :]]
    if message[-1].text == "?" and len(message) > 6 and rest[-3:] != ["why", "not", "?"]:
        return None
    if len(names) == 2:
        joint = {t.text for t in message[names[0].end : names[1].start]}
        plain = joint <= _VERSUS and set(rest) <= _VERSUS
        return (c.CompareWith(names[0].meaning, names[1].meaning), 1.0) if plain and joint else None
    facts = read_facts(text, model)
    if facts:
        return None
    if lexicon.cues("disagree").anywhere(message) and set(rest) - {"?"}:
        return c.Disagree(names[0].meaning), 0.9
    if set(rest) <= {"why", "?"} and rest:
        return (c.Explain() if names[0].meaning == _pick(interview, model) else c.CompareWith(names[0].meaning)), 1.0
    if {"why", "not"} <= set(rest) or (set(rest) & {"compare", "vs", "versus", "against"} and len(rest) <= 3):
        return c.CompareWith(names[0].meaning), 1.0
    return None


def weighed(message: list[Token], interview: Interview, model: Model) -> c.Weigh | None:
    """ "Why not Flask?" while a question is open, from two answers on: until then nothing speaks for anybody."""
    names = longest(Lexicon.of(model).frameworks.find(message))
    if interview.state != "open" or not interview.asked or len(names) != 1 or len(interview.answers) < _TELLING:
        return None
    rest = [token.text for token in (*message[: names[0].start], *message[names[0].end :]) if not token.mark]
    if "why" not in rest or set(rest) - _WHY:
        return None
    standing = recommend(model, interview.answers, interview.excluded, interview.skipped)
    rivals = [model.frameworks[a] for a in standing.order]
    return c.Weigh(names[0].meaning) if names[0].meaning in rivals and len(rivals) > 1 else None


_TELLING = 2
_WHY = frozenset("why not and but so then just is it use take pick".split())


def _decided(message: list[Token], name: Match[str], lexicon: Lexicon) -> bool:
    """ "We'll go with Flask anyway", "Flask it is": said whatever is open."""
    if message[-1].text == "?":
        return False
    before = (cue.end == name.start for cue in lexicon.cues("decided").find(message))
    after = (cue.start == name.end and cue.end == len(message) for cue in lexicon.cues("decided_after").find(message))
    return any(before) or any(after)


def _pick(interview: Interview, model: Model) -> str:
    return recommend(model, interview.answers, interview.excluded, interview.skipped).pick


_VERSUS = frozenset("vs versus against and or to with compare comparison between ? .".split())


def asked_which(
    _text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """ "So which one would you pick?", and nothing else."""
    lexicon = Lexicon.of(model)
    spoken = [token for token in message if not token.mark]
    cue = next((match for match in longest(lexicon.cues("asks_choice").find(spoken))), None)
    if cue is None or {token.text for token in (*spoken[: cue.start], *spoken[cue.end :])} - _OF_CHOICE:
        return None
    return (c.JustTell() if interview.state == "open" else c.Repeat()), 1.0


_OF_CHOICE = frozenset(
    "then now so for us me we i here this that in case pick choose take use select go with recommend suggest be best it your one".split()
)
