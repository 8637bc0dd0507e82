"""What is asked of the interview in many words: its result, a text to pass on, a record, and where a note comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview import commands as c
from bot.interview.lexicon import Lexicon
from bot.interview.tokens import longest, words

if TYPE_CHECKING:
    from bot.conversation import Conversation, Interview
    from bot.interview.model import Model
    from bot.interview.tokens import Token

Understood = tuple[c.InterviewCommand, float]
_LONGEST = 14


def wanted(_text: str, message: list[Token], interview: Interview, _: Conversation, model: Model) -> Understood | None:
    """ "Just give me the answer now", "send me a summary for my boss", "write that up for the board": a thing that is asked
    for, and around it only words that ask.
    """
    lexicon = Lexicon.of(model)
    spoken = [token for token in message if not token.mark]
    if not 1 < len(spoken) <= _LONGEST:
        return None
    done = interview.state == "done"
    for name, wish in (("wants_record", c.DecisionRecord()), ("wants_share", c.Share())):
        if _asks_for(name, spoken, lexicon):
            return (wish if done else c.JustTell()), 1.0
    if _asks_for("wants_result", spoken, lexicon):
        return (c.Repeat() if done else c.JustTell()), 1.0
    return None


def _asks_for(name: str, spoken: list[Token], lexicon: Lexicon) -> bool:
    found = longest(lexicon.cues(name).find(spoken))
    covered = {at for match in found for at in range(match.start, match.end)}
    handed = name == "wants_result" or bool({t.text for t in spoken} & lexicon.listed("handing"))
    return (
        bool(found)
        and handed
        and {t.text for at, t in enumerate(spoken) if at not in covered} <= lexicon.listed("wanting")
    )


def noted(message: list[Token], interview: Interview, model: Model) -> Understood | None:
    """ "Where did you get "team of 6" from?", "I never said that we are 6", "what did you write for team": one answer."""
    lexicon = Lexicon.of(model)
    spoken = [token for token in message if not token.mark]
    cue = next((m for m in longest(lexicon.cues("whence").find(spoken)) if m.start <= 1), None)
    told = [answer.question for answer in interview.answers if model.knows(answer)]
    if cue is None or not told:
        return None
    said = {token.text for token in spoken[cue.end :]}
    scored = [(len(said & _words(name, interview, model)), name) for name in told]
    best, name = max(scored, key=lambda pair: pair[0])
    return (c.WhereFrom(name), 1.0) if best else None


def _words(name: str, interview: Interview, model: Model) -> set[str]:
    """What an answer is called by: its question, its options, and how it was put."""
    answer = next(answer for answer in interview.answers if answer.question == name)
    question = model.question(name)
    options = [question.options[option] for option in answer.options if option in question.options]
    texts = [question.label, name.replace("_", " "), answer.value]
    texts += [text for option in options for text in (option.label, option.noted)]
    return {word for text in texts for word in words(text)} - _SMALL


_SMALL = frozenset("a an the of and or no not to in on with it is need some many other".split())


def labelled(message: list[Token], interview: Interview, model: Model) -> Understood | None:
    """ "What does found by search mean": a label of the question that is open, or of what was answered."""
    lexicon = Lexicon.of(model)
    spoken = [token for token in message if not token.mark]
    asks = longest(lexicon.cues("asks_meaning").find(spoken))
    if not asks or not model.puts(interview.asked) or interview.state != "open":
        return None
    covered = {at for match in asks for at in range(match.start, match.end)}
    said = [t.text for at, t in enumerate(spoken) if at not in covered and t.text not in _AROUND]
    options = model.question(interview.asked).options
    named = (name for name, o in options.items() if [word for word in words(o.label) if word not in _AROUND] == said)
    name = next(named, "")
    return (c.AskMeaning(name), 1.0) if name else None


_AROUND = frozenset("the a an option box answer by with that here exactly".split())
