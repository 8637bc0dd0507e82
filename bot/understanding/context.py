"""What a message leaves unsaid: "and auth?", "same for fastapi", "which is faster?" are completed from the talk so far."""

from __future__ import annotations

import re

import msgspec

from bot.commands import Subject
from bot.conversation import Conversation, Focus
from bot.knowledge.words import stem
from bot.understanding.reading import Reading

_FOLLOW = frozenset("and or also but ok okay what how so then same hmm hm well now".split())
_INSTEAD = frozenset("meant mean rather instead".split())
_BARE = frozenset(map(stem, ("same", *_INSTEAD)))
_POINTS_BACK = frozenset("it they them that this those these one ones its their there both either other same".split())
_BESIDE = frozenset("than vs compare compared".split())
_JOINS = frozenset("add adding include including".split())
_LEAVES = frozenset("leave leaving without".split())
_ALONE = frozenset("just only tell".split())
_I_MEAN = re.compile(r"\b(?:i|we) mean", re.IGNORECASE)
_PLURAL = frozenset("those these them they".split())
_IT = frozenset("it that this".split())
_OF_A_SUBJECT = ("compare", "describe", "fact", "code_example", "extension_lookup")
_VAGUE = {"code_example": {"code", "documentation"}, "extension_lookup": {"extensions"}}
"""Topics that only repeat the kind of question: "give me an example", "which package for that?"."""
_BROAD = ("use_cases", "general")
_THINGS = ("topic", "hint", "term", "purpose")
_VERBS = frozenset("is does can could should would will has did was are".split())
_FOLLOW_LENGTH = 9
_SHORT = 6


def carry(intent: str, reading: Reading, subject: Subject, conversation: Conversation) -> tuple[str, Subject] | None:
    """The intent and subject, completed. None when the message points back at something and nothing is there."""
    focus = conversation.focus
    talked = bool(focus.frameworks or focus.topics)
    if not talked:
        return None if _dangling(reading, subject) else (intent, subject)
    change = msgspec.structs.replace
    if intent == "definition" and _I_MEAN.search(reading.text):
        intent = _kept(focus.intent)  # it asks for no meaning
    same = any(match.group == "same_for" for match in reading.cues)  # "does the same go for FastAPI?"
    goes_with = same or follows(reading)
    several = _PLURAL.intersection(reading.words) or subject.form == "which"
    if focus.intent == "extension_lookup" and several and not _names_another(subject):
        carried = change(subject, frameworks=focus.frameworks, topics=focus.topics, carried=("frameworks", "topics"))
        return "extension_lookup", carried  # "which of those is maintained?", "which is the lightest?": each says so
    if focus.package and points_back(reading) and not _names_another(subject):
        hinted = set(subject.topics) <= set(reading.named("hint"))
        topics = focus.topics if hinted else subject.topics  # "show me the first one"
        return "extension_lookup", change(subject, extensions=(focus.package,), topics=topics, carried=("extensions",))
    named = bool(subject.frameworks)
    says = bool(set(subject.topics) - _VAGUE.get(intent, set()) or subject.terms or subject.extensions)
    about = says and not same
    if named and len(focus.frameworks) == 1 and puts_beside(reading):
        joined = tuple(dict.fromkeys((*focus.frameworks, *subject.frameworks)))
        return "compare", change(subject, frameworks=joined, topics=subject.topics or focus.topics)
    if named and not about and goes_with and (same or not says_more(reading, subject)) and focus.topics:
        frameworks = _of_those(reading, subject, focus)
        moves = (_JOINS | _LEAVES).intersection(reading.words)  # those words are about the talk, not about the topic
        subject = change(
            subject,
            frameworks=frameworks,
            topics=focus.topics,
            words=focus.words if moves else (*subject.words, *focus.words),
            doubts=subject.doubts or focus.doubts,
            carried=("topics",),
        )
        if len(frameworks) > 1:
            return "compare", subject
        return ("describe" if focus.intent == "compare" else _kept(focus.intent)), subject
    near = goes_with or points_back(reading) or (intent and len(reading.words) <= _SHORT)
    if not named and about and _asks_which(reading, subject) and len(set(focus.frameworks) - set(focus.packages)) == 1:
        return intent, subject  # which of one?
    if not named and about and near and focus.frameworks:
        subject = change(subject, frameworks=focus.frameworks, carried=("frameworks",))
        goes_on = intent == "" or (intent in ("describe", "fact") and len(reading.words) < _SHORT)
        asks = focus.intent == "code_example" and subject.form in ("yes_no", "why", "which", "who", "when", "how_many")
        return (
            _kept(focus.intent) if goes_on and not asks else intent or "fact"
        ), subject  # "is it fast?" wants no code
    if not named and not about and (points_back(reading) or intent in _OF_A_SUBJECT):
        topics = focus.topics
        if intent == "extension_lookup":
            topics = tuple(topic for topic in topics if topic not in _BROAD) or topics
        subject = change(subject, frameworks=focus.frameworks, topics=topics, carried=("frameworks", "topics"))
        return (intent or _kept(focus.intent)), subject
    return intent, subject


def _asks_which(reading: Reading, subject: Subject) -> bool:
    """Which of the frameworks, that is; "which server" asks for a server."""
    if subject.form != "which":
        return False
    after = reading.words.index("which") + 1
    return not any(
        span.start <= after < span.end and any(m.kind in _THINGS for m in span.meanings) for span in reading.spans
    )


def puts_beside(reading: Reading) -> bool:
    """ "Is it faster than Flask?", "compare it with Flask", "vs Flask"."""
    said = set(reading.words)
    return reading.words[0] == "vs" or bool(said & _IT and said & _BESIDE)


def _of_those(reading: Reading, subject: Subject, focus: Focus) -> tuple[str, ...]:
    """The frameworks meant beside those spoken of: one joins a comparison, leaves it, or is asked about alone."""
    named, said = subject.frameworks, set(reading.words)
    if said & _LEAVES and set(named) < set(focus.frameworks):
        return tuple(name for name in focus.frameworks if name not in named)
    joins = said & _JOINS or (focus.intent == "compare" and not said & {"same", *_INSTEAD, *_ALONE})
    if not joins or set(named) <= set(focus.frameworks):
        return named
    return tuple(dict.fromkeys((*focus.frameworks, *named)))


def _names_another(subject: Subject) -> bool:
    return bool(subject.frameworks or subject.extensions or subject.others)


def _kept(intent: str) -> str:
    return intent if intent in _OF_A_SUBJECT else "describe"


def says_more(reading: Reading, subject: Subject) -> bool:
    """A question of its own ("so what's the downside of django"), not just another name for the one before."""
    return len(reading.words) > _FOLLOW_LENGTH or bool({*subject.words} - _BARE)


def follows(reading: Reading) -> bool:
    means = _INSTEAD.intersection(reading.words) and len(reading.words) <= _SHORT  # "in Django I mean"
    return bool(reading.words) and (reading.words[0] in _FOLLOW or len(reading.words) <= 3 or bool(means))


def points_back(reading: Reading) -> bool:
    return any(word in _POINTS_BACK for word in reading.words)


def _dangling(reading: Reading, subject: Subject) -> bool:
    """It speaks of "it", "this" or "that" and names nothing at all."""
    if len(reading.words) > 1 and reading.words[0] in _VERBS and reading.words[1] in ("this", "that"):
        return True
    names = (
        subject.frameworks
        or subject.topics
        or subject.extensions
        or subject.terms
        or subject.others
        or subject.use_cases
    )
    return not names and points_back(reading) and len(reading.words) <= 25
