"""What can be wrong with the interview's knowledge beyond its types. Findings as (path, what is wrong and how to mend it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.knowledge.model import InterviewBook, KnowledgeFile, Option, Question, Rule

Finding = tuple[tuple[str | int, ...], str]
_BUTTON = 25
_THIN = 0.4
_STEPS = 6


def lint(file: KnowledgeFile, claims: Iterable[str]) -> tuple[list[Finding], list[Finding]]:
    """Errors and warnings. claims: the ids of all claims there are."""
    book = file.interview
    if book is None:
        return [], []
    known = set(claims)
    errors = [
        *_questions(book, file, known),
        *_checklist(book),
        *_rules(book, file, known),
        *_types(book),
        *_packages(book),
    ]
    warnings = [*_wording(book, file), *_box_labels(book), *_shared_words(book), *_thin(book, file)]
    return errors, warnings


def _questions(book: InterviewBook, file: KnowledgeFile, known: set[str]) -> Iterator[Finding]:
    for name, question in book.questions.items():
        path: tuple[str, ...] = ("interview", "questions", name)
        if question.topic and question.topic not in file.topics:
            yield (*path, "topic"), f"unknown topic '{question.topic}'"
        for which, option in (("negated", question.negated), ("affirmed", question.affirmed)):
            if option and option not in question.options:
                yield (*path, which), f"unknown option '{option}'; the question has: {', '.join(question.options)}"
        for other, options in question.ask_if.items():
            yield from _asked(book, other, options, (*path, "ask_if", other))
        for number, kind in enumerate(question.numbers):
            if len(kind.options) != len(kind.edges) + 1:
                yield (*path, "numbers", number), "needs one option more than edges"
            yield from _asked(book, name, kind.options, (*path, "numbers", number))
        for key, option_entry in question.options.items():
            yield from _option(option_entry, file, known, (*path, "options", key))
            for beaten in option_entry.beats:
                yield from _asked(book, name, [beaten], (*path, "options", key, "beats"))


def _option(option: Option | Rule, file: KnowledgeFile, known: set[str], path: tuple[str, ...]) -> Iterator[Finding]:
    for framework in (*option.weights, *option.claims):
        if framework not in file.frameworks:
            yield path, f"unknown framework '{framework}'"
    for topic in (*option.wants, *getattr(option, "requires", ())):
        if topic not in file.topics:
            yield path, f"unknown topic '{topic}'"
    for claims in option.claims.values():
        for claim in claims:
            if claim not in known:
                yield (*path, "claims"), f"unknown claim '{claim}'"
    case = getattr(option, "use_case", "")
    if case and case not in file.use_cases:
        yield (*path, "use_case"), f"unknown use case '{case}'"


def _asked(
    book: InterviewBook, question: str, options: Iterable[str], path: tuple[str | int, ...]
) -> Iterator[Finding]:
    if question not in book.questions:
        yield path, f"unknown question '{question}'"
        return
    asked: Question = book.questions[question]
    for option in options:
        if option not in asked.options and not asked.per_framework:
            yield path, f"unknown option '{option}' of '{question}'; it has: {', '.join(asked.options)}"


def _checklist(book: InterviewBook) -> Iterator[Finding]:
    """Boxes stand for options there are, and leave one of every question, or not ticking them would say nothing."""
    boxes = book.checklist.boxes if book.checklist is not None else {}
    named: dict[str, set[str]] = {}
    for name, box in boxes.items():
        path: tuple[str, ...] = ("interview", "checklist", "boxes", name)
        wrong = list(_asked(book, box.question, box.options, path))
        if box.question in book.questions and book.questions[box.question].per_framework:
            wrong.append(((*path, "question"), f"'{box.question}' has an option per framework; ask it by itself"))
        if not box.options:
            wrong.append(((*path, "options"), "stands for no option; name at least one"))
        if box.options[1:] and not (box.because and box.were and box.noted):
            wrong.append((path, "stands for several options; say because, were and noted for them together"))
        yield from wrong
        if not wrong:
            named.setdefault(box.question, set()).update(box.options)
    for question, options in named.items():
        left = [option for option in book.questions[question].options if option not in options]
        if len(left) != 1:
            found = ", ".join(left) or "none"
            text = f"the boxes of '{question}' must leave one option, which holds when none is ticked; left: {found}"
            yield ("interview", "checklist", "boxes"), text


def _rules(book: InterviewBook, file: KnowledgeFile, known: set[str]) -> Iterator[Finding]:
    for name, rule in book.rules.items():
        yield from _option(rule, file, known, ("interview", "rules", name))
        for question, options in rule.when.items():
            yield from _asked(book, question, options, ("interview", "rules", name, "when", question))


def _types(book: InterviewBook) -> Iterator[Finding]:
    for name, kind in book.project_types.items():
        for question, shares in kind.answers.items():
            yield from _asked(book, question, shares, ("interview", "project_types", name, "answers", question))


def _packages(book: InterviewBook) -> Iterator[Finding]:
    for name, meanings in book.packages.items():
        for question, option in meanings.items():
            yield from _asked(book, question, [option], ("interview", "packages", name))


def _wording(book: InterviewBook, file: KnowledgeFile) -> Iterator[Finding]:
    """A question leads nobody and fits a phone."""
    names = {framework.name.lower() for framework in file.frameworks.values()}
    for name, question in book.questions.items():
        path: tuple[str, ...] = ("interview", "questions", name)
        if names & set(words(question.ask)):
            yield (*path, "ask"), "names a framework; ask about the project"
        for key, option in question.options.items():
            if len(option.label) > _BUTTON:
                yield (*path, "options", key, "label"), f"longer than {_BUTTON} characters; buttons are cut on a phone"
        if sum(not option.rare for option in question.options.values()) > _STEPS + 2:
            yield path, "many options at once; mark seldom ones as 'rare'"


def _box_labels(book: InterviewBook) -> Iterator[Finding]:
    for name, box in (book.checklist.boxes if book.checklist is not None else {}).items():
        if len(box.label) > _BUTTON:
            path = ("interview", "checklist", "boxes", name, "label")
            yield path, f"longer than {_BUTTON} characters; buttons are cut on a phone"


def _shared_words(book: InterviewBook) -> Iterator[Finding]:
    """The same strong words for two options of one question mean both at once."""
    for name, question in book.questions.items():
        taken: dict[str, str] = {}
        for key, option in question.options.items():
            for ask in (*option.asks, *(ask for asks in option.names.values() for ask in asks)):
                if taken.setdefault(ask, key) != key:
                    yield (
                        ("interview", "questions", name, "options", key, "asks"),
                        f"'{ask}' already means {taken[ask]}",
                    )


def _thin(book: InterviewBook, file: KnowledgeFile) -> Iterator[Finding]:
    """A framework that too little is known of takes part, but unsure of itself."""
    options = [option for question in book.questions.values() for option in question.options.values() if option.wants]
    for name, framework in file.frameworks.items():
        stances = {topic for topic, cell in framework.topics.items() if cell.stance is not None}
        stances |= {
            topic
            for topic, entry in file.topics.items()
            if name in entry.cells and entry.cells[name].stance is not None
        }
        known = sum(name in option.weights or set(option.wants) <= stances for option in options)
        if options and known < _THIN * len(options):
            missing = sorted({topic for option in options for topic in option.wants} - stances)
            yield (
                ("frameworks", name),
                f"thin for the interview: {known} of {len(options)} options; give a stance on {', '.join(missing[:8])}",
            )
