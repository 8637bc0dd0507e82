"""A command to a reply and the conversation after it. Pure: same command, conversation and knowledge, same result."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import msgspec

from bot.answers import advice, code, packages, questions, special, talk, unknown
from bot.answers.compose import Composer
from bot.answers.draft import Draft
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
    Share,
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
from bot.conversation import Conversation, Focus
from bot.effects import Effect, Feedback, ForgetUser, Gap, SetPreferences
from bot.interview import respond as interview
from bot.interview.commands import Start
from bot.knowledge.knowledge import Knowledge, Statement
from bot.messages import Message
from bot.preferences import USUAL, Preferences
from bot.replies import Reply

GAP_LENGTH = 300
_CONTENT = ("compare", "describe", "fact", "definition", "code_example", "extension_lookup")


def respond(
    understood: Understanding,
    message: Message,
    conversation: Conversation,
    knowledge: Knowledge,
    preferences: Preferences = USUAL,
) -> Draft:
    """The reply to one understood message, what is remembered after it, and what is written down besides."""
    compose = Composer(knowledge, seed=zlib.crc32(message.id.encode()), preferences=preferences)
    command = understood.command
    if isinstance(command, InterviewStep):
        return interview.respond(command.command, conversation, knowledge, compose)
    if isinstance(command, Advise):
        return _advise(command, compose, conversation, knowledge)
    reply = _reply(command, compose, conversation)
    if isinstance(command, Compare | Describe | AskFact | Define | FindPackage):
        gone = unknown.missing(command.subject, reply, compose)
        reply = unknown.nearest(gone, command.subject, reply, compose.anew()) if gone else reply
    effects = tuple(_effects(command, reply, message, preferences))
    if isinstance(command, Keep):
        return Draft(reply, conversation, effects)
    reply = msgspec.structs.replace(reply, trace=understood.trace)
    return Draft(reply, _after(command, reply, conversation, knowledge), effects)


def _advise(command: Advise, compose: Composer, conversation: Conversation, knowledge: Knowledge) -> Draft:
    """The general answer, and below it the interview's first question."""
    subject = command.subject
    if command.general or not command.own:
        advice.advise(subject, compose)
    draft = interview.respond(Start(subject.text), conversation, knowledge, compose)
    topics = subject.topics or draft.reply.topics
    reply = msgspec.structs.replace(
        draft.reply, intent="recommend", frameworks=questions.named(subject, knowledge), topics=topics
    )
    focus = Focus("recommend", subject.frameworks, subject.topics, claims=reply.claims, words=subject.words)
    return draft._replace(reply=reply, conversation=msgspec.structs.replace(draft.conversation, focus=focus))


def _reply(command: Command, compose: Composer, conversation: Conversation) -> Reply:
    match command:
        case Compare():
            return questions.compare(command, compose)
        case Describe() | AskFact():
            found = questions.describe(command, compose)
            return found or talk.not_known(command.subject, compose, _intent(command))
        case Define():
            return _definition(command, compose)
        case ShowCode():
            found = code.show(command, compose) or questions.describe(Describe(command.subject), compose)
            return found or talk.not_known(command.subject, compose, "code_example")
        case FindPackage():
            found = packages.find(command, compose)
            return found or talk.not_known(command.subject, compose, "extension_lookup")
        case MakeCase():
            return special.make_case(command, compose)
        case Translate():
            return special.translate(command, compose)
        case WhatChanged():
            return special.what_changed(command, compose)
        case More():
            return _more(compose, conversation.focus)
        case Shorten():
            return _shorter(compose, conversation.focus)
        case ShowSources():
            return talk.sources(conversation.focus, compose)
        case WhyThisAnswer():
            return talk.why_this(conversation.focus, compose)
        case Decline(why="off_topic" | "how_to_out_of_scope" | "courses" | "hosting") | NotUnderstood():
            return _known_after_all(command, compose) or _talk(command, compose, conversation)
        case _:
            return _talk(command, compose, conversation)


def _known_after_all(command: Decline | NotUnderstood, compose: Composer) -> Reply | None:
    """It sounded like nothing for the bot, but a claim answers just this, in so many words."""
    refused = command.why if isinstance(command, Decline) else ""
    if not questions.asked_outright(command.subject, compose.knowledge, refused):
        return None
    return questions.describe(AskFact(command.subject), compose)


def _talk(command: Command, compose: Composer, conversation: Conversation) -> Reply:
    match command:
        case Help():
            return talk.help_(compose)
        case SmallTalk():
            return talk.small_talk(command, compose)
        case Decline():
            return talk.decline(command, compose)
        case AskBack():
            return talk.ask_back(command, compose)
        case NotUnderstood():
            return talk.not_understood(command, compose, conversation.misses)
        case GiveFeedback():
            return talk.feedback(command, compose)
        case TellStored():
            return talk.stored(command, compose)
        case Forget():
            return talk.forget(compose, confirmed=command.confirmed)
        case Prefer():
            return talk.prefer(command, compose)
        case TellPreferences():
            return talk.preferences(compose)
        case BeQuiet():
            compose.say("quiet-asked")
            return compose.finish(intent="control", answered=False)
        case Keep():
            if command.announce:
                compose.say("quiet-now")
            return compose.finish(intent="silent", answered=False)
        case Share():
            return talk.share(command, compose)
        case _:
            raise AssertionError(command)


def _definition(command: Define, compose: Composer) -> Reply:
    """Of a term, else of a package, else what is known about the topic."""
    subject = command.subject
    found = questions.define(command, compose)
    if found is None and subject.extensions:
        found = packages.find(FindPackage(subject), compose)
    found = found or questions.describe(Describe(subject), compose)
    if found is None:
        return talk.not_known(subject, compose, "definition")
    return msgspec.structs.replace(found, intent="definition")


def _intent(command: Describe | AskFact) -> str:
    return "fact" if isinstance(command, AskFact) else "describe"


def _more(compose: Composer, focus: Focus) -> Reply:
    """The next best claims on the same question."""
    subject = Subject(frameworks=focus.frameworks, topics=focus.topics, words=focus.words)
    reply = questions.describe(Describe(subject), compose, shown=focus.claims)
    if reply is None:
        compose.say("more-none")
        return compose.finish(intent="control", answered=False, frameworks=focus.frameworks, topics=focus.topics)
    return msgspec.structs.replace(reply, intent=focus.intent or "describe")


def _shorter(compose: Composer, focus: Focus) -> Reply:
    """The one claim that matters most; of a comparison what says something of every side."""
    told = [compose.knowledge.claims[claim] for claim in focus.claims if claim in compose.knowledge.claims]
    sides = [name for name in focus.frameworks if name in compose.knowledge.file.frameworks]
    if focus.intent != "compare" or len(sides) < 2:
        told = told[:1]
        for statement in told:
            compose.claim(statement)
    else:
        _sides_in_short(compose, focus, sides, told)
    return compose.finish(
        intent=focus.intent or "describe", answered=bool(told), frameworks=focus.frameworks, topics=focus.topics
    )


def _sides_in_short(compose: Composer, focus: Focus, sides: Sequence[str], told: Sequence[Statement]) -> None:
    """The claim on all of them that the answer began with, or its verdict, or a line on each."""
    topic = next((topic for topic in focus.topics if topic in compose.knowledge.file.topics), "general")
    verdict = compose.knowledge.verdict(topic, sides)
    if told and told[0].about >= set(sides):
        compose.claim(told[0])
    elif verdict is not None:
        compose.text(f"{verdict.text} {compose.cite(*verdict.rests_on)}")
    else:
        compose.claims(next((one for one in told if one.frameworks == (name,)), told[0]) for name in sides if told)


def _effects(command: Command, reply: Reply, message: Message, preferences: Preferences) -> Iterable[Effect]:
    if isinstance(command, GiveFeedback):
        yield Feedback(command.answer, message.user, command.useful, command.reason)
    elif isinstance(command, Forget) and command.confirmed:
        yield ForgetUser(message.user)
    elif isinstance(command, Prefer):
        yield SetPreferences(message.user, preferences.after(command.change))
    elif isinstance(command, NotUnderstood):
        yield Gap(message.text[:GAP_LENGTH], "not_understood")
    elif isinstance(command, Decline):
        if _worth_a_look(command, message):
            yield Gap(message.text, "out_of_scope")
    elif reply.intent in _CONTENT and not reply.answered:
        yield Gap(message.text[:GAP_LENGTH], "not_known")


def _worth_a_look(command: Decline, message: Message) -> bool:
    """Whether an author might want to answer it after all: a question on the subject, and no heap of code or chatter."""
    named = command.subject.frameworks or command.subject.extensions
    return bool(named) and command.why in ("off_topic", "how_to_out_of_scope") and 0 < len(message.text) <= GAP_LENGTH


def _after(command: Command, reply: Reply, conversation: Conversation, knowledge: Knowledge) -> Conversation:
    """What is remembered: the focus moves with every answer of content."""
    change = msgspec.structs.replace
    misses = conversation.misses + 1 if isinstance(command, NotUnderstood) else 0
    conversation = change(conversation, misses=misses)
    if isinstance(command, BeQuiet):
        return change(conversation, quiet=True)
    if reply.intent not in _CONTENT or not reply.answered:
        return conversation
    before = conversation.focus
    shown = (*before.claims, *reply.claims) if isinstance(command, More) else reply.claims
    topics = _asked(command, conversation) or reply.topics
    focus = change(
        before,
        intent=reply.intent,
        frameworks=reply.frameworks,
        topics=topics,
        claims=tuple(dict.fromkeys(shown)),
        trace=reply.trace,
    )
    subject = getattr(command, "subject", None)
    if subject is None:
        return change(conversation, focus=focus)
    packages = subject.extensions or _packages(reply, knowledge)
    focus = change(
        focus,
        package=packages[0] if packages and reply.intent == "extension_lookup" else "",
        words=subject.words,
        packages=packages,
        purposes=subject.purposes if isinstance(command, FindPackage) and not subject.extensions else (),
        terms=_terms(command, subject, before),
        moves=_moves(subject, before),
        doubts=subject.doubts,
        sides=reply.frameworks if reply.intent == "compare" else before.sides,
    )
    return change(conversation, focus=focus)


def _terms(command: Command, subject: Subject, before: Focus) -> tuple[str, ...]:
    """What was explained, as long as the questions are about it."""
    if isinstance(command, Define):
        return subject.terms
    return (subject.terms or before.terms) if "topics" in subject.carried else ()


def _moves(subject: Subject, before: Focus) -> tuple[str, ...]:
    """From which framework to which, as long as that is what is talked about."""
    if subject.relation:
        return subject.frameworks
    return before.moves if "frameworks" in subject.carried and subject.frameworks == before.moves else ()


def _asked(command: Command, conversation: Conversation) -> tuple[str, ...]:
    """The topics that were asked about: a follow-up is about those, not about what the answer touched besides."""
    if isinstance(command, More | Shorten):
        return conversation.focus.topics
    return command.subject.topics if hasattr(command, "subject") else ()


def _packages(reply: Reply, knowledge: Knowledge) -> tuple[str, ...]:
    """The packages of an answer about packages, in its order: "is the first one maintained?" means one of them."""
    if reply.intent != "extension_lookup":
        return ()
    told = (knowledge.claims[claim] for claim in reply.claims if claim in knowledge.claims)
    return tuple(dict.fromkeys(statement.subject for statement in told if statement.section == "extension"))
