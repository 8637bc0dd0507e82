"""A command of the interview to a reply and the state after it. Pure: same command, conversation, knowledge, same result."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from bot.answers.draft import Draft
from bot.conversation import Answer, Conversation, Patch
from bot.interview import ahead, asking, buttons, flow, results, trying
from bot.interview import commands as c
from bot.interview.record import decision
from bot.interview.turn import Turn, view
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.answers.compose import Composer
    from bot.knowledge.knowledge import Knowledge

__all__ = ["remind", "respond", "view"]
_CONFIRMED_CANCEL = 3
_REMARKS = {c.Grumble: "interview-grumble", c.OtherLanguage: "interview-language", c.Heard: "interview-heard"}


def respond(command: c.InterviewCommand, conversation: Conversation, knowledge: Knowledge, compose: Composer) -> Draft:
    """What the interview says, and the conversation after it."""
    turn = Turn(conversation, knowledge, compose)
    if conversation.interview is None and not isinstance(command, c.Start | c.StaleButton):
        command = c.Start()
    if not isinstance(command, c.Confirm | c.Deny) and turn.interview.pending:
        turn.update(pending="", patch=None)
    return _dispatch(command, turn)


def remind(conversation: Conversation, knowledge: Knowledge, compose: Composer, *, stored: bool = False) -> None:
    """Puts the open question again after something else was talked about; the state stays as it is.

    stored: it was asked what is kept, so that is said of the interview too, and the buttons stay those of that answer.
    """
    turn = Turn(conversation, knowledge, compose)
    if turn.interview.state != "open" or not turn.model.puts(turn.interview.asked):
        return
    if stored:
        compose.say("interview-stored", count=len(turn.interview.answers))
    compose.say("interview-back-to", question=asking.wording(turn, turn.interview.asked))
    if not stored:
        asking.choices(turn, turn.interview.asked)


def _dispatch(command: c.InterviewCommand, turn: Turn) -> Draft:
    match command:
        case c.Start():
            return flow.start(turn, command.text)
        case c.GiveFacts():
            return flow.take(turn, command.facts)
        case c.Remark():
            return flow.remark(turn, command.framework, command.topic, command.facts)
        case c.SpokenIll():
            return flow.spoken_ill(turn, command.framework, command.facts)
        case c.MakeSure():
            return _make_sure(turn, command.question)
        case c.AnswerQuestion() | c.Tick() | c.SetDealBreakers() | c.Skip() | c.DontMind():
            return _answering(command, turn)
        case c.Back():
            return flow.back(turn)
        case c.JustTell() | c.KeepGoing() | c.AskAgain() | c.Repeat() | c.Both() | c.NotUnderstood():
            return _steering(command, turn)
        case (
            c.WhyAsked()
            | c.AskMeaning()
            | c.WhereFrom()
            | c.ShowAnswers()
            | c.Progress()
            | c.DealBreakers()
            | c.Changed()
            | c.StaleButton()
            | c.Weigh()
            | c.HelpMe()
            | c.Grumble()
            | c.OtherLanguage()
            | c.MeantWhich()
            | c.Heard()
        ):
            return _telling(command, turn)
        case c.Restart() | c.Cancel() | c.Close() | c.Resume() | c.Confirm() | c.Deny() | c.ForgetFact():
            return _keeping(command, turn)
        case c.WhatIf() | c.AskWhatIf() | c.KeepWhatIf() | c.DropWhatIf():
            return _trying(command, turn)
        case (
            c.Explain()
            | c.CompareWith()
            | c.RunnerUp()
            | c.Disagree()
            | c.Object()
            | c.DecisionRecord()
            | c.Share()
            | c.Shorter()
        ):
            return _after_result(command, turn)
        case _:
            assert_never(command)


def _answering(command: c.AnswerQuestion | c.Tick | c.SetDealBreakers | c.Skip | c.DontMind, turn: Turn) -> Draft:
    match command:
        case c.AnswerQuestion():
            return flow.apply(turn, Patch((Answer(command.question, command.options, origin="pressed"),)))
        case c.Tick():
            return flow.tick(turn, command.boxes, rest=command.rest)
        case c.SetDealBreakers():
            return flow.apply(turn, Patch(command.answers)) if command.answers else flow.go_on(turn)
        case c.Skip():
            return flow.skip(turn, command.question)
        case c.DontMind():
            return flow.dont_mind(turn)


def _steering(command: c.InterviewCommand, turn: Turn) -> Draft:
    match command:
        case c.JustTell():
            return flow.result(turn)
        case c.KeepGoing():
            turn.update(thorough=True, skipped=() if not turn.result.worth_asking else turn.interview.skipped)
            if not turn.result.worth_asking:
                turn.compose.say("interview-all-asked")
                results.next_steps(turn)
                return turn.finish(intent="control")
            asking.ask(turn)
        case c.AskAgain():
            asking.ask_again(turn, command.question, everything=command.all_options)
        case c.Both() if turn.interview.asked in {answer.question for answer in turn.interview.answers}:
            return flow.skip(turn)
        case c.Both() if turn.interview.asked:
            turn.compose.say("interview-both", question=turn.model.question(turn.interview.asked).ask)
            asking.choices(turn, turn.interview.asked)
        case c.NotUnderstood() if turn.interview.state == "open" and turn.interview.asked:
            if asking.lost(turn):
                asked = turn.interview.asked
                turn.step(skipped=(*turn.interview.skipped, asked), asked="")
                return flow.go_on(turn)
            return turn.finish(answered=False)
        case _:
            if turn.interview.state == "done":
                return flow.result(turn)
            asking.ask(turn, turn.interview.asked)
    return turn.finish(intent="control")


def _telling(command: c.InterviewCommand, turn: Turn) -> Draft:
    asked = turn.interview.asked
    match command:
        case c.WhyAsked() if asked:
            asking.why_asked(turn)
        case c.AskMeaning() if asked:
            asking.meaning(turn, command.option)
        case c.WhereFrom():
            asking.where_from(turn, command.question)
        case c.ShowAnswers():
            asking.answers(turn)
            if asked:
                turn.compose.say("interview-back-to", question=turn.model.question(asked).ask)
        case c.Progress():
            _progress(turn)
        case c.Weigh():
            results.so_far(turn, command.framework)
            asking.ask(turn, asked, lead="interview-back-to")
        case c.HelpMe():
            asking.help_(turn)
        case c.MeantWhich():
            asking.meant_which(turn, command.pairs)
        case c.Grumble() | c.OtherLanguage() | c.Heard():
            turn.compose.say(_REMARKS[type(command)])
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
        case c.DealBreakers():
            asking.deal_breakers(turn)
        case c.Changed():
            results.changed(turn, still=command.still)
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
        case c.StaleButton():
            return _stale(turn)
        case _:
            return flow.go_on(turn)
    return turn.finish(intent="control")


def _progress(turn: Turn) -> None:
    sure = turn.result.sure
    if not turn.interview.asked:
        turn.compose.say("interview-progress-done", bar=asking.bar(sure), sure=asking.percent(sure))
        return
    count = max(1, ahead.more(turn.result))
    more = turn.compose.phrase("interview-more-one" if count == 1 else "interview-more", count=count)
    turn.compose.say("interview-progress", bar=asking.bar(sure), sure=asking.percent(sure), more=more)
    asking.ask(turn, turn.interview.asked, lead="interview-back-to")


def _make_sure(turn: Turn, question: str) -> Draft:
    """What was only likely is taken as said."""
    told = next((answer for answer in turn.interview.answers if answer.question == question), None)
    if told is None:
        return _stale(turn)
    return flow.apply(turn, Patch((msgspec.structs.replace(told, sure=1.0),)))


def _stale(turn: Turn) -> Draft:
    if turn.conversation.interview is None:
        turn.compose.say("interview-stale-none")
        turn.compose.choices([Choice(turn.compose.phrase("interview-button-start"), "iv:0:new")])
        return Draft(turn.compose.finish(intent="control", answered=False), turn.conversation)
    turn.compose.say("interview-stale")
    if turn.interview.state == "open" and turn.interview.asked:
        asking.ask(turn, turn.interview.asked, lead="interview-back-to")
    else:
        flow.resume_or_new(turn)
    return turn.finish(intent="control", answered=False)


def _keeping(command: c.InterviewCommand, turn: Turn) -> Draft:
    """Beginning anew, stopping, coming back, forgetting one fact, and the yes or no that some of them want."""
    interview = turn.interview
    match command:
        case c.Restart() if interview.state == "open" and interview.answers:
            turn.update(pending="restart")
            turn.compose.say("interview-restart-sure")
            flow.yes_or_no(turn)
        case c.Restart():
            return _restart(turn)
        case c.Cancel() if interview.state == "open" and len(interview.answers) >= _CONFIRMED_CANCEL:
            turn.update(pending="cancel")
            turn.compose.say("interview-cancel-sure")
            flow.yes_or_no(turn)
        case c.Cancel() | c.Close():
            return _close(turn)
        case c.Resume():
            return _resume(turn)
        case c.Confirm() | c.Deny():
            return _decided(turn, yes=isinstance(command, c.Confirm))
        case c.ForgetFact():
            return _forget(turn, command.question)
    return turn.finish(intent="control")


def _decided(turn: Turn, *, yes: bool) -> Draft:
    pending, patch = turn.interview.pending, turn.interview.patch
    turn.update(pending="", patch=None)
    if yes and pending == "restart":
        return _restart(turn)
    if yes and pending == "cancel":
        return _close(turn)
    if yes and pending == "apply" and patch is not None:
        turn.update(patch=patch)
        return flow.apply(turn, patch)
    turn.compose.say("interview-left-as-is")
    return flow.go_on(turn) if turn.interview.state == "open" else turn.finish(intent="control")


def _restart(turn: Turn) -> Draft:
    turn.step(**flow.blank(), session=str(int(turn.interview.session) + 1))
    turn.compose.say("interview-restarted")
    asking.ask(turn)
    return turn.finish(intent="control")


def _close(turn: Turn) -> Draft:
    done = turn.interview.state == "done"
    turn.update(state="closed")
    turn.compose.say("interview-closed-done" if done else "interview-closed")
    return turn.finish(intent="control")


def _resume(turn: Turn) -> Draft:
    """Where it was, with what led; answers to questions that have gone since are open again, and named."""
    told = [turn.said(answer) for answer in turn.interview.answers if turn.model.knows(answer)]
    gone = [answer for answer in turn.interview.answers if not turn.model.knows(answer)]
    turn.update(state="open", answers=tuple(answer for answer in turn.interview.answers if answer not in gone))
    if told:
        turn.compose.say("interview-welcome-back", what=" · ".join(told[:3]))
    if gone:
        turn.compose.say("interview-gone", what=" · ".join(answer.value or answer.question for answer in gone))
    phrase = turn.compose.phrase
    turn.extras += [
        Choice(phrase("interview-button-answers"), buttons.value(turn.interview, "show")),
        Choice(phrase("interview-button-new"), buttons.value(turn.interview, "new")),
    ]
    return flow.go_on(turn)


def _forget(turn: Turn, question: str) -> Draft:
    label = turn.model.question(question).label
    told = next((answer for answer in turn.interview.answers if answer.question == question), None)
    if told is None:
        turn.compose.say("interview-forgot-nothing", label=label)
    else:
        done = turn.interview.state == "done"
        kept = tuple(answer for answer in turn.interview.answers if answer is not told)
        said = turn.said(told)
        turn.step(answers=kept, skipped=(*turn.interview.skipped, question))
        turn.compose.say("interview-forgot", label=label, what=said)
        if done:
            return flow.result(turn)
    return flow.go_on(turn) if turn.interview.state == "open" else turn.finish(intent="control")


def _trying(command: c.InterviewCommand, turn: Turn) -> Draft:
    asked = turn.interview.asked if turn.interview.state == "open" else ""
    match command:
        case c.WhatIf():
            trying.what_if(turn, command.changes)
        case c.KeepWhatIf() if turn.interview.what_if is not None:
            return flow.apply(turn, turn.interview.what_if)
        case c.AskWhatIf():
            trying.offer_what_if(turn, command.framework)
        case _:
            turn.update(what_if=None)
            turn.compose.say("interview-left-as-is")
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
    if asked and not isinstance(command, c.DropWhatIf):
        turn.compose.say("interview-back-to", question=turn.model.question(asked).ask)
    return turn.finish(intent="recommend" if isinstance(command, c.WhatIf) else "control")


def _after_result(command: c.InterviewCommand, turn: Turn) -> Draft:
    if turn.interview.state != "done":
        turn.update(state="done", asked="")
    match command:
        case c.Explain():
            results.explain(turn)
        case c.CompareWith():
            results.compare(turn, command.framework, command.other)
        case c.RunnerUp():
            results.runner_up(turn)
        case c.Disagree():
            trying.disagree(turn, command.framework)
        case c.Object():
            trying.objected(turn, command.topic)
        case c.Shorter():
            results.shorter(turn)
        case c.DecisionRecord():
            return _record(turn, command.dissent)
        case c.Share():
            return _share(turn)
    return turn.finish(intent="recommend")


def _share(turn: Turn) -> Draft:
    """The short form, to be read by others."""
    results.shorter(turn)
    turn.compose.aside("interview-shared")
    trying.left_out(turn)
    draft = turn.finish(intent="recommend")
    return draft._replace(reply=msgspec.structs.replace(draft.reply, passes_on=True))


def _record(turn: Turn, dissent: str) -> Draft:
    if not (dissent or turn.result.pick):
        turn.compose.say("interview-none-fits")
        return turn.finish(intent="control", answered=False)
    name, text, kept = decision(turn, dissent)
    turn.compose.say("interview-record", name=name)
    trying.left_out(turn)
    turn.compose.file(name, text)
    return turn.finish(intent="recommend", effects=(kept,))
