"""A message to a command. Reads the conversation, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

import msgspec

from bot import presses
from bot.answers.rank import STRONG, rank
from bot.answers.steps import main_frameworks
from bot.commands import (
    Advise,
    AskBack,
    AskFact,
    BeQuiet,
    Command,
    Compare,
    Decline,
    Define,
    Describe,
    FindPackage,
    Forget,
    GiveFeedback,
    Help,
    InterviewStep,
    Keep,
    MakeCase,
    More,
    NotUnderstood,
    Prefer,
    Shorten,
    ShowCode,
    ShowSources,
    SmallTalk,
    Subject,
    TellPreferences,
    TellStored,
    Translate,
    Understanding,
    WhatChanged,
    WhyThisAnswer,
)
from bot.conversation import Conversation
from bot.interview import understand as interview
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message
from bot.preferences import Change
from bot.understanding.classify import classify
from bot.understanding.context import carry, points_back
from bot.understanding.earlier import Earlier
from bot.understanding.learned import GENERAL
from bot.understanding.projects import Projects
from bot.understanding.reading import CLASSES, Reader, Reading
from bot.understanding.scope import Scope, refusal
from bot.understanding.sought import USERS
from bot.understanding.subjects import Subjects
from bot.understanding.topics import Topics

EXAMPLE_COVERS = 0.6
"""Share of the words that must name something known, for an example to answer a "how do I"."""
ASKED_INSIDE = 0.2
"""How sure it must be that an interview's result is asked for, which is there for the asking."""
GOES_ON = 0.7
"""How sure it is of what a short message takes over from the one before."""
_UNFIT = ("", "off_topic", "how_to_out_of_scope")
_ASKING = ("show_code", "same_for", "judged")
"""Control cues that ask for content."""
_KIND_WORDS = ("thanks", "praise")
_OF_CONTENT = ("compare", "describe", "fact")
_PREFERRED: dict[str, Change] = {
    "prefer_short": "short",
    "prefer_long": "long",
    "prefer_private": "private",
    "prefer_public": "public",
    "prefer_reset": "reset",
}
_PLAIN: dict[str, Command] = {
    "sources": ShowSources(),
    "why_this": WhyThisAnswer(),
    "quiet": BeQuiet(),
    "privacy": TellStored(),
    "forget": Forget(),
    "preferences": TellPreferences(),
    **{group: Prefer(change) for group, change in _PREFERRED.items()},
}
"""Control cues that always ask for the same."""
_QUESTIONS: dict[str, Callable[[Subject], Command]] = {
    "compare": Compare,
    "describe": Describe,
    "fact": AskFact,
    "definition": Define,
    "code_example": ShowCode,
}


class Understander:
    """Made once per knowledge object; `understand` may be called from anywhere."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.reader = Reader(knowledge)
        self._topics = Topics(knowledge)
        self._subjects = Subjects(knowledge, self.reader, self._topics)
        self._projects = Projects(knowledge)
        vocabulary = knowledge.file.vocabulary
        lists = vocabulary.words if vocabulary else {}
        self._mine = frozenset(lists.get("mine", ()))
        self._besides = frozenset(lists.get("besides", ()))
        self._agreeing = frozenset(lists.get("agreeing", ()))
        self._scope = Scope(lists)
        self._earlier = Earlier(knowledge)

    def understand(self, message: Message, conversation: Conversation) -> Understanding:
        press = message.press or _chosen(message.text, conversation, self._agreeing)
        if press and not press.startswith("iv:"):
            pressed = presses.command(press)
            if pressed is not None:
                return Understanding(_in_own_words(self._still_known(pressed), message), trace=(press,))
        reading = self.reader.read(message.text)
        if _mends_a_word(reading, conversation):
            return Understanding(Keep(), trace=reading.words)
        talked = message.addressed and bool(conversation.focus.frameworks or conversation.focus.topics)
        intent, sure, trace = classify(reading, self.knowledge.learned.intents, talked=talked)
        inside = conversation.interview is not None and conversation.interview.state != "closed"
        goes_on = None if inside or press else self._goes_on(intent, reading, conversation)
        if goes_on is not None:
            return Understanding(goes_on, max(sure, GOES_ON), trace)
        if press or inside or intent in ("", "recommend") or conversation.interview is not None:
            found = interview.understand(message.text, press, conversation, self.knowledge, _repaired(reading))
            wins = found is not None and (found[1] >= sure or intent == "recommend" or _gibberish(intent, reading))
            if found is not None and (press or not intent or found[1] >= 1 or (inside and wins)):
                return Understanding(InterviewStep(found[0]), found[1], trace)
        if inside and intent == "recommend" and sure < ASKED_INSIDE and not any(map(reading.named, CLASSES)):
            return Understanding(NotUnderstood(self._subjects.of(reading)), sure, trace)
        if inside and intent in ("recommend", "compare") and _asks_which(reading):
            return Understanding(InterviewStep(interview.verdict(conversation)), sure, trace)
        if intent not in ("control", "smalltalk") and self._projects.told(reading, intent):
            return Understanding(Advise(self._subjects.of(reading), own=True), 0.9, trace)
        command = self._command(intent, reading, conversation)
        return Understanding(command, sure, trace)

    def _goes_on(self, intent: str, reading: Reading, conversation: Conversation) -> Command | None:
        """What it asks of the package, the term or the move that was just spoken of."""
        control = next((match.group for match in reading.cues if match.intent == "control"), "")
        if intent == "smalltalk" or (control and control not in _ASKING):
            return None
        return self._earlier.command(intent, reading, self._subjects.of(reading), conversation.focus)

    def thanked(self, text: str) -> bool:
        """Whether the message thanks or praises, and no more."""
        reading = self.reader.read(text)
        kind = any(match.intent == "smalltalk" and match.group in _KIND_WORDS for match in reading.cues)
        return kind and "#short" in reading.features

    def _still_known(self, command: Command) -> Command:
        """A button may be older than the knowledge: what has gone since is left out; a framework that has, helps none."""
        file = self.knowledge.file
        if isinstance(command, MakeCase):
            return command if command.framework in file.frameworks else Help()
        if not isinstance(command, Compare | Describe | AskFact | ShowCode):
            return command
        subject = msgspec.structs.replace(
            command.subject,
            frameworks=known_ids(command.subject.frameworks, file.frameworks),
            topics=known_ids(command.subject.topics, file.topics),
            tasks=known_ids(command.subject.tasks, file.code),
            others=known_ids(command.subject.others, file.others),
        )
        match command:
            case Compare():
                return Compare(subject)
            case Describe():
                return Describe(subject)
            case AskFact():
                return AskFact(subject)
            case ShowCode():
                return ShowCode(subject)

    def _command(self, intent: str, reading: Reading, conversation: Conversation) -> Command:
        subject = self._subjects.of(reading)
        if intent == "control":
            return self._control(reading, subject, conversation)
        if intent == "smalltalk":
            kinds = (match.group for match in reading.cues if match.intent == "smalltalk")
            return SmallTalk(next(kinds, "who_are_you"))
        if intent in _UNFIT and self._house_rule(subject, reading):
            return AskFact(self._topics.inferred(subject, reading))
        if intent == "how_to_out_of_scope" and refusal(intent, reading) == intent:
            if self._has_example(reading):
                return ShowCode(subject)
            intent = "describe" if self._scope.plainly_asked(reading) else intent
        if intent in ("off_topic", "how_to_out_of_scope"):
            if "#foreign" in reading.features:
                return Decline("foreign", subject)
            return Decline(refusal(intent, reading), subject)
        if intent == "recommend" and subject.relation:
            intent = "compare"  # "should we move from Flask to FastAPI?" is about the move
        if intent == "recommend" and any(item.near == USERS for item in subject.sought):
            return AskFact(msgspec.structs.replace(subject, topics=(USERS,)))  # "which framework does Acme use?"
        if intent == "recommend":
            own, general = self._projects.own(reading, subject), self._projects.in_general(reading, subject)
            return Advise(subject, own=own, general=general)
        return self._question(intent, reading, subject, conversation)

    def _has_example(self, reading: Reading) -> bool:
        """Whether "how do I ..." asks for little more than a task there is an example of, with nothing of one's own code."""
        if self._mine.intersection(reading.words) or reading.features & {"#trouble", "#codelike", "#medium"}:
            return False
        if not reading.named("framework") or not reading.named("code"):
            return False
        named = {
            word
            for span in reading.spans
            if span.meanings[0].kind not in ("hint", "framework")
            for word in reading.stems[span.start : span.end]
        }
        said = self.reader.content(reading)
        return len(named.intersection(said)) >= EXAMPLE_COVERS * len(said)

    def _house_rule(self, subject: Subject, reading: Reading) -> bool:
        """Whether one of the team's own rules is about just what is asked: nobody else's knowledge speaks of "our"."""
        own = self._mine.intersection(reading.words)
        if not self.knowledge.file.house_rules or not own or len(subject.words) < 2:
            return False
        frameworks = subject.frameworks or main_frameworks(self.knowledge)
        best = next(iter(rank(self.knowledge, subject, frameworks)), None)
        return best is not None and best.asked >= 2 and best.lexical >= STRONG and best.statement.section == "house"

    def _control(self, reading: Reading, subject: Subject, conversation: Conversation) -> Command:
        group = next(match.group for match in reading.cues if match.intent == "control")
        frameworks = subject.frameworks
        plain = _PLAIN.get(group)
        if plain is not None:
            return plain
        shown = bool(conversation.focus.claims)
        match group:
            case "why":
                return More() if shown else SmallTalk("why")
            case "more":
                return More() if shown else Help()
            case "shorter":
                return Shorten() if shown else Help()
            case "missed":
                meant = conversation.focus.frameworks
                near = [name for name in meant if name in self.knowledge.file.frameworks]
                return AskBack("meant", Subject(frameworks=tuple(near), topics=conversation.focus.topics))
            case "changed":
                return WhatChanged(frameworks or conversation.focus.frameworks)
            case "case" if frameworks:
                return MakeCase(frameworks[0], subject.topics)
            case "translate" if len(frameworks) > 1:
                return Translate(*frameworks[:2])
            case "show_code":
                focus = conversation.focus
                change = msgspec.structs.replace
                subject = change(
                    subject, frameworks=frameworks or focus.frameworks, topics=focus.topics, words=focus.words
                )
                return ShowCode(change(subject, terms=focus.terms, carried=("topics",)))
            case "side_by_side":
                focus = conversation.focus
                return Compare(msgspec.structs.replace(subject, frameworks=focus.frameworks, topics=focus.topics))
            case "same_for" | "judged":
                return self._question("describe", reading, subject, conversation)
        return Help()

    def _question(self, intent: str, reading: Reading, subject: Subject, conversation: Conversation) -> Command:
        carried = carry(intent, reading, subject, conversation)
        if carried is None:
            return AskBack("subject", subject)
        intent, subject = carried
        if intent in ("fact", "describe") and subject.extensions and "maintenance" in subject.topics:
            return FindPackage(subject)  # "is Flask-Admin abandoned?": its status says so
        if intent == "extension_lookup":
            return self._package(subject, reading)
        if intent in _OF_CONTENT:
            subject = self._topics.inferred(subject, reading)
        if intent not in _QUESTIONS:
            told = subject.use_cases and intent == "" and "#codelike" not in reading.features
            return Advise(subject) if told else self._lost(reading, subject)
        return _QUESTIONS[intent](subject)

    def _package(self, subject: Subject, reading: Reading) -> Command:
        if not self._names_purpose(subject, reading):
            return AskBack("package", subject)
        packages = self.knowledge.file.extensions
        others = self._besides.intersection(reading.words)
        if not others or all(packages[name].successor for name in subject.extensions):  # its entry says what came after
            return FindPackage(subject)
        meant = dict.fromkeys((*subject.purposes, *(p for name in subject.extensions for p in packages[name].purposes)))
        wanted = msgspec.structs.replace(subject, extensions=(), purposes=tuple(meant))
        return FindPackage(wanted, besides=subject.extensions)

    def _names_purpose(self, subject: Subject, reading: Reading) -> bool:
        """Whether a question for a package says what it is for ("these features" does not)."""
        for_something = set(subject.topics) - {"extensions", "maintenance", "general"}
        if points_back(reading) and not subject.purposes:
            for_something = set()
        return bool(subject.purposes or subject.extensions or subject.frameworks or for_something)

    def _lost(self, reading: Reading, subject: Subject) -> Command:
        if "#foreign" in reading.features:
            return Decline("foreign", subject)
        plain = "#brief" in reading.features and not reading.features & {"#trouble", "#codelike"}
        return FindPackage(subject) if subject.extensions and plain else NotUnderstood(subject)


@lru_cache(maxsize=2)
def understander(knowledge: Knowledge) -> Understander:
    """That of this knowledge, made on first use; the last two are kept (a hot reload and the one before)."""
    return Understander(knowledge)


def _repaired(reading: Reading) -> str:
    """The words without their slips; a question stays one."""
    return " ".join(reading.words) + "?" * reading.text.rstrip().endswith("?")


def _mends_a_word(reading: Reading, conversation: Conversation) -> bool:
    """ "*which", after a message with a slip in it."""
    written = reading.text.strip()
    one = len(reading.words) == 1 and written.startswith("*") and written[1:].isalpha()
    return one and bool(conversation.last_message)


def _in_own_words(pressed: Command, message: Message) -> Command:
    """Feedback from a form: a reason, words of one's own, or both."""
    if not isinstance(pressed, GiveFeedback) or not message.press or not message.text:
        return pressed
    return GiveFeedback(pressed.answer, pressed.useful, ": ".join(filter(None, (pressed.reason, message.text))))


def _chosen(text: str, conversation: Conversation, agreeing: Collection[str]) -> str:
    """The value of the choice that a number or a label's own words stand for, or nothing. A yes is the only choice."""
    said = text.strip().strip(".!?").casefold()
    if not said or len(said) > 60:
        return ""
    shown = conversation.choices
    if said.isdigit() and said.isascii():
        number = int(said)
        return shown[number - 1][1] if 1 <= number <= len(shown) else ""
    if said in agreeing and len(shown) == 1 and not shown[0][1].startswith("iv:"):
        return shown[0][1]
    if conversation.focus.terms and said.startswith("and "):
        return ""  # the button is about the topic, the question about the term that was explained
    return next((value for label, value in shown if label.strip("?… ").casefold() == said), "")


def _gibberish(intent: str, reading: Reading) -> bool:
    """Nothing but unknown words: in an interview that is an answer nobody understood."""
    return intent in ("off_topic", "smalltalk") and {match.group for match in reading.cues if match.weight > 0} <= {
        "strangers"
    }


def _asks_which(reading: Reading) -> bool:
    """ "What would you pick for us then?": in an interview that asks for its result, unless something else is named."""
    named = any(reading.named(kind) for kind in ("framework", "other", "use_case", "extension", "term", "code"))
    return not named and set(reading.named("topic")) <= {"use_cases", GENERAL}


def known_ids(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are known, in order: ids from old buttons may have gone."""
    known = set(known)
    return tuple(name for name in names if name in known)
