"""Code examples: ours, run by the test suite, in every framework."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.direct import SETTLED
from bot.answers.rank import rank
from bot.commands import ShowCode, Subject
from bot.knowledge.model import Example
from bot.knowledge.words import fold, stems
from bot.presses import value
from bot.replies import Choice, Reply

MOST = 2
HELLO = "hello"


def show(command: ShowCode, compose: Composer) -> Reply | None:
    """The example of the task that was named, or of the topic's first task; None when there is none."""
    subject, file = command.subject, compose.knowledge.file
    with_package = _with_package(subject, compose)
    task_id = with_package or _task(subject, compose)
    if task_id is None or (
        not subject.tasks and not with_package and task_id != HELLO and _asks_for_more(subject, compose)
    ):
        return None
    task = file.code[task_id]
    known = [name for name in subject.frameworks if name in task.examples]
    if with_package:
        holders = [name for name, example in task.examples.items() if _uses(example, subject.extensions, compose)]
        known = [name for name in known if name in holders] or holders
    elif subject.extensions:
        named = ", ".join(map(compose.knowledge.name, subject.extensions))
        compose.say("code-missing-package", package=named)
    elif subject.frameworks and not known:
        named = ", ".join(map(compose.knowledge.name, subject.frameworks))
        compose.say("code-missing", framework=named, task=task.name)
    shown = known or [name for name in steps.main_frameworks(compose.knowledge) if name in task.examples]
    for name in shown[: MOST if known else 3]:
        example = task.examples[name]
        title = compose.phrase("code-title", framework=compose.knowledge.name(name), task=example.title)
        compose.code(example.code, example.language, f"{title} {compose.cite_sources(*example.sources)}")
        if example.note:
            compose.text(example.note)
    _said_of_it(subject, shown, compose)
    others = [name for name in task.examples if name not in shown]
    choices = [
        Choice(compose.phrase("choice-in", framework=compose.knowledge.name(name)), value("code", (name,), (task_id,)))
        for name in others[:2]
    ]
    if task.topics:
        compose.choices([*choices, *steps.topic_choices(compose, task.topics[:1], shown if len(shown) > 1 else ())])
    topics = dict.fromkeys(("code", *task.topics, *subject.topics))
    return compose.finish(intent="code_example", answered=True, frameworks=known or shown, topics=list(topics)[:5])


def _with_package(subject: Subject, compose: Composer) -> str | None:
    """The first task that has an example with the package asked about, in the framework asked about if there is one."""
    file = compose.knowledge.file
    if not subject.extensions:
        return None
    topical = [task for topic in subject.topics if topic in file.topics for task in file.topics[topic].code]
    tasks = [task for task in dict.fromkeys((*subject.tasks, *topical, *file.code)) if task in file.code]
    for frameworks in (subject.frameworks, tuple(file.frameworks)):
        for task in tasks:
            examples = (file.code[task].examples.get(name) for name in frameworks)
            if any(example and _uses(example, subject.extensions, compose) for example in examples):
                return task
    return None


def _uses(example: Example, extensions: Iterable[str], compose: Composer) -> bool:
    """Whether one of the packages is installed for the example."""
    known = compose.knowledge.file.extensions
    called = {
        fold(name) for extension in extensions for name in (extension, known[extension].name, *known[extension].asks)
    }
    return any(fold(package.partition("[")[0]) in called for package in example.packages)


def _asks_for_more(subject: Subject, compose: Composer) -> bool:
    """No task is named, and a claim is asked for in so many words: the topic's own example would show something else."""
    frameworks = subject.frameworks or steps.main_frameworks(compose.knowledge)
    best = next(iter(rank(compose.knowledge, subject, frameworks)), None)
    return best is not None and not subject.carried and best.asked > 1 and best.covered > SETTLED


def _said_of_it(subject: Subject, frameworks: list[str], compose: Composer) -> None:
    """Below the code, the claim that the question asks for in so many words."""
    best = next(iter(rank(compose.knowledge, subject, frameworks)), None)
    if best is not None and best.asked > 1 and best.asked * 2 >= len(subject.words):
        compose.claim(best.statement)


def _task(subject: Subject, compose: Composer) -> str | None:
    file = compose.knowledge.file
    for task_id in subject.tasks:
        if task_id in file.code:
            return task_id
    of_topics = [task for topic in subject.topics if topic in file.topics for task in file.topics[topic].code]
    found = _by_words(subject, of_topics, compose) or next(iter(of_topics), None)
    found = found or _by_words(subject, file.code, compose)
    if found is None and subject.frameworks and HELLO in file.code:  # only code was asked for
        return HELLO
    return found


def _by_words(subject: Subject, tasks: Iterable[str], compose: Composer) -> str | None:
    """The task whose phrases share most words with the question, if any shares one; the first of equals."""
    best, best_score = None, 0
    for task_id in tasks:
        task = compose.knowledge.file.code[task_id]
        score = max(len(set(stems(phrase)) & set(subject.words)) for phrase in (task.name, *task.asks))
        if score > best_score:
            best, best_score = task_id, score
    return best
