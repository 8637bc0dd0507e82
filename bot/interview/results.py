"""The result and what can be asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview import asking, buttons, flips, why
from bot.interview.asking import percent
from bot.interview.engine import ANY, Result
from bot.interview.turn import Turn, result_of
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.conversation import Answer

_REASONS = 3
_LINES = 6
_SMALL = 0.15
_SELDOM = 0.02


def show(turn: Turn, *, lead: str = "") -> None:
    """The verdict with its reasons, what speaks against it, what would turn it, and who comes second."""
    turn.update(state="done", asked="")
    result = turn.result
    if lead:
        turn.compose.say(lead)
    if result.outcome == "none_fits":
        _none_fits(turn)
        return
    _verdict(turn)
    _reasons(turn)
    _against(turn)
    turned(turn)
    _rest(turn)
    next_steps(turn)


def sureness(result: Result) -> str:
    """In words: very, fairly, leaning, toss-up."""
    steps = ((0.9, "very"), (0.8, "fairly"), (0.6, "leaning"))
    return next((word for least, word in steps if result.sure >= least), "toss")


def _verdict(turn: Turn) -> None:
    result, compose = turn.result, turn.compose
    sure = compose.phrase(f"interview-sure-{sureness(result)}")
    phrase = f"interview-verdict-{result.outcome.replace('_', '-')}"
    second = turn.name(result.runner_up) if result.runner_up else ""
    compose.say(phrase, framework=turn.name(result.pick), second=second, sure=sure, percent=percent(result.sure))


def reasons(turn: Turn, pick: str, rival: str) -> list[why.Line]:
    """What the person told that speaks for the pick, most first."""
    found = [line for line in why.lines(turn.result, pick, rival) if line.subject != "open" and line.points > _SMALL]
    return [line for line in found if concerns(turn, line, pick, rival)][:_REASONS]


def concerns(turn: Turn, line: why.Line, pick: str, rival: str) -> bool:
    """That people know a third framework is no reason for one of two others, though it moves the points a little."""
    if line.subject.startswith("rule:") or turn.model.question(line.subject).per_framework is None:
        return True
    named = set(turn.result.answers[line.subject].options)
    return bool(named & {pick, rival}) or not named & set(turn.model.frameworks)


def subject_text(turn: Turn, subject: str) -> str:
    if subject.startswith("rule:"):
        return turn.model.book.rules[subject[5:]].because
    return turn.because(turn.result.answers[subject])


def _cited(turn: Turn, line: why.Line) -> str:
    known = [claim for claim in line.claims if claim in turn.knowledge.claims]
    return " " + turn.compose.cite(*known[:1]) if known else ""


def _reasons(turn: Turn) -> None:
    result = turn.result
    rival = result.runner_up
    if not rival:
        turn.compose.say("interview-only-one", framework=turn.name(result.pick))
        return
    found = reasons(turn, result.pick, rival)
    shown = [
        turn.compose.phrase("interview-reason", because=subject_text(turn, line.subject), points=f"{line.points:+.1f}")
        + _cited(turn, line)
        for line in found
    ]
    if shown:
        turn.compose.say("interview-reasons", second=turn.name(rival), list="\n".join(f"- {text}" for text in shown))
    else:
        turn.compose.say("interview-no-reasons")


def _against(turn: Turn) -> None:
    result = turn.result
    if not result.runner_up:
        return
    lines = [
        line
        for line in why.lines(result, result.pick, result.runner_up)
        if line.subject != "open" and line.points < -_SMALL and concerns(turn, line, result.pick, result.runner_up)
    ]
    if lines:
        line = lines[0]
        text = turn.compose.phrase(
            "interview-against",
            because=subject_text(turn, line.subject),
            second=turn.name(result.runner_up),
            points=f"{line.points:+.1f}",
        )
        turn.compose.text(text + _cited(turn, line))
        return
    cons = list(turn.knowledge.file.frameworks[result.pick].cons)[:1]
    for claim in cons:
        turn.compose.text(
            turn.compose.phrase("interview-against-claim", claim=turn.compose.statement(turn.knowledge.claims[claim]))
        )


def flip_text(turn: Turn, flip: flips.Flip) -> str:
    """ "you needed an admin panel and your data were relational"."""
    return turn.joined([turn.model.option(answer.question, answer.options[0]).were for answer in flip.answers])


def turned(turn: Turn) -> None:
    """What would make it another one: of the second, unless that had to be another project and the third had not."""
    result = turn.result
    rivals = [name for name, sure in result.ranking[1:] if sure > 0] or [result.runner_up]
    found = (flips.counterfactual(result, rival, turn.interview.excluded) for rival in rivals[:2] if rival)
    turning = [flip for flip in found if flip is not None]
    flip = next((flip for flip in turning if _within_reach(turn, flip)), next(iter(turning), None))
    if flip is not None:
        turn.compose.say("interview-counterfactual", framework=turn.name(flip.framework), change=flip_text(turn, flip))


def _within_reach(turn: Turn, flip: flips.Flip) -> bool:
    return all(turn.model.question(answer.question).mutable for answer in flip.answers)


def _rest(turn: Turn) -> None:
    """Runner-up, what is still open, what was ruled out and what must be checked first."""
    result, compose = turn.result, turn.compose
    if result.unverified:
        labels = [turn.model.question(name).label for name in result.unverified]
        compose.say("interview-unverified", what=turn.joined(labels))
    for a, lacking in result.vetoes.items():
        labels = [turn.model.question(name).label for name in lacking]
        compose.say("interview-out", framework=turn.name(turn.model.frameworks[a]), what=turn.joined(labels))
    if turn.interview.excluded:
        compose.say("interview-excluded", frameworks=turn.names(turn.interview.excluded))
    open_ = len(result.worth)
    if open_ and result.runner_up:
        compose.say("interview-still-open", second=turn.name(result.runner_up), count=open_, odds=odds(turn))
    if result.outcome == "too_little":
        asking.assumed(turn, least=1)
    if _hinges(turn):
        compose.say("interview-hinges", questions=" ".join(turn.model.question(name).ask for name in _hinges(turn)))


def _hinges(turn: Turn) -> list[str]:
    """The open questions that would tell most, where the pick is not clear."""
    clear = turn.result.outcome not in ("lean", "too_close", "too_little")
    return [] if clear else [name for name, _ in turn.result.worth[:2]]


def odds(turn: Turn) -> str:
    """How often the open questions would turn the pick, in words: "about 1 in 7 cases"."""
    share = turn.result.draws.flip
    if share < _SELDOM:
        return turn.compose.phrase("interview-odds-seldom")
    return turn.compose.phrase("interview-odds", odds=max(2, round(1 / share)))


def next_steps(turn: Turn) -> None:
    result, iv, phrase = turn.result, turn.interview, turn.compose.phrase
    made = [
        Choice(phrase("interview-button-explain"), buttons.value(iv, "explain")),
        Choice(phrase("interview-button-what-if"), buttons.value(iv, "whatif")),
    ]
    made += [
        Choice(
            phrase("interview-button-hinge", label=turn.model.question(name).label)[:40], buttons.value(iv, "ask", name)
        )
        for name in _hinges(turn)
    ]
    if result.runner_up:
        made.append(
            Choice(
                phrase("interview-button-compare", framework=turn.name(result.runner_up)),
                buttons.value(iv, "vs", result.runner_up),
            )
        )
    if result.worth:
        made.append(Choice(phrase("interview-button-keep-going"), buttons.value(iv, "more")))
    made.append(Choice(phrase("interview-button-share"), buttons.value(iv, "share")))
    made.append(Choice(phrase("interview-button-record"), buttons.value(iv, "record")))
    turn.compose.choices(made)


def _none_fits(turn: Turn) -> None:
    result, compose = turn.result, turn.compose
    if result.misfit:
        best = result.pick
        told = [line for line in why.lines(result, best, _outside(turn, best)) if line.subject != "open"]
        line = min(told, key=lambda found: found.points, default=None)
        if line is None or line.points >= 0:
            compose.say("interview-misfit-bare", framework=turn.name(best))
        else:
            compose.say("interview-misfit", framework=turn.name(best), because=subject_text(turn, line.subject))
    else:
        compose.say("interview-none-fits")
    for framework, lacking in result.relaxations:
        labels = [turn.model.question(name).label for name in lacking]
        compose.say("interview-relax", framework=turn.name(framework), what=turn.joined(labels))
    if turn.interview.excluded:
        compose.say("interview-excluded", frameworks=turn.names(turn.interview.excluded))
    phrase = compose.phrase
    compose.choices(
        [
            Choice(phrase("interview-button-answers"), buttons.value(turn.interview, "show")),
            Choice(phrase("interview-button-what-if"), buttons.value(turn.interview, "whatif")),
        ]
    )


def _outside(turn: Turn, pick: str) -> str:
    """The best framework that was left out, else the second."""
    scores = turn.result.scores
    others = [name for name in turn.model.frameworks if name != pick]
    return max(others, key=lambda name: scores[turn.model.frameworks.index(name)])


def shorter(turn: Turn) -> None:
    """One or two sentences."""
    result = turn.result
    if result.outcome == "none_fits":
        turn.compose.say("interview-none-fits")
        return
    found = reasons(turn, result.pick, result.runner_up) if result.runner_up else []
    because = turn.joined([subject_text(turn, line.subject) for line in found[:2]])
    phrase = "interview-short" if because else "interview-short-bare"
    sure = turn.compose.phrase(f"interview-sure-{sureness(result)}")
    marks = "".join(_cited(turn, line) for line in found[:1])
    turn.compose.text(turn.compose.phrase(phrase, framework=turn.name(result.pick), because=because, sure=sure) + marks)


def explain(turn: Turn) -> None:
    """The reckoning line by line: it adds up to the lead."""
    result = turn.result
    if not result.pick or not result.runner_up:
        turn.compose.say("interview-explain-nothing")
        return
    versus(turn, result.pick, result.runner_up)
    _disputed(turn, why.lines(result, result.pick, result.runner_up)[:_LINES])
    next_steps(turn)


def so_far(turn: Turn, framework: str) -> None:
    """The leader against this framework, or against the second where it leads itself."""
    pick = turn.result.pick
    versus(turn, pick, framework if framework != pick else turn.result.runner_up)


def versus(turn: Turn, one: str, other: str) -> None:
    """Why one rather than the other, as a table whose last line is the sum of the others."""
    compose, result = turn.compose, turn.result
    found = why.lines(result, one, other)
    told, assumed = found[:-1], found[-1]
    shown, rest = told[:_LINES], told[_LINES:]
    rows = [(subject_text(turn, line.subject), f"{line.points:+.2f}{_cited(turn, line)}") for line in shown]
    if rest:
        rows.append(
            (compose.phrase("interview-table-rest", count=len(rest)), f"{sum(line.points for line in rest):+.2f}")
        )
    rows.append((compose.phrase("interview-table-open", count=len(result.open)), f"{assumed.points:+.2f}"))
    rows.append((compose.phrase("interview-table-margin"), f"**{result.margin(one, other):+.2f}**"))
    compose.say("interview-explain", framework=turn.name(one), second=turn.name(other))
    compose.table(
        (compose.phrase("interview-table-you"), compose.phrase("interview-table-points", framework=turn.name(one))),
        rows,
    )
    carried = dict.fromkeys(claim for line in shown for claim in line.claims[:1] if claim in turn.knowledge.claims)
    for claim in list(carried)[:_REASONS]:
        compose.text("> " + compose.statement(turn.knowledge.claims[claim]))


def _disputed(turn: Turn, lines: list[why.Line]) -> None:
    """Where the sources disagree on a deciding point, it is said."""
    notes = [note for line in lines for claim in line.claims for note in turn.knowledge.notes.get(claim, ())]
    for note in list(dict.fromkeys(notes))[:1]:
        turn.compose.text(
            turn.compose.phrase("interview-disputed", note=turn.compose.statement(turn.knowledge.claims[note]))
        )


def compare(turn: Turn, framework: str, other: str = "") -> None:
    """Two frameworks on what the person answered; the pick and this one, or two that were named."""
    result = turn.result
    pick = framework if other else result.pick or framework
    framework = other or framework or result.runner_up
    if framework == pick:
        framework = result.runner_up or framework
    if framework == pick:
        turn.compose.say("interview-explain-nothing")
        return
    _own_criteria(turn, pick, framework)
    versus(turn, pick, framework)
    next_steps(turn)


def _own_criteria(turn: Turn, one: str, other: str) -> None:
    """The person's answers first: what each framework makes of them."""
    told = [answer for answer in turn.result.answers.values() if answer.options != ANY]
    rows = [(turn.said(a), _mark(turn, a, one), _mark(turn, a, other)) for a in told]
    if rows:
        turn.compose.table(("", turn.name(one), turn.name(other)), rows)


def _mark(turn: Turn, answer: Answer, framework: str) -> str:
    """How a framework takes an answer, with the source that says so."""
    model = turn.model
    option = model.option(answer.question, answer.options[0])
    if framework not in option.weights and any(model.stance(topic, framework) is None for topic in option.wants):
        return turn.compose.phrase("interview-mark-unknown")
    at = model.place[answer.question]
    points = model.raw[at][model.option_place[at][answer.options[0]]][model.frameworks.index(framework)]
    step = "good" if points >= 1 else "poor" if points <= -1 else "even"
    claims = model.claims(option, framework, model.question(answer.question).topic) if step != "even" else ()
    return turn.compose.phrase(f"interview-mark-{step}") + _cited(turn, why.Line(answer.question, points, claims))


def runner_up(turn: Turn) -> None:
    result = turn.result
    if not result.runner_up:
        turn.compose.say("interview-no-runner-up")
        return
    second = result.runner_up
    lines = reasons(turn, second, result.pick)
    text = subject_text(turn, lines[0].subject) if lines else ""
    phrase = "interview-runner-up" if text else "interview-runner-up-bare"
    marks = _cited(turn, lines[0]) if lines else ""
    turn.compose.text(
        turn.compose.phrase(phrase, second=turn.name(second), percent=percent(result.confidence[second]), because=text)
        + marks
    )
    next_steps(turn)


def changed(turn: Turn, *, still: bool = False) -> None:
    """Whether the last change changed the answer, and why. still: asked the other way round."""
    result = turn.result
    last = turn.interview.history[-1] if turn.interview.history else None
    before = result_of(turn.model, last) if last is not None else result
    fresh = [a for a in turn.interview.answers if last is not None and a not in last.answers]
    if not result.pick:
        turn.compose.say("interview-none-fits")
        return
    reason = turn.joined([turn.because(answer) for answer in fresh if answer.options != ANY][:2])
    phrase = f"interview-{'still' if still else 'changed'}-{'yes' if (before.pick != result.pick) != still else 'no'}"
    marks = _marks_of(turn, fresh, before.pick, result.pick)
    if not reason:
        phrase += "-bare"
    values = {
        "framework": turn.name(result.pick),
        "old": turn.name(before.pick) if before.pick else "",
        "because": reason,
        "percent": percent(result.sure),
    }
    turn.compose.text(turn.compose.phrase(phrase, **values) + marks)


def _marks_of(turn: Turn, answers: list[Answer], old: str, new: str) -> str:
    for answer in answers:
        if answer.question in turn.result.answers and answer.options != ANY:
            other = old if old and old != new else turn.result.runner_up
            found = why.claims_for(turn.result, answer.question, new, other or new, 0.0)
            return _cited(turn, why.Line(answer.question, 0.0, found))
    return ""
