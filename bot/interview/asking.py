"""Putting questions: the next one, why, what it means, and what to say when an answer was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation import Answer, Patch
from bot.interview import ahead, buttons
from bot.interview.checklist import CHECKLIST
from bot.interview.engine import ANY, SURE
from bot.interview.turn import Turn, result_of
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.knowledge.model import Question

_LABEL = 20
_NOTED_AT_ONCE = 12
_LADDER = 3
_TOGETHER = 2  # answers that hold at once; more of them only say what is not so
_MUSTS = 20
_PARTS = ("parts", "extras")


def ask(turn: Turn, question: str = "", *, lead: str = "") -> None:
    """The next question (or this one) with its buttons. `lead`: the phrase that opens it."""
    question = question or turn.result.next_question(turn.interview.asked)
    fresh = question != turn.interview.asked
    turn.update(
        asked=question, state="open", put=turn.interview.put + fresh, misses=0 if fresh else turn.interview.misses
    )
    turn.compose.say(lead or "interview-question", question=wording(turn, question))
    choices(turn, question)


def wording(turn: Turn, question: str) -> str:
    """The question, or which of two answers is the main one."""
    asked, held = turn.model.question(question), _held(turn, question)
    told = turn.result.answers.get(question)
    if not held or (told is not None and turn.model.checklist.box(told) is not None):
        return asked.ask
    return turn.compose.phrase(
        "interview-which-main", options=turn.either([asked.options[name].label for name in held])
    )


def _held(turn: Turn, question: str) -> tuple[str, ...]:
    """The options that hold together, where there are several."""
    told = next((answer.options for answer in turn.interview.answers if answer.question == question), ())
    return told if 1 < len(told) <= _TOGETHER else ()


def choices(turn: Turn, question: str, *, everything: bool = False) -> None:
    if question == CHECKLIST:
        _boxes(turn)
        return
    asked = turn.model.question(question)
    told = next((answer.options for answer in turn.interview.answers if answer.question == question), ())
    held = () if everything else _held(turn, question)
    shown = {n: option for n, option in asked.options.items() if n in held or not (held or option.rare) or everything}
    made = [
        Choice(
            option.label, buttons.option(turn.interview, question, name), "primary" if name in told and not held else ""
        )
        for name, option in shown.items()
    ]
    if len(shown) < len(asked.options) and not held:
        made.append(
            Choice(turn.compose.phrase("interview-button-more"), buttons.value(turn.interview, "all", question))
        )
    unsure = turn.compose.phrase("interview-button-alike" if held else "interview-button-unsure")
    made.append(Choice(unsure, buttons.value(turn.interview, "skip")))
    made.append(Choice(turn.compose.phrase("interview-button-why"), buttons.value(turn.interview, "why")))
    turn.compose.choices([*made, *turn.extras], kind="question")


def _boxes(turn: Turn) -> None:
    """The list of needs: what is still open of it, to be ticked."""
    asked, phrase = turn.model.question(CHECKLIST), turn.compose.phrase
    made = [
        Choice(asked.options[name].label, buttons.value(turn.interview, "tick", name)) for name in turn.result.boxes
    ]
    turn.compose.choices(made, kind="several")
    others = [
        Choice(phrase("interview-button-none"), buttons.value(turn.interview, "tick", "none")),
        Choice(phrase("interview-button-unsure"), buttons.value(turn.interview, "skip")),
        Choice(phrase("interview-button-why"), buttons.value(turn.interview, "why")),
    ]
    turn.compose.choices([*others, *turn.extras], kind="question")


def ask_again(turn: Turn, question: str, *, everything: bool) -> None:
    """A question put once more, to change its answer or to see all options."""
    told = next((answer for answer in turn.interview.answers if answer.question == question), None)
    fresh = question != turn.interview.asked
    turn.update(asked=question, state="open", put=turn.interview.put + fresh)
    if told is not None:
        turn.compose.say("interview-now", what=turn.said(told))
    turn.compose.say("interview-question", question=turn.model.question(question).ask)
    choices(turn, question, everything=everything)


def leaning(turn: Turn) -> None:
    """How certain it is by now, for whom, and about how many questions more; no "3 of 12", as nobody knows that."""
    result = turn.result
    if not result.pick or not result.answers:
        return
    count = ahead.more(result)
    more = turn.compose.phrase("interview-more-one" if count < 2 else "interview-more", count=count)
    if len(result.beliefs) < 2 or result.sure < 0.45:
        phrase = "interview-early" if len(result.beliefs) < 2 else "interview-open-race"
        turn.compose.say(phrase, bar=bar(result.sure), more=more)
        return
    turn.compose.say(
        "interview-leaning",
        bar=bar(result.sure),
        framework=turn.name(result.pick),
        sure=percent(result.sure),
        more=more,
    )


def bar(sure: float) -> str:
    filled = round(sure * 5)
    return "▰" * filled + "▱" * (5 - filled)


def percent(sure: float) -> str:
    """Rounded to 5 %, never above "95 %+": it is a model's confidence, not a measurement."""
    return "95 %+" if sure >= 0.95 else f"{round(sure * 20) * 5} %"


def noted(turn: Turn, answers: tuple[Answer, ...], changed: dict[str, Answer]) -> None:
    """One line that echoes what was understood; what replaced an earlier answer is shown old and new."""
    fresh = [answer for answer in answers if answer.question not in changed]
    left = [answer.question for answer in fresh if answer.origin == "unticked"]
    fresh = [answer for answer in fresh if answer.origin != "unticked"]
    certain = [turn.said(answer) for answer in fresh if answer.sure >= SURE or answer.options == ANY]
    likely = [answer for answer in fresh if answer.sure < SURE and answer.options != ANY]
    if certain:
        turn.compose.say("interview-noted", what=" · ".join(certain[:_NOTED_AT_ONCE]))
    if likely:
        turn.compose.say("interview-noted-likely", what=turn.joined([turn.plain(answer) for answer in likely]))
    if left:
        turn.compose.say("interview-unticked", what=" · ".join(turn.model.checklist.labels(left)))
    for answer in answers:
        if answer.question in changed:
            old, label = changed[answer.question], turn.model.question(answer.question).label
            turn.compose.say("interview-changed", label=label, old=turn.said(old), new=turn.said(answer))
    _correctable(turn, fresh, likely)


def _correctable(turn: Turn, fresh: list[Answer], likely: list[Answer]) -> None:
    """Buttons to make sure of a guess, and to put right what was read from a longer message."""
    phrase = turn.compose.phrase
    turn.extras += [
        Choice(phrase("interview-button-sure", what=turn.plain(answer))[:40],
               buttons.value(turn.interview, "sure", answer.question)) for answer in likely[:1]
    ]  # fmt: skip
    if likely or len([answer for answer in fresh if answer.origin != "pressed"]) > 1:
        turn.extras.append(Choice(phrase("interview-button-fix"), buttons.value(turn.interview, "show")))


def why_asked(turn: Turn) -> None:
    """The reason from the knowledge, and what the answers would do to the ranking."""
    question = turn.interview.asked
    asked = turn.model.question(question)
    turn.compose.say("interview-why", why=asked.why)
    swings = list(_swings(turn, question))
    if swings:
        turn.compose.text(turn.compose.phrase("interview-would", swings="; ".join(swings)))
    turn.compose.say("interview-question", question=asked.ask)
    choices(turn, question)


def _swings(turn: Turn, question: str) -> list[str]:
    """The one or two answers that move the leader most."""
    now = turn.result
    moved = []
    for name, option in turn.model.question(question).options.items():
        says = turn.model.checklist.ticked([name]) if question == CHECKLIST else (Answer(question, (name,)),)
        after = result_of(turn.model, turn.interview, Patch(says))
        if not after.pick or not now.pick:
            continue
        shift = after.confidence[now.pick] - now.confidence[now.pick]
        same = after.pick == now.pick
        phrase = "interview-would-stay" if same else "interview-would-turn"
        text = turn.compose.phrase(
            phrase, were=option.were, framework=turn.name(after.pick), old=percent(now.sure), new=percent(after.sure)
        )
        moved.append((abs(shift) + (not same), text))
    return [text for _, text in sorted(moved, key=lambda pair: -pair[0])[:2]]


def meaning(turn: Turn, option: str = "") -> None:
    """What the open question means; of the list of needs, what stands behind one of its boxes."""
    question = turn.interview.asked
    asked = turn.model.question(question)
    box = turn.model.checklist.boxes.get(option) if question == CHECKLIST else None
    means = turn.model.question(box.question).means if box is not None else asked.means
    if option in asked.options:
        turn.compose.say("interview-label-means", label=asked.options[option].label, means=means)
    else:
        turn.compose.say("interview-means", means=means)
    turn.compose.say("interview-question", question=turn.model.question(question).ask)
    choices(turn, question)


def lost(turn: Turn) -> bool:
    """The ladder: short, then with examples, then leave it open. Never the same words twice. Whether it moves on."""
    question = turn.model.question(turn.interview.asked)
    misses = turn.interview.misses + 1
    turn.update(misses=misses)
    if misses >= _LADDER:
        turn.compose.say("interview-lost-3", label=question.label)
        return True
    turn.compose.say(f"interview-lost-{misses}", question=question.ask, example=question.example or question.means)
    choices(turn, turn.interview.asked)
    return False


def meant_which(turn: Turn, pairs: tuple[tuple[str, str], ...]) -> None:
    """Words that fit several things: up to three to choose from, the most telling first, and none of them."""
    worth = dict(turn.result.worth)
    ranked = sorted(pairs, key=lambda pair: -worth.get(pair[0], 0.0))[:_LADDER]
    turn.compose.say("interview-meant")
    made = []
    for question, option in ranked:
        asked = turn.model.question(question)
        text = turn.compose.phrase("interview-button-meant", label=asked.label, option=asked.options[option].label)
        made.append(Choice(text[:40], buttons.option(turn.interview, question, option)))
    made.append(Choice(turn.compose.phrase("interview-button-neither"), buttons.value(turn.interview, "neither")))
    turn.compose.choices(made, kind="question")


def help_(turn: Turn) -> None:
    """What can be said to the open question, or after the result."""
    if turn.interview.state != "open" or not turn.interview.asked:
        turn.compose.say("interview-help-done")
        return
    question = turn.model.question(turn.interview.asked)
    labels = [option.label for option in question.options.values() if not option.rare]
    turn.compose.say("interview-help", options=" · ".join(labels))
    ask(turn, turn.interview.asked, lead="interview-back-to")


def answers(turn: Turn) -> None:
    """What was understood, each with a button to change it."""
    told = [answer for answer in turn.interview.answers if turn.model.knows(answer)]
    if not told and not turn.interview.excluded:
        turn.compose.say("interview-nothing-yet")
        return
    rows = [turn.compose.phrase("interview-answer-line", label=turn.model.question(a.question).label, what=turn.said(a).split(": ")[-1],
                                how=turn.compose.phrase(f"interview-origin-{a.origin}")) for a in told]  # fmt: skip
    lines = [f"{number}. {row}" for number, row in enumerate(rows, 1)]
    if turn.interview.excluded:
        lines.append(turn.compose.phrase("interview-excluded", frameworks=turn.names(turn.interview.excluded)))
    turn.compose.say("interview-answers", list="\n".join(lines))
    assumed(turn)
    made = [_change_button(turn, answer) for answer in told[:20]]
    turn.compose.choices(made)


def where_from(turn: Turn, question: str) -> None:
    """How an answer came to be noted, and how to change or forget it."""
    told = next(answer for answer in turn.interview.answers if answer.question == question)
    label = turn.model.question(question).label
    how = turn.compose.phrase(f"interview-origin-{told.origin}")
    turn.compose.say("interview-where-from", what=turn.said(told), how=how, label=label)
    turn.compose.choices([_change_button(turn, told)])
    if turn.interview.asked:
        turn.compose.say("interview-back-to", question=turn.model.question(turn.interview.asked).ask)


def _change_button(turn: Turn, answer: Answer) -> Choice:
    label = turn.compose.phrase("interview-button-change", label=turn.model.question(answer.question).label)
    return Choice(label[:40], buttons.value(turn.interview, "ask", answer.question))


def assumed(turn: Turn, *, least: int = 2) -> None:
    """What is taken for likely because similar projects are so; said from so many answers on."""
    found = []
    for at in turn.result.open:
        chance = turn.result.chance(at)
        best = max(range(len(chance)), key=chance.__getitem__)
        if chance[best] >= 0.8 and len(turn.result.beliefs) >= least:
            name = turn.model.questions[at]
            option = turn.model.question(name).options[turn.model.options[at][best]]
            found.append((chance[best], option.noted or option.label))
    shown = [text for _, text in sorted(found, reverse=True)[:4]]
    if shown:
        turn.compose.say("interview-assumed", what=" · ".join(shown))


def deal_breakers(turn: Turn) -> None:
    """One multi-select of what could exclude a framework, and of the parts that can be a must."""
    turn.compose.say("interview-deal-breakers")
    made = [
        Choice(_must_label(question, key), f"{buttons.value(turn.interview, 'must')}:{name}:{key}")
        for name, question in turn.model.asked.items()
        for key, option in question.options.items()
        if option.requires or (key == question.affirmed and question.group in _PARTS)
    ]
    made = made[:_MUSTS]
    made.append(
        Choice(turn.compose.phrase("interview-button-none"), f"{buttons.value(turn.interview, 'must')}:none:none")
    )
    turn.compose.choices(made, kind="several")


def _must_label(question: Question, key: str) -> str:
    option = question.options[key]
    return (option.noted or question.label)[:40]


def exclusive(turn: Turn) -> int:
    """How many options could rule a framework out."""
    return sum(bool(veto) for vetoes in turn.model.veto for veto in vetoes)


def indifferent(question: str) -> Answer:
    return Answer(question, ANY)
