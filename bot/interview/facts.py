"""Facts about a project in free text: precision before recall, as a miss costs one question and a false fact trust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from bot.conversation import Answer
from bot.interview import counts, numbers, packages, people
from bot.interview.checklist import CHECKLIST
from bot.interview.earlier import beside, written
from bot.interview.lexicon import Lexicon, Meaning
from bot.interview.scope import Manner, Scope
from bot.interview.tokens import Match, Token, longest, tokens
from bot.knowledge.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.interview.model import Model
    from bot.knowledge.model import Question

TYPO = 0.9


class Fact(msgspec.Struct, frozen=True):
    """What was read: an answer to a question. sure: 1, 0.9 after a typing error, 0.65 after "probably".

    value: the words it was read from, as they should be shown. start, end: where in the folded text. denial: it says
    what is not so, and leaves all the other options; lesser: one that counts only beside an answer it takes away from.
    """

    question: str
    options: tuple[str, ...]
    sure: float = 1.0
    value: str = ""
    start: int = 0
    end: int = 0
    weak: bool = False
    denial: bool = False
    lesser: bool = False

    def answer(self, origin: Literal["said", "pressed", "pasted"] = "said") -> Answer:
        return Answer(self.question, self.options, self.sure, origin, self.value)


class Facts(msgspec.Struct, frozen=True):
    """Everything one message says about the project.

    excluded, allowed: frameworks ruled out, or let back in. correction: it takes something back ("actually").
    unsure: the person does not know. impossible: (question, the number that cannot be). pasted: read from a list of
    packages. names: frameworks mentioned at all. disliked: those spoken ill of by people who used them. heard: it speaks
    of the project, but changes nothing. doubted: the question that is said not to be known, beside the one that is open.
    unclear: it takes an answer back, and does not say which.
    """

    facts: tuple[Fact, ...] = ()
    excluded: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    correction: bool = False
    unsure: bool = False
    impossible: tuple[tuple[str, str], ...] = ()
    pasted: bool = False
    names: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    heard: bool = False
    doubted: str = ""
    unclear: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts or self.excluded or self.allowed)


def read_facts(
    text: str, model: Model, *, asked: str = "", hypothetical: bool = False, told: Mapping[str, Answer] | None = None
) -> Facts:
    """The facts in a message. asked: the question that is open, whose bare answers count too. told: the answers so far.

    Plain questions ("does flask have an orm?") say nothing about a project. hypothetical: it is one ("what if ..."),
    so question words do not matter.
    """
    found = packages.read(text, model)
    if found:
        return Facts(tuple(Fact(*pair) for pair in found), pasted=True)
    lexicon = Lexicon.of(model)
    message, typed = lexicon.mended(tokens(text))
    scope = Scope(message, lexicon)
    before = {name: answer for name, answer in (told or {}).items() if name != asked}
    matches = [] if not message else _matches(message, lexicon, scope, hypothetical=hypothetical)
    known = [match for match in matches if not scope.unknown(match.start)]
    facts = [fact for match in known if (fact := _fact(match, scope, model, typed=typed))]
    counted, impossible = _counted(text, scope, lexicon, hypothetical=hypothetical)
    counted = [fact for fact in counted if not counts.vaguer(fact.value, told or {}, fact.question)]
    recounted = (
        []
        if counted or facts or impossible
        else [Fact(*found) for found in counts.recounted(text, lexicon, asked, told or {})]
    )
    facts = [fact for fact in facts if not (fact.weak and _counts(fact, counted)) and not _begins(fact, text, lexicon)]
    settled = _settled([*counted, *recounted, *_turned(facts, scope, model)], model, before, scope)
    found_facts = list(settled)
    if asked in model.asked and asked not in {fact.question for fact in settled}:
        found_facts += _bare(text, message, model, asked, found_facts)
    excluded, allowed = scope.refused()
    names = tuple(dict.fromkeys(match.meaning for match in lexicon.frameworks.find(message)))
    grown = people.growth(fold(text), lexicon.units)
    heard = bool(matches or grown) and not found_facts
    unsure = not found_facts and lexicon.cues("unsure").anywhere(message) and not any(mark.isdigit() for mark in text)
    about = {match.meaning.question for match in matches}
    listed = [name for name in model.checklist.questions if name in about] if asked == CHECKLIST else []
    return Facts(
        tuple(found_facts),
        excluded,
        allowed,
        scope.corrects or bool(recounted),
        unsure and (not heard or asked in about or bool(listed)),
        tuple(impossible),
        names=names,
        disliked=scope.disliked(),
        heard=heard,
        doubted=listed[0] if unsure and listed else "",
    )


def _counts(fact: Fact, counted: list[Fact]) -> bool:
    """ "2 backend developers" says who they are, not what they build."""
    return any(number.value and number.start <= fact.start < number.end for number in counted)


def _begins(fact: Fact, text: str, lexicon: Lexicon) -> bool:
    """ "We begin next month" is no deadline."""
    days = any(kind.kind == "days" for kind in lexicon.model.question(fact.question).numbers)
    return days and numbers.begins(fold(text)[: fact.start], lexicon.units)


def _turned(facts: list[Fact], scope: Scope, model: Model) -> list[Fact]:
    """ "no admin ... actually yes, we need it": the second thought holds for what was said last before it."""
    place, yes = scope.second_thought()
    earlier = [fact for fact in facts if fact.end <= place and model.question(fact.question).affirmed]
    if place < 0 or not earlier:
        return facts
    last = max(earlier, key=lambda fact: fact.start)
    question = model.question(last.question)
    return [
        replace(fact, options=(question.affirmed if yes else question.negated,), value="", weak=False)
        if fact.question == last.question
        else fact
        for fact in facts
    ]


def _matches(message: list[Token], lexicon: Lexicon, scope: Scope, *, hypothetical: bool) -> list[Match[Meaning]]:
    direct = (match for match in lexicon.options.find(message) if not match.meaning.framework)
    found = longest([*direct, *_per_framework(message, lexicon)])
    return [match for match in found if hypothetical or scope.tells(match.start, match.meaning.question)]


def _per_framework(message: list[Token], lexicon: Lexicon) -> list[Match[Meaning]]:
    """ "we know Flask and Django" says of both what "we know Flask" says of one."""
    named = longest(lexicon.frameworks.find(message))
    found: list[Match[Meaning]] = []
    for run in _runs(named, message):
        bare = start = run[0].start
        while start and message[start - 1].text in ("both", "some", "only", "already", "just", "the", "a"):
            start -= 1
        for begin in {bare, start}:  # "have a Flask app" is said with its article, "know both Flask and Django" without
            found += _variants(run, begin, message, lexicon)
    return found


def _variants(run: list[Match[str]], start: int, message: list[Token], lexicon: Lexicon) -> Iterator[Match[Meaning]]:
    """What is said of each name of the run, as if it stood there alone."""
    end = run[-1].end
    for name in run:
        width = name.end - name.start
        variant = [*message[:start], *message[name.start : name.end], *message[end:]]
        for match in lexicon.options.find(variant):
            if match.meaning.framework == name.meaning and match.start <= start and match.end >= start + width:
                yield Match(match.start, end + match.end - start - width, match.meaning)


def _runs(named: list[Match[str]], message: list[Token]) -> list[list[Match[str]]]:
    """Names joined by commas and "and"."""
    runs: list[list[Match[str]]] = []
    for match in named:
        joined = runs and all(
            token.text in (",", "and", "or", "&") for token in message[runs[-1][-1].end : match.start]
        )
        if joined:
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _fact(match: Match[Meaning], scope: Scope, model: Model, *, typed: bool) -> Fact | None:
    """The fact a match states, turned round where it is denied and softened where it is hedged."""
    meaning = match.meaning
    question = model.question(meaning.question)
    value = meaning.value
    span = scope.message[match.start].start, scope.message[match.end - 1].end
    options: tuple[str, ...] = (meaning.option,)
    sure = 1.0
    if scope.unclear(match.start, match.end) or (meaning.framework and meaning.framework in scope.disliked()):
        return None
    if scope.denied(match.start, match.end, of_people=bool(question.per_framework)):
        return _denied(meaning, question, span, decided=scope.corrects)
    if scope.wished(match.start, match.end):
        if meaning.option == question.affirmed and "nice" in question.options:
            options = ("nice",)
        else:
            sure = model.setting("hedge", 0.65)
    elif scope.hedged(match.start, match.end):
        sure = model.setting("hedge", 0.65)
    if typed and sure == 1.0 and scope.was_mended(match.start, match.end):
        sure = TYPO
    return Fact(meaning.question, options, sure, value, *span, meaning.weak)


def _denied(meaning: Meaning, question: Question, span: tuple[int, int], *, decided: bool) -> Fact | None:
    """The other side of it where there are but two, else all the others."""
    if question.negated and meaning.option in (question.affirmed, *_kin(question.options, question.negated)):
        return Fact(meaning.question, (question.negated,), 1.0, "", *span, meaning.weak)
    others = tuple(name for name in question.options if name != meaning.option)
    if len(others) < 2:
        return None
    lesser = not (decided or question.topic == "database" or meaning.framework)
    return Fact(meaning.question, others, 1.0, "", *span, denial=True, lesser=lesser)


def _kin(options: Iterable[str], negated: str) -> tuple[str, ...]:
    """Where there are but two options, denying one is affirming the other."""
    others = tuple(name for name in options if name != negated)
    return others if len(others) == 1 else ()


def _counted(
    text: str, scope: Scope, lexicon: Lexicon, *, hypothetical: bool
) -> tuple[list[Fact], list[tuple[str, str]]]:
    facts, impossible = [], []
    folded = fold(text)
    for number in (*people.people(folded, lexicon.units), *numbers.numbers(folded, lexicon.units)):
        if not hypothetical and not scope.tells_at(number.start):
            continue
        for name, question in lexicon.model.asked.items():
            for kind in question.numbers:
                if kind.kind != number.kind:
                    continue
                if not kind.low <= number.value <= kind.high:
                    impossible.append((name, number.words))
                    continue
                option = kind.options[sum(number.value > edge for edge in kind.edges)]
                value = counts.shown(number, kind)
                facts.append(Fact(name, (option,), 1.0, value, number.start, number.end))
    return facts, impossible


def _settled(facts: list[Fact], model: Model, told: Mapping[str, Answer], scope: Scope) -> list[Fact]:
    """One fact per question: strong over weak, specific over general, the later one in a correction, else both.

    told: what was answered before, beside which each of them is read.
    """
    by_question: dict[str, list[Fact]] = {}
    for fact in facts:
        by_question.setdefault(fact.question, []).append(fact)
    one_each = [_plain_no(_one(found, model, correction=scope.corrects), model) for found in by_question.values()]
    settled = [new for fact in one_each if (new := beside(fact, told, scope.way, model))]
    return sorted(
        (fact for fact in settled if _sensible(fact, settled, told, model)), key=lambda fact: model.place[fact.question]
    )


def _plain_no(fact: Fact, model: Model) -> Fact:
    """ "No admin" is no weaker than "no admin panel"; only beside other words of the message it gives way to them."""
    denied = fact.options == (model.question(fact.question).negated,)
    return replace(fact, weak=False) if fact.weak and denied else fact


def _one(found: list[Fact], model: Model, *, correction: bool) -> Fact:
    question = model.question(found[0].question)
    options = question.options
    stated = [fact for fact in found if not fact.denial] or found
    strong = [fact for fact in stated if not fact.weak] or stated
    counted = [fact for fact in strong if fact.value and any(kind.options for kind in question.numbers)]
    strong = sorted(counted or strong, key=lambda fact: fact.start)
    if strong[0].denial:
        return _left(strong, model)
    single = [fact for fact in strong if len(fact.options) == 1]
    if correction and single:
        return single[-1]
    beaten = {name for fact in strong if len(fact.options) == 1 for name in options[fact.options[0]].beats}
    left = [fact for fact in (single or strong) if fact.options[0] not in beaten] or strong
    named = {name for fact in left for name in fact.options}
    chosen = tuple(name for name in options if name in named)
    values = dict.fromkeys(fact.value for fact in left if fact.value)
    if values and len(chosen) > 1:
        values = dict.fromkeys(fact.value or written(model, fact.question, fact.options) for fact in left)
    sure = min(fact.sure for fact in left)
    return Fact(left[0].question, chosen, sure, " and ".join(values), left[0].start, left[-1].end, left[0].weak)


def _left(denials: list[Fact], model: Model) -> Fact:
    """What several denials leave; who knows none of the frameworks knows none."""
    question = model.question(denials[0].question)
    left = tuple(name for name in question.options if all(name in fact.options for fact in denials))
    if question.per_framework and not set(left) & set(model.frameworks):
        left = (question.negated,)
    return replace(denials[0], options=left or denials[0].options, lesser=all(fact.lesser for fact in denials))


def _sensible(fact: Fact, facts: list[Fact], told: Mapping[str, Answer], model: Model) -> bool:
    """An API is no side dish of an API: a question that another fact makes pointless takes none."""
    stated = {other.question: set(other.options) for other in facts if fact.weak or not other.weak}
    known = {name: set(answer.options) for name, answer in told.items()} if fact.weak else {}
    for gate, allowed in model.question(fact.question).ask_if.items():
        options = stated.get(gate) or known.get(gate)
        if options and not options & set(allowed):
            return False
    return True


def _bare(text: str, message: list[Token], model: Model, asked: str, found: list[Fact]) -> list[Fact]:
    """The message, or its first word, as an answer to the open question."""
    lexicon, question = Lexicon.of(model), model.question(asked)
    spoken = [token for token in message if not token.mark]
    counted = counts.bare(text, question, alone=not found)
    if counted:
        return [Fact(asked, *counted)]
    if not spoken:
        return []
    option = _yes_or_no(spoken, lexicon, question.affirmed, question.negated, other_facts=bool(found))
    if option:
        return [Fact(asked, (option,))]
    asks = spoken[0].text in _QUESTION or (spoken[0].text in _DENYING and any(t.text.isdigit() for t in spoken))
    return [] if found or asks else _bare_words(spoken, lexicon, asked)


def _yes_or_no(spoken: list[Token], lexicon: Lexicon, affirmed: str, negated: str, *, other_facts: bool) -> str:
    if lexicon.cues("yes").whole(spoken):
        return affirmed
    if lexicon.cues("no").whole(spoken):
        return negated
    if negated and spoken[0].text in _DENYING and [token.text for token in spoken[1:2]] == ["but"]:
        return negated  # "no, but maybe later" says what holds now
    return affirmed if other_facts and spoken[0].text in _AFFIRMING else ""


def _bare_words(spoken: list[Token], lexicon: Lexicon, asked: str) -> list[Fact]:
    """A short message that names an option and says little else."""
    found = longest(lexicon.bare[asked].find(spoken))
    options = tuple(dict.fromkeys(match.meaning for match in found))
    covered = sum(match.end - match.start for match in found)
    rest = [token.text for token in spoken if token.text not in _FILLERS]
    if not options or len(options) > 2 or len(rest) > covered + 1:
        return []
    hedged = lexicon.cues("hedges").anywhere(spoken)
    sure = lexicon.model.setting("hedge", 0.65) if hedged else 1.0
    order = lexicon.model.question(asked).options
    return [Fact(asked, tuple(name for name in order if name in options), sure)]


_QUESTION = frozenset(["why", "what", "what's", "how", "who", "where", "when", "which"])
_DENYING = frozenset(["no", "nope", "nah"])  # "no, 3" denies a number, not what was asked
_AFFIRMING = frozenset(["yes", "yep", "yeah", "yup", "sure", "definitely", "absolutely"])  # "ok" only opens a sentence
_FILLERS = frozenset(
    (
        "a an the we i it is it's its be will would have has need want please just rather quite very pretty i'd "
        "say think guess so well our my us me with of for to in on and or mostly probably maybe perhaps at least "
        "only really that this one yes no option go we'd like but could can"
    ).split()
)
_NOISE = re.compile(
    r"\b(?:error|exception|traceback|stack ?trace|not working|doesn't work|does not work|broken|fails|failing|crash|crashes|bug|fix)\b"
)


def is_project_description(text: str, facts: Facts, model: Model) -> bool:
    """Whether a message outside an interview describes a project to choose for, rather than asks about frameworks."""
    if facts.pasted:
        return True
    told = [fact for fact in facts.facts if fact.question not in ("background", "existing")]
    if not told or _NOISE.search(fold(text)):
        return False
    if facts.excluded:
        return True
    manner = Manner(tokens(text), Lexicon.of(model))
    kind = any(fact.question == "app_type" for fact in told)
    if manner.asks_choice:
        return True
    if manner.asks_other:
        return False
    if manner.own and (len(told) >= 2 or (kind and manner.describes)):
        return kind or manner.describes or len(told) >= 3
    return len(told) >= 3 or (len(told) >= 2 and kind)


def asks_choice(text: str, model: Model) -> bool:
    """Whether it asks what to take: "which framework should we use"."""
    return Manner(tokens(text), Lexicon.of(model)).asks_choice
