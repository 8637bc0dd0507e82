"""Packages: what one takes for a purpose, and whether it is alive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.direct import SETTLED, as_narrow, beyond
from bot.answers.questions import ROOM, YES_NO, describe, fitting, house, listed
from bot.answers.rank import STRONG, Ranked, rank, speaks_of
from bot.commands import Describe, FindPackage, Subject
from bot.knowledge.model import Extension
from bot.knowledge.words import stems, words
from bot.replies import Reply

MOST = 5
MOST_PURPOSES = 2
"""That are named in a heading: of more it would be a list by itself."""
_KINDS_OF_PROJECT = "use_cases"
"""A topic that says whom the package is for; what it is for says another, if there is one."""
_USABLE = ("alive", "quiet")
_BEING = ("is", "are")
_LIFE = "maintenance"
"""The topic of whether something is looked after."""


def find(command: FindPackage, compose: Composer) -> Reply | None:
    """The named packages, or those for the purpose and framework asked about, best first, with their status."""
    subject, file = command.subject, compose.knowledge.file
    named = [name for name in subject.extensions if name in file.extensions]
    named = _with_glue(named, subject, compose)
    if named:
        return _about(named, subject, compose)
    purposes = _purposes(subject, compose)
    ranked = rank(compose.knowledge, subject, subject.frameworks or steps.main_frameworks(compose.knowledge))
    found = _matching(purposes, subject, ranked, compose) if purposes else _by_words(ranked)
    found = [name for name in found if not any(other in name for other in command.besides)]
    if not found:
        return describe(Describe(subject), compose) if set(subject.topics) - {"extensions"} else None
    owners = [name for name in subject.frameworks if name in file.frameworks]
    own = "purposes" not in subject.carried
    said = [item.statement for item in ranked[:2] if own and item.asked and item.statement.section == "topic"]
    settled = bool(said) and ranked[0].statement is said[0] and ranked[0].covered > SETTLED
    if settled:
        compose.claim(said[0])
    elif 0 < len(purposes) <= MOST_PURPOSES:
        what = listed(compose, dict.fromkeys(file.purposes[purpose].name for purpose in purposes))
        whose = listed(compose, [compose.knowledge.name(name) for name in owners])
        compose.say("packages-for" if owners else "packages-for-any", purpose=what, framework=whose)
    compose.text("\n".join(_line(file.extensions[name], compose) for name in found[: MOST - len(said)]))
    compose.claims(said)
    topics = list(dict.fromkeys((*subject.topics, *(file.purposes[purpose].topic for purpose in purposes))))
    house(compose, topics, owners)
    compose.choices(steps.after_question(compose, owners, topics[:1], more=False))
    spoken_of = (*owners, *(name for name in command.besides if file.extensions[name].layer))
    return compose.finish(intent="extension_lookup", answered=True, frameworks=spoken_of, topics=topics[:4])


def _with_glue(named: Sequence[str], subject: Subject, compose: Composer) -> list[str]:
    """ "Which extension adds SQLAlchemy to Flask?": with the framework's own packages that carry the named one's name.

    Before it when they are what one takes first, after it when they only add to it (Celery, then its scheduler for Django).
    """
    packages = compose.knowledge.file.extensions
    asked = set(subject.frameworks)
    found: list[str] = []
    for name in named:
        glue = [] if set(packages[name].frameworks) <= asked else _glue(name, asked, packages)
        first = [other for other in glue if packages[other].rank <= packages[name].rank]
        found += [*first, name, *(other for other in glue if other not in first)]
    return list(dict.fromkeys(found))


def _glue(name: str, asked: set[str], packages: Mapping[str, Extension]) -> list[str]:
    usable = ((other, entry) for other, entry in packages.items() if entry.status in _USABLE)
    return [
        other
        for other, entry in usable
        if name in other.split("-") and other != name and set(entry.frameworks) == asked
    ]


def _purposes(subject: Subject, compose: Composer) -> tuple[str, ...]:
    if subject.purposes:
        return subject.purposes
    topics = compose.knowledge.file.topics
    named = [topic for topic in subject.topics if topics[topic].purposes]
    told = [topic for topic in named if topic != _KINDS_OF_PROJECT] or named
    return tuple(dict.fromkeys(purpose for topic in told for purpose in topics[topic].purposes))


def _by_words(ranked: Sequence[Ranked]) -> list[str]:
    """Packages whose claims speak of just this."""
    about = (item.statement.subject for item in ranked if item.statement.section == "extension" and item.asked)
    return list(dict.fromkeys(about))


def _matching(purposes: Sequence[str], subject: Subject, ranked: Sequence[Ranked], compose: Composer) -> list[str]:
    """Usable packages first, the framework's own before general ones, then by the question's words, then by rank."""
    frameworks = set(subject.frameworks)
    near: dict[str, float] = {}
    for item in ranked:
        if item.statement.section == "extension":
            near[item.statement.subject] = max(near.get(item.statement.subject, 0.0), item.lexical)
    rows = []
    for name, entry in compose.knowledge.file.extensions.items():
        fits = set(entry.purposes) & set(purposes)
        own = set(entry.frameworks) & frameworks
        if fits and (own or not frameworks or not entry.frameworks):
            said = -round(near.get(name, 0.0) / STRONG)
            rows.append(
                (entry.status not in _USABLE, said, not own, entry.rank, min(purposes.index(p) for p in fits), name)
            )
    return [row[-1] for row in sorted(rows)]


def _line(entry: Extension, compose: Composer) -> str:
    first = compose.knowledge.claims[next(iter(entry.claims))]
    return f"- **{entry.name}**: {compose.statement(first)} {status(entry, compose)}"


def status(entry: Extension, compose: Composer) -> str:
    """Alive, quiet, dormant or dead, with version and date checked."""
    version = compose.phrase("status-version", version=entry.version) if entry.version else ""
    released = compose.phrase("status-released", released=entry.released) if entry.released else ""
    marks = compose.cite_sources(*entry.status_sources)
    line = compose.phrase(
        f"status-{entry.status}", version=version, released=released, checked=entry.checked.strftime("%b %Y")
    )
    successor = compose.knowledge.file.extensions.get(entry.successor)
    after = " " + compose.phrase("status-successor", name=successor.name) if successor else ""
    return f"{line} {marks}{after}"


def _about(named: Sequence[str], subject: Subject, compose: Composer) -> Reply:
    """One package or several side by side."""
    file, knowledge = compose.knowledge.file, compose.knowledge
    if _asks_life(subject) and len(named) == 1:
        _life(named[0], subject, compose)
    else:
        if not _joins(named, subject, compose):
            _settled(named, subject, compose)
        compose.text("\n".join(_line(file.extensions[name], compose) for name in named[:4]))
    own = [knowledge.claims[claim_id] for name in named for claim_id in list(file.extensions[name].claims)[1:]]
    owners = list(dict.fromkeys(owner for name in named for owner in file.extensions[name].frameworks))
    ranked = rank(knowledge, subject, subject.frameworks or owners)
    order = {item.statement.id: number for number, item in enumerate(ranked)}
    own.sort(key=lambda statement: order.get(statement.id, len(order)))
    compose.claims(fitting(own[: 6 if len(named) == 1 else 4], compose.room(ROOM) - 200) if own else ())
    topics = list(dict.fromkeys((*_topics(named, compose), *subject.topics)))
    asked = [name for name in subject.frameworks if name in file.frameworks]
    layers = [name for name in named if file.extensions[name].layer]
    house(compose, topics, owners)
    compose.choices(steps.after_question(compose, asked or owners[:1], topics[:1], more=False))
    frameworks = (*(asked or (owners if len(owners) == 1 else ())), *layers)
    return compose.finish(intent="extension_lookup", answered=True, frameworks=frameworks, topics=topics[:5])


def _joins(named: Sequence[str], subject: Subject, compose: Composer) -> bool:
    """ "Does it work with Flask?": yes, where a claim of the package says how it goes with just that framework."""
    vocabulary, asked = compose.knowledge.file.vocabulary, set(subject.frameworks)
    joining = set(vocabulary.words.get("joining", ())) if vocabulary else set()
    if subject.form != "yes_no" or len(named) != 1 or len(asked) != 1 or joining.isdisjoint(words(subject.text)):
        return False
    entry = compose.knowledge.file.extensions[named[0]]
    if not asked <= set(entry.frameworks):
        return False
    phrases = {f"{head} {joint} {next(iter(asked))}" for head in (named[0], *entry.asks) for joint in ("with", "in")}
    own = [compose.knowledge.claims[claim] for claim in entry.claims]
    said = next((one for one in own if phrases.intersection(map(str.casefold, one.claim.asks))), None)
    name = compose.knowledge.name(next(iter(asked)))
    said = said or next((one for one in own[:1] if name in one.claim.text), None)
    if said is not None and as_narrow(said, subject):
        compose.text(f"{compose.phrase(YES_NO['yes'])} {compose.statement(said)}")
        return True
    return False


def _asks_life(subject: Subject) -> bool:
    """ "Is DRF still maintained?", "is tastypie dead?"; not "does DRF still support Python 3.8?"."""
    of_itself = not set(_BEING).isdisjoint(words(subject.text)[:2])
    return of_itself and _LIFE in subject.topics and not any(letter.isdigit() for letter in subject.text)


def _life(name: str, subject: Subject, compose: Composer) -> None:
    """Yes or no first: whether it is looked after, or whether it is not, as was asked."""
    vocabulary, entry = compose.knowledge.file.vocabulary, compose.knowledge.file.extensions[name]
    ended = vocabulary is not None and not set(words(subject.text)).isdisjoint(vocabulary.words.get("ended", ()))
    usable = entry.status in _USABLE
    answer = "partly" if entry.status == "quiet" else "no" if usable == ended else "yes"
    compose.text(f"{compose.phrase(YES_NO[answer])} **{entry.name}**: {status(entry, compose)}")
    _settled([name], subject, compose)
    compose.claim(compose.knowledge.claims[next(iter(entry.claims))])


def _settled(named: Sequence[str], subject: Subject, compose: Composer) -> None:
    """What answers the question in so many words goes before what the packages are."""
    owners = {owner for name in named for owner in compose.knowledge.file.extensions[name].frameworks}
    asked = frozenset(subject.frameworks or owners)
    best = next(iter(rank(compose.knowledge, subject, tuple(asked) or steps.main_frameworks(compose.knowledge))), None)
    if best is None or not best.on_topic or best.covered <= SETTLED:
        return
    if "extensions" in subject.carried and not speaks_of(best.statement, named):
        return  # the question named no package, so the framework's own answers it better in words only
    about = best.statement.about
    if len(about) == 1 and not about <= asked:
        return  # how one framework has it, where none was named
    between = len(named) > 1 and about == asked  # "gunicorn or uvicorn for FastAPI?"
    if between or beyond(best, subject.words, stems(" ".join(named))):
        compose.claim(best.statement)


def _topics(named: Iterable[str], compose: Composer) -> Iterable[str]:
    file = compose.knowledge.file
    for name in named:
        entry = file.extensions[name]
        yield from entry.topics or (file.purposes[purpose].topic for purpose in entry.purposes)
