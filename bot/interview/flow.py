"""How the interview moves: facts become answers, answers the next question or the result, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.conversation import Patch
from bot.interview import asking, buttons, results
from bot.interview.asking import percent
from bot.interview.checklist import CHECKLIST
from bot.interview.earlier import told_before
from bot.interview.facts import Fact, Facts, is_project_description, read_facts
from bot.interview.supposing import changes as patch_of
from bot.interview.turn import Turn, patched, result_of
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.answers.draft import Draft
    from bot.conversation import Answer
    from bot.interview.model import Model

_REMINDED = 3
_YEAR = 365


def start(turn: Turn, text: str) -> Draft:
    """A new interview, or the one that is there; what the text says counts at once."""
    earlier = turn.conversation.interview
    facts = read_facts(text, turn.model)
    if (
        text
        and earlier is not None
        and earlier.state == "done"
        and earlier.answers
        and not _another(text, facts, turn.model)
    ):
        beside = read_facts(text, turn.model, told=told_before(earlier, turn.model))
        return take(turn, beside) if beside else result(turn)
    if earlier is not None and earlier.state != "done" and earlier.answers and not facts:
        return _which_one(turn)
    if earlier is not None and turn.interview.state != "open":
        turn.step(**blank(), session=str(int(turn.interview.session) + 1))
    if facts:
        return take(turn, facts)
    if earlier is not None and earlier.asked and turn.interview.asked:
        return go_on(turn)
    turn.compose.say("interview-intro")
    if asking.exclusive(turn) >= turn.model.setting("deal_breakers", 5):
        asking.deal_breakers(turn)
    asking.ask(turn)
    return turn.finish(intent="recommend")


def _another(text: str, facts: Facts, model: Model) -> bool:
    """Another project is described, rather than something said of the one whose result stands there."""
    return any(fact.question == "app_type" and not fact.weak for fact in facts.facts) or is_project_description(
        text, facts, model
    )


def _which_one(turn: Turn) -> Draft:
    """There is one already: go on with it, or begin another."""
    told = [turn.said(answer) for answer in turn.interview.answers if turn.model.knows(answer)]
    turn.compose.say("interview-one-open", what=" · ".join(told[:_REMINDED]))
    resume_or_new(turn)
    return turn.finish(intent="recommend")


def resume_or_new(turn: Turn) -> None:
    phrase = turn.compose.phrase
    turn.compose.choices(
        [
            Choice(phrase("interview-button-resume"), buttons.value(turn.interview, "resume")),
            Choice(phrase("interview-button-new"), buttons.value(turn.interview, "new")),
        ],
        kind="question",
    )


def blank() -> dict[str, object]:
    return {
        "answers": (),
        "skipped": (),
        "excluded": (),
        "asked": "",
        "put": 0,
        "state": "open",
        "thorough": False,
        "dissent": "",
    }


def take(turn: Turn, facts: Facts) -> Draft:
    for question, words in facts.impossible[:1]:
        kind = turn.model.question(question).numbers[0]
        high = kind.high / _YEAR if kind.kind == "days" else kind.high
        limits = turn.compose.phrase(f"interview-range-{kind.kind}", low=f"{kind.low:,g}", high=f"{high:,.0f}")
        turn.compose.say("interview-impossible", words=words, range=limits)
        if not facts:
            if turn.interview.state == "open":
                asking.ask(turn, turn.interview.asked or question)
            return turn.finish(answered=False)
    if facts.unclear and not facts:
        turn.compose.say("interview-which-answer")
        asking.answers(turn)
        return turn.finish(intent="control", answered=False)
    patch = patch_of(facts, turn.interview)
    if facts.allowed and not patch.allowed:
        turn.compose.say("interview-none-excluded")
    if facts.pasted:
        turn.compose.say("interview-pasted")
    if facts.unclear:
        turn.compose.say("interview-which-answer")
    listed = turn.interview.asked == CHECKLIST and any(_needed(turn, fact) for fact in facts.facts)
    return apply(turn, patch, ask_first=_ask_first(turn, patch), answered=CHECKLIST if listed else "")


def _needed(turn: Turn, fact: Fact) -> bool:
    """Whether a fact names something of the list of needs; "no admin" and a number are said beside it."""
    counted = bool(turn.model.question(fact.question).numbers)
    boxes = (box for box in turn.model.checklist.boxes.values() if box.question == fact.question)
    return not counted and any(set(fact.options) <= set(box.options) for box in boxes)


def remark(turn: Turn, framework: str, topic: str, facts: Facts) -> Draft:
    """What is known on the opinion; the fact beside it is noted only with a yes."""
    cell = turn.model.cell(topic, framework)
    for claim in list(cell.claims)[:1] if cell is not None else ():
        turn.compose.claim(turn.knowledge.claims[claim])
    patch = patch_of(facts, turn.interview)
    turn.update(pending="apply", patch=patch)
    turn.compose.say("interview-shall-note", what=" · ".join(turn.plain(answer) for answer in patch.answers))
    yes_or_no(turn)
    return turn.finish()


def spoken_ill(turn: Turn, framework: str, facts: Facts) -> Draft:
    """What else was told is noted; ruling the framework out is offered, not done."""
    patch = patch_of(facts, turn.interview)
    if patch.answers:
        answers, excluded = patched(turn.interview, patch)
        old = {answer.question: answer for answer in turn.interview.answers}
        changed = {a.question: old[a.question] for a in patch.answers if a.question in old and old[a.question] != a}
        turn.step(answers=answers, excluded=excluded)
        asking.noted(turn, patch.answers, changed)
    turn.update(pending="apply", patch=Patch(excluded=(framework,)))
    turn.compose.say("interview-shall-exclude", framework=turn.name(framework))
    yes_or_no(turn)
    return turn.finish()


def _ask_first(turn: Turn, patch: Patch) -> bool:
    """A must-have that would rule out the leader, or a doubtful change that would turn the pick, wants a yes first."""
    before = turn.result
    if not before.beliefs or not before.pick:
        return False
    after = result_of(turn.model, turn.interview, patch)
    leader = turn.model.frameworks.index(before.pick)
    known = {answer.question for answer in turn.interview.answers}
    doubtful = any(answer.sure < 0.9 and answer.question in known for answer in patch.answers)
    return (leader in after.vetoes and leader not in before.vetoes) or (doubtful and after.pick != before.pick)


def apply(turn: Turn, patch: Patch, *, ask_first: bool = False, answered: str = "") -> Draft:
    """Facts become answers, in one step; then on to the next question or the result. answered: not to be put again."""
    if ask_first or (
        not turn.interview.patch and patch.answers and patch.answers[0].origin == "pressed" and _ask_first(turn, patch)
    ):
        turn.update(pending="apply", patch=patch)
        turn.compose.say(
            "interview-confirm-change",
            what=" · ".join(turn.said(answer) for answer in patch.answers),
            framework=turn.name(turn.result.pick),
        )
        yes_or_no(turn)
        return turn.finish()
    old = {answer.question: answer for answer in turn.interview.answers}
    news = tuple(answer for answer in patch.answers if old.get(answer.question) != answer)
    changed = {
        answer.question: old[answer.question]
        for answer in news
        if answer.question in old and turn.said(old[answer.question]) != turn.said(answer)
    }
    before, done = turn.result.pick, turn.interview.state == "done"
    answers, excluded = patched(turn.interview, patch)
    named = {answer.question for answer in patch.answers}
    skipped = tuple(name for name in (*turn.interview.skipped, *filter(None, [answered])) if name not in named)
    turn.step(answers=answers, excluded=excluded, skipped=skipped)
    asking.noted(turn, patch.answers, changed)
    _exclusions(turn, patch)
    if changed:
        _consequence(turn, before, changed)
    elif patch.excluded or patch.allowed:
        _standing(turn)
    if turn.interview.asked in named:
        turn.update(asked="")
    return result(turn) if done else go_on(turn)


def _exclusions(turn: Turn, patch: Patch) -> None:
    if patch.excluded:
        turn.compose.say("interview-now-excluded", frameworks=turn.names(patch.excluded))
    if patch.allowed:
        turn.compose.say("interview-now-allowed", frameworks=turn.names(patch.allowed))


def _standing(turn: Turn) -> None:
    """Who leads now, when frameworks were taken out or let back in."""
    if turn.interview.state == "open" and len(turn.result.order) > 1:
        ranked = [f"{turn.name(name)} {percent(sure)}" for name, sure in turn.result.ranking if sure > 0]
        turn.compose.say("interview-standing", ranking=", ".join(ranked))


def _consequence(turn: Turn, before: str, changed: dict[str, Answer]) -> None:
    """What a correction does to the pick, with the claim that carries it."""
    after = turn.result.pick
    if not before or not after:
        return
    phrase = "interview-turned" if after != before else "interview-stays"
    turn.compose.say(phrase, old=turn.name(before), new=turn.name(after))
    for name in list(changed)[:1]:
        answer = turn.result.answers[name]
        if answer.options[0] not in turn.model.question(name).options:
            return
        option = turn.model.option(name, answer.options[0])
        for claim in turn.model.claims(option, before, turn.model.question(name).topic)[:1]:
            if claim in turn.knowledge.claims:
                turn.compose.claim(turn.knowledge.claims[claim])


def go_on(turn: Turn) -> Draft:
    """The open question again, the next one, or the result."""
    interview = turn.interview
    if turn.result.enough(interview.put, thorough=interview.thorough):
        return result(turn)
    asking.leaning(turn)
    if interview.asked and _still_open(turn):
        asking.ask(turn, interview.asked, lead="interview-back-to")
        return turn.finish()
    asking.ask(turn)
    return turn.finish()


def _still_open(turn: Turn) -> bool:
    if turn.interview.asked == CHECKLIST:
        return bool(turn.result.boxes)
    at = turn.model.place.get(turn.interview.asked, -1)
    return at in turn.result.open or turn.result.unsettled[0] == turn.interview.asked


def result(turn: Turn, lead: str = "") -> Draft:
    results.show(turn, lead=lead)
    return turn.finish(intent="recommend")


def tick(turn: Turn, boxes: tuple[str, ...], *, rest: bool) -> Draft:
    """Boxes of the list of needs, and what the others say by being left out, if that is so and the list still stands."""
    ticked = turn.model.checklist.ticked(boxes) if rest else turn.model.checklist.named(boxes)
    if not turn.result.boxes:
        return apply(turn, Patch(ticked)) if ticked else go_on(turn)
    if not rest:
        return apply(turn, Patch(ticked), answered=CHECKLIST)
    told = {answer.question for answer in ticked}
    shown = {turn.model.checklist.boxes[name].question for name in turn.result.boxes}
    left = [name for name in turn.model.questions if name in shown - told]
    return apply(turn, Patch((*ticked, *turn.model.checklist.unticked(left))))


def dont_mind(turn: Turn) -> Draft:
    asked = turn.interview.asked
    if not asked or asked == CHECKLIST:
        return skip(turn)
    return apply(turn, Patch((asking.indifferent(asked),)))


def skip(turn: Turn, question: str = "") -> Draft:
    """Leaves the open question open, or this one."""
    asked = question or turn.interview.asked
    if not asked:
        return go_on(turn)
    label = turn.model.question(asked).label
    told = next((answer for answer in turn.interview.answers if answer.question == asked), None)
    turn.step(skipped=(*turn.interview.skipped, asked))
    if asked == turn.interview.asked:
        turn.update(asked="")
    if told is None:
        turn.compose.say("interview-skipped", label=label)
    else:
        turn.compose.say("interview-stays-so", what=turn.said(told))
    return go_on(turn)


def back(turn: Turn) -> Draft:
    """The state before the last turn that changed something; its question is put again."""
    if not turn.interview.history:
        turn.compose.say("interview-nothing-to-undo")
        if turn.interview.state == "open" and turn.interview.asked:
            asking.ask(turn, turn.interview.asked)
        return turn.finish(intent="control")
    *older, last = turn.interview.history
    gone = [answer for answer in turn.interview.answers if answer not in last.answers]
    turn.interview = msgspec.structs.replace(last, history=tuple(older))
    turn.compose.say(
        "interview-undone" if gone else "interview-back", what=" · ".join(turn.said(answer) for answer in gone)
    )
    if turn.interview.state == "open" and turn.interview.asked:
        told = next((answer for answer in turn.interview.answers if answer.question == turn.interview.asked), None)
        if told is not None:
            turn.compose.say("interview-now", what=turn.said(told))
        turn.compose.say("interview-question", question=turn.model.question(turn.interview.asked).ask)
        asking.choices(turn, turn.interview.asked)
        return turn.finish(intent="control")
    if turn.interview.state == "open":
        asking.ask(turn)
        return turn.finish(intent="control")
    return result(turn)


def yes_or_no(turn: Turn) -> None:
    phrase = turn.compose.phrase
    turn.compose.choices(
        [
            Choice(phrase("interview-button-yes"), buttons.value(turn.interview, "yes")),
            Choice(phrase("interview-button-no"), buttons.value(turn.interview, "no")),
        ],
        kind="question",
    )
