"""The conversation's promises, over random sequences of whatever a person may do."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, Interview
from bot.interview import commands as c
from bot.interview import respond, understand
from bot.interview.engine import recommend
from bot.interview.model import Model
from bot.replies import CHOICE_VALUE_LIMIT, Choices
from tests.support.interview import Talk, knowledge

TEXTS = st.sampled_from(
    [
        "an online shop", "postgres", "mongo", "team of 5", "no admin", "yes", "no", "2", "skip", "idk", "doesn't matter", "back", "undo",
        "why?", "what does that mean?", "repeat", "just tell me", "show my answers", "start over", "cancel", "resume", "keep going",
        "what if we used mongo?", "keep", "discard", "actually 12 devs", "we don't want Django", "django is allowed again", "shorter",
        "decision record", "share", "and second best?", "no, Flask is better", "forget the team", "does that change anything?", "both",
        "how many more questions?", "deal-breakers", "gibberish blah", "0 devs", "the second", "probably sqlite", "what if?",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(TEXTS, st.integers(0, 11)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_any_sequence_keeps_the_invariants(events: list[str | int]) -> None:
    """No error and no silence; one open question, a result or a close after each turn; undo walks back to the start."""
    talk = Talk()
    talk.do(c.Start())
    for event in events:
        if isinstance(event, int):
            if event >= len(talk.conversation.choices):
                continue
            found = understand.understand("", talk.conversation.choices[event][1], talk.conversation, knowledge())
        else:
            found = understand.understand(event, "", talk.conversation, knowledge())
        if found is None:
            continue
        before = talk.state
        text = talk.do(found[0])
        assert text.strip()
        assert "{" not in text
        _check(talk, before, found[0])
    again = msgspec.json.decode(msgspec.json.encode(talk.conversation), type=Conversation)
    assert again == talk.conversation
    for _ in range(60):
        if not talk.state.history:
            break
        talk.do(c.Back())
    assert not talk.state.answers
    assert not talk.state.skipped


def _check(talk: Talk, before: Interview, command: Any) -> None:
    state = talk.state
    assert talk.draft is not None
    questions = [part for part in talk.draft.reply.parts if isinstance(part, Choices) and part.kind == "question"]
    assert len(questions) <= 1
    assert state.state in ("done", "closed") or state.asked
    model = Model.of(knowledge().file)
    told = [answer.question for answer in state.answers]
    assert len(told) == len(set(told))
    if (
        state.state == "open"
        and not isinstance(command, c.AskAgain)
        and state.asked != before.asked
        and not isinstance(command, c.Back)
    ):
        assert state.asked not in {answer.question for answer in state.answers if len(answer.options) == 1}
    for _, value in talk.conversation.choices:
        assert len(value) <= CHOICE_VALUE_LIMIT
    if isinstance(command, c.WhatIf | c.WhyAsked | c.AskMeaning | c.Explain | c.ShowAnswers | c.Progress):
        assert (state.answers, state.excluded, state.skipped) == (before.answers, before.excluded, before.skipped)
    fresh = recommend(model, list(reversed(state.answers)), state.excluded, state.skipped)
    view = respond.view(talk.conversation, knowledge())
    if view is not None:
        assert [row["framework"] for row in view["ranking"]] == [name for name, _ in fresh.ranking]
