"""Everything that is not a question of content: help, small talk, declining honestly, asking back, privacy."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.rank import STRONG, rank
from bot.commands import AskBack, Decline, GiveFeedback, NotUnderstood, Prefer, Share, SmallTalk, Subject, TellStored
from bot.conversation import Focus
from bot.knowledge.knowledge import Statement
from bot.preferences import USUAL
from bot.presses import value
from bot.replies import Choice, Reply, passed_on

MOST_BEARING = 2
"""Claims told with a refusal."""
FEEDBACK_REASONS = ("wrong", "outdated", "unclear", "missing")


def help_(compose: Composer) -> Reply:
    knowledge = compose.knowledge
    compose.say(
        "help", frameworks=compose.frameworks, topics=len(knowledge.file.topics), claims=f"{len(knowledge.claims):,}"
    )
    _starters(compose)
    return compose.finish(intent="control", answered=False)


def _starters(compose: Composer) -> None:
    frameworks = steps.main_frameworks(compose.knowledge)
    compose.choices(
        [
            Choice(compose.phrase("choice-compare-all"), value("compare", frameworks)),
            steps.choose(compose),
            Choice(compose.phrase("choice-sources"), value("sources")),
        ]
    )


def small_talk(command: SmallTalk, compose: Composer) -> Reply:
    phrases = compose.knowledge.file.phrases
    phrase = f"small-{command.kind.replace('_', '-')}"
    compose.say(phrase if phrase in phrases else "small-acknowledge", frameworks=compose.frameworks)
    if command.kind in ("greeting", "who_are_you", "what_do_you_know"):
        _starters(compose)
    return compose.finish(intent="smalltalk", answered=False)


def decline(command: Decline, compose: Composer) -> Reply:
    """Says what it is not for, and offers the nearest thing it knows."""
    knowledge = compose.knowledge
    subject = command.subject
    near = command.why != "off_topic" or subject.frameworks or subject.extensions  # else a chance word names a topic
    topics = [topic for topic in subject.topics if near and topic in knowledge.file.topics][:2]
    told = _bearing(subject, compose) if command.why == "how_to_out_of_scope" else []
    if told:
        compose.say("decline-how-to-nearest")
        compose.claims(told)
    elif command.why != "off_topic" or not _mentioned(subject, compose):
        compose.say(f"decline-{command.why.replace('_', '-')}", frameworks=compose.frameworks)
    if topics and command.why != "injection":
        compose.choices(steps.topic_choices(compose, topics, ()))
    else:
        compose.choices([steps.choose(compose), Choice(compose.phrase("choice-help"), value("help"))])
    intent = "off_topic" if command.why in ("off_topic", "foreign", "injection") else "how_to_out_of_scope"
    return compose.finish(intent=intent, answered=False, frameworks=subject.frameworks, topics=topics)


def _bearing(subject: Subject, compose: Composer) -> list[Statement]:
    """What is known in general on what one is at: their code cannot be seen, yet the matter may be an old acquaintance."""
    if not (subject.frameworks or subject.extensions):
        return []
    ranked = rank(compose.knowledge, subject, subject.frameworks or steps.main_frameworks(compose.knowledge))
    fits = (item for item in ranked[:MOST_BEARING] if item.on_topic and item.asked and item.lexical >= STRONG)
    return [item.statement for item in fits]


def _mentioned(subject: Subject, compose: Composer) -> bool:
    """The little that is known of another framework, told with the refusal. False when nothing is."""
    knowledge = compose.knowledge
    other = knowledge.file.others[subject.others[0]] if subject.others else None
    if other is None or not other.claims:
        return False
    compose.say("decline-other", name=other.name, frameworks=compose.frameworks)
    compose.claim(knowledge.claims[next(iter(other.claims))])
    return True


def ask_back(command: AskBack, compose: Composer) -> Reply:
    compose.say(f"ask-back-{command.missing}")
    if command.subject.topics:
        topics = [topic for topic in command.subject.topics if topic in compose.knowledge.file.topics]
        compose.choices(steps.topic_choices(compose, topics, command.subject.frameworks))
        return compose.finish(intent="smalltalk", answered=False)
    frameworks = steps.main_frameworks(compose.knowledge)
    compose.choices(
        [Choice(compose.knowledge.name(name), value("describe", (name,), ("general",))) for name in frameworks[:3]]
        + [Choice(compose.phrase("choice-compare-all"), value("compare", frameworks))]
    )
    return compose.finish(intent="smalltalk", answered=False)


def not_understood(command: NotUnderstood, compose: Composer, misses: int) -> Reply:
    """A ladder that does not repeat itself; nearest topics as buttons."""
    compose.say(f"not-understood-{min(misses, 2) + 1}", frameworks=compose.frameworks)
    topics = _nearest(command.subject, compose)
    choices = steps.topic_choices(compose, topics, command.subject.frameworks)
    compose.choices(choices or [steps.choose(compose), Choice(compose.phrase("choice-help"), value("help"))])
    return compose.finish(intent="off_topic", answered=False, frameworks=command.subject.frameworks)


def not_known(subject: Subject, compose: Composer, intent: str) -> Reply:
    """Understood, but no claim speaks of it."""
    names = [compose.knowledge.name(name) for name in subject.frameworks]
    compose.say("not-known-of" if names else "not-known", framework=", ".join(names))
    compose.choices(
        steps.topic_choices(compose, _nearest(subject, compose), subject.frameworks) or [steps.choose(compose)]
    )
    return compose.finish(intent=intent, answered=False, frameworks=subject.frameworks, topics=subject.topics)


def _nearest(subject: Subject, compose: Composer) -> Sequence[str]:
    knowledge = compose.knowledge
    scores = knowledge.index.search(subject.words, subject.frameworks or steps.main_frameworks(knowledge))
    ranked = sorted(scores, key=lambda name: scores[name].score, reverse=True)[:6]
    topics = dict.fromkeys((*subject.topics, *(topic for name in ranked for topic in knowledge.claims[name].topics)))
    return [topic for topic in topics if topic != "general"][:3]


def sources(focus: Focus, compose: Composer) -> Reply:
    """The sources of the last answer in full, or the main ones."""
    knowledge = compose.knowledge
    ids = dict.fromkeys(
        source
        for claim in focus.claims
        if claim in knowledge.claims
        for source in knowledge.claims[claim].claim.sources
    )
    if ids:
        compose.say("sources-of-answer")
    else:
        compose.say("sources-all", count=len(knowledge.sources))
        ids = dict.fromkeys(name for name, source in knowledge.sources.items() if source.kind != "documentation")
    lines = []
    for source_id in list(ids)[:15]:
        source = knowledge.sources[source_id]
        title = f"[{source.title}]({source.url})" if source.url else source.title
        by = f", {source.author}" if source.author else ""
        dated = f", {source.as_of.isoformat()}" if source.as_of else ""
        lines.append(f"- {title}{by}{dated} {compose.cite_sources(source_id)}")
    compose.text("\n".join(lines))
    return compose.finish(
        intent="control", answered=bool(focus.claims), frameworks=focus.frameworks, topics=focus.topics
    )


def why_this(focus: Focus, compose: Composer) -> Reply:
    """Words, what they were taken for, and the claims that were shown."""
    if not focus.claims and not focus.trace:
        compose.say("why-nothing")
        return compose.finish(intent="control", answered=False)
    compose.say("why-understood")
    compose.text("\n".join(f"- {line}" for line in focus.trace) or compose.phrase("why-button"))
    shown = [compose.knowledge.claims[claim] for claim in focus.claims if claim in compose.knowledge.claims]
    compose.say("why-claims", count=len(shown))
    compose.text("\n".join(f"- `{statement.id}` {compose.cite(statement.id)}" for statement in shown[:12]))
    return compose.finish(intent="control", answered=True, frameworks=focus.frameworks, topics=focus.topics)


def feedback(command: GiveFeedback, compose: Composer) -> Reply:
    """Thanks; after a thumbs-down without a reason, asks for one."""
    if command.useful or command.reason:
        compose.say("feedback-thanks" if command.useful else "feedback-noted")
    else:
        compose.say("feedback-why")
        compose.choices(
            [
                Choice(compose.phrase(f"feedback-{reason}"), value("fb", "-", command.answer, reason))
                for reason in FEEDBACK_REASONS
            ],
            kind="question",
        )
    return compose.finish(intent="control", answered=False, audience="only_you")


def stored(command: TellStored, compose: Composer) -> Reply:
    lines = [f"- {compose.phrase('stored-line', kind=kind, count=count)}" for kind, count in command.counts.items()]
    compose.say("stored")
    compose.text("\n".join(lines) or compose.phrase("stored-nothing"))
    compose.choices([Choice(compose.phrase("choice-forget"), value("forget-yes"), "danger")])
    return compose.finish(intent="control", answered=False, audience="only_you")


def forget(compose: Composer, *, confirmed: bool) -> Reply:
    if confirmed:
        compose.say("forgotten")
    else:
        compose.say("forget-sure")
        compose.choices([Choice(compose.phrase("choice-forget"), value("forget-yes"), "danger")], kind="question")
    return compose.finish(intent="control", answered=False, audience="only_you")


def prefer(command: Prefer, compose: Composer) -> Reply:
    compose.say(f"prefer-{command.change}")
    return compose.finish(intent="control", answered=False, audience="only_you")


def preferences(compose: Composer) -> Reply:
    """As they are, with what one could want instead."""
    wanted = compose.preferences
    length, audience = "short" if wanted.short else "long", "private" if wanted.private else "public"
    lines = [f"- {compose.phrase(f'preference-{name}')}" for name in (length, audience)]
    compose.say("preferences")
    compose.text("\n".join(lines))
    others = ["long" if wanted.short else "short", "public" if wanted.private else "private"]
    others += ["reset"] if wanted != USUAL else []
    compose.choices([Choice(compose.phrase(f"choice-prefer-{name}"), value(f"prefer-{name}")) for name in others])
    return compose.finish(intent="control", answered=False, audience="only_you")


def share(command: Share, compose: Composer) -> Reply:
    """The earlier answer as others get to see it."""
    if command.shown is None:
        compose.say("share-gone")
        return compose.finish(intent="control", answered=False, audience="only_you")
    parts = passed_on(command.shown.parts)
    change = msgspec.structs.replace
    return change(command.shown, parts=parts, audience="here", interview=None, replaces="", settles="", settled_as="")
