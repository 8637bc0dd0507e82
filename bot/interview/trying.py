"""Changes that are talked about: what-ifs, and what would have to be so for another framework."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bot.interview import buttons, flips, results
from bot.interview.asking import percent
from bot.interview.turn import Turn, result_of
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.conversation import Patch
    from bot.interview.engine import Result

_SHOWN = 3


def what_if(turn: Turn, patch: Patch) -> None:
    """The same answers with a change: old and new pick; nothing is stored until it is kept."""
    before, after = turn.result, result_of(turn.model, turn.interview, patch)
    turn.update(what_if=patch)
    change = _change(turn, patch)
    if not after.pick or after.outcome == "none_fits":
        turn.compose.say("interview-what-if-none", change=change)
    else:
        same = after.pick == before.pick or not before.pick
        turn.compose.say(
            "interview-what-if-same" if same else "interview-what-if-turned",
            change=change, old=turn.name(before.pick) if before.pick else "", new=turn.name(after.pick),
            before=percent(before.sure), after=percent(after.sure),
        )  # fmt: skip
    _effects(turn, patch, after)
    if turn.interview.excluded and not patch.allowed:
        turn.compose.say("interview-excluded", frameworks=turn.names(turn.interview.excluded))
    phrase = turn.compose.phrase
    turn.compose.choices(
        [
            Choice(phrase("interview-button-keep"), buttons.value(turn.interview, "keep")),
            Choice(phrase("interview-button-drop"), buttons.value(turn.interview, "drop")),
        ]
    )


def _change(turn: Turn, patch: Patch) -> str:
    said = [turn.said(answer) for answer in patch.answers]
    said += [turn.compose.phrase("interview-without", framework=turn.name(name)) for name in patch.excluded]
    said += [turn.compose.phrase("interview-with", framework=turn.name(name)) for name in patch.allowed]
    return " · ".join(said)


def left_out(turn: Turn) -> None:
    """What is handed on says what is so; that something was tried, and is not in it, is told beside it."""
    if turn.interview.what_if is not None:
        turn.compose.aside("interview-not-supposed", change=_change(turn, turn.interview.what_if))


def _effects(turn: Turn, patch: Patch, after: Result) -> None:
    """What the knowledge says about the changed points, for each framework that is left, in one line each."""
    shown: list[str] = []
    for answer in patch.answers[-1:]:
        question = turn.model.question(answer.question)
        option = question.options[answer.options[0]]
        for a in turn.model.each:
            framework = turn.model.frameworks[a]
            if a in after.order[:2] or framework in turn.interview.excluded:
                claims = turn.model.claims(option, framework, question.topic)[:1]
                shown += [
                    f"- {turn.compose.statement(turn.knowledge.claims[c])}"
                    for c in claims
                    if c in turn.knowledge.claims
                ]
    if shown:
        turn.compose.text("\n".join(dict.fromkeys(shown)))


def offer_what_if(turn: Turn, framework: str = "") -> None:
    """The changes that would matter most, as buttons; of a framework that was named, what would make it win."""
    result = turn.result
    rivals = [turn.model.frameworks[a] for a in result.order[1:]]
    turning = [flips.counterfactual(result, rival, turn.interview.excluded) for rival in rivals]
    single = [flip.answers[0] for flip in turning if flip is not None and len(flip.answers) == 1]
    pairs = [(answer.question, answer.options[0]) for answer in single]
    pairs += [(tilt.question, tilt.option) for tilt in flips.tilts(result, turn.interview.excluded)[:4]]
    made = [
        Choice(_what_if_label(turn, question, option), buttons.value(turn.interview, "if", question, option))
        for question, option in dict.fromkeys(pairs)
    ]
    if framework not in ("", result.pick):
        _turning(turn, framework)
        turn.compose.choices(made[:5])
        return
    turn.compose.say("interview-what-if-offer" if made else "interview-what-if-free")
    if not made:
        results.turned(turn)  # two changes together, perhaps
    turn.compose.choices(made[:5])


def _what_if_label(turn: Turn, question: str, option: str) -> str:
    chosen = turn.model.option(question, option)
    return (chosen.noted or chosen.label)[:40]


def disagree(turn: Turn, framework: str) -> None:
    """What speaks for it that is not known, the smallest changes that would make it win, and recording it anyway."""
    result, phrase = turn.result, turn.compose.phrase
    name = turn.name(framework)
    turn.update(dissent=framework)
    if framework == result.pick:
        turn.compose.say("interview-agree", framework=name)
        results.next_steps(turn)
        return
    turn.compose.say("interview-disagree", framework=name)
    _turning(turn, framework)
    turn.compose.choices([Choice(phrase("interview-button-compare", framework=name), buttons.value(turn.interview, "vs", framework)),
                          Choice(phrase("interview-button-dissent", framework=name)[:40], buttons.value(turn.interview, "dissent", framework))])  # fmt: skip


def objected(turn: Turn, topic: str) -> None:
    """What is known of the pick on this, what would turn the recommendation, and how to try it without the pick."""
    result, phrase = turn.result, turn.compose.phrase
    cell = turn.model.cell(topic, result.pick) if topic and result.pick else None
    for claim in list(cell.claims)[:1] if cell is not None else ():
        turn.compose.claim(turn.knowledge.claims[claim])
    if not result.runner_up:
        results.next_steps(turn)
        return
    name = turn.name(result.pick)
    turn.compose.say("interview-objected", framework=name, second=turn.name(result.runner_up))
    _turning(turn, result.runner_up)
    turn.compose.choices(
        [
            Choice(
                phrase("interview-button-compare", framework=turn.name(result.runner_up)),
                buttons.value(turn.interview, "vs", result.runner_up),
            ),
            Choice(phrase("interview-button-what-if"), buttons.value(turn.interview, "whatif")),
        ]
    )


def _turning(turn: Turn, framework: str) -> None:
    """The smallest changes of the answers that would turn the recommendation to it."""
    found = islice(flips.flips(turn.result, framework, turn.interview.excluded), _SHOWN)
    lines = list(dict.fromkeys(results.flip_text(turn, flip) for flip in found))
    name = turn.name(framework)
    if lines:
        turn.compose.say("interview-disagree-if", framework=name, list="\n".join(f"- {line}" for line in lines))
    else:
        turn.compose.say("interview-turns-nothing", framework=name)
