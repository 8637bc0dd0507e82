"""What a message means to the interview. Changes nothing; general questions are left to the rest of the bot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.conversation import Conversation, Interview
from bot.interview import amending, asides, asked, buttons, supposing, ticks, verdicts
from bot.interview import commands as c
from bot.interview.checklist import CHECKLIST
from bot.interview.earlier import told_before
from bot.interview.facts import Facts, is_project_description, read_facts
from bot.interview.guesses import fitting, opinion
from bot.interview.lexicon import Lexicon
from bot.interview.model import Model
from bot.interview.numbers import bare_number
from bot.interview.tokens import Match, Token, longest, tokens, words
from bot.knowledge.words import fold

if TYPE_CHECKING:
    from bot.knowledge.knowledge import Knowledge

_SHORTEST, _LONG = 20, 60
_BELOW_NOTHING = re.compile(r"\s*-\s*\d+\s*$")  # neither a choice nor a number of anything
_OWN = frozenset("we we're we've us our i i'm i've my team startup company client boss need needs building".split())
_COURTESY = frozenset(
    (
        "hi hello hey can could would will you please pls a an the web python framework frameworks bot now then "
        "one to we i"
    ).split()
)
Understood = tuple[c.InterviewCommand, float]
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "last": -1}
_OPEN: dict[str, c.InterviewCommand] = {
    "cancel": c.Cancel(), "restart": c.Restart(), "back": c.Back(), "undo": c.Back(), "skip": c.Skip(), "dont_mind": c.DontMind(),
    "why_asked": c.WhyAsked(), "meaning": c.AskMeaning(), "repeat": c.Repeat(), "just_tell": c.JustTell(),
    "show_answers": c.ShowAnswers(), "deal_breakers": c.DealBreakers(), "progress": c.Progress(), "both": c.Both(),
    "changed": c.Changed(), "still": c.Changed(still=True), "shorter": c.Repeat(), "share": c.JustTell(), "record": c.JustTell(), "unsure": c.Skip(unsure=True),
    "where_were_we": c.Repeat(), "resume": c.Repeat(), "runner_up": c.JustTell(), "help": c.HelpMe(), "close": c.Close(), "grumble": c.Grumble(),
    "keep_what_if": c.DropWhatIf(), "drop_what_if": c.DropWhatIf(), "start": c.Start(),
}  # fmt: skip
_DONE: dict[str, c.InterviewCommand] = {
    "cancel": c.Cancel(), "close": c.Close(), "restart": c.Restart(), "back": c.Back(), "undo": c.Back(), "explain": c.Explain(), "keep_going": c.KeepGoing(),
    "runner_up": c.RunnerUp(), "share": c.Share(), "record": c.DecisionRecord(), "shorter": c.Shorter(), "just_tell": c.Repeat(),
    "show_answers": c.ShowAnswers(), "changed": c.Changed(), "still": c.Changed(still=True), "progress": c.Progress(), "deal_breakers": c.DealBreakers(),
    "where_were_we": c.Repeat(), "why_asked": c.Explain(), "resume": c.KeepGoing(), "repeat": c.Repeat(), "help": c.HelpMe(), "grumble": c.Grumble(),
    "keep_what_if": c.DropWhatIf(), "drop_what_if": c.DropWhatIf(), "start": c.Start(),
}  # fmt: skip


def understand(
    text: str, press: str, conversation: Conversation, knowledge: Knowledge, repaired: str = ""
) -> Understood | None:
    """The command and how sure it is, or None when the message is none of the interview's business.

    repaired: the text without typing errors, where it is known.
    """
    book = knowledge.file.interview
    interview = conversation.interview
    if book is None or not book.questions:
        return None
    if press.startswith("iv:") and not _number_meant(text, interview, knowledge):
        pressed = buttons.command(press, interview, Model.of(knowledge.file))
        return (ticks.typed(pressed) if text.strip() else pressed), 1.0
    said = " ".join(words(text))
    if interview is None or interview.state == "closed":
        last = " ".join(token.text for token in asides.last_sentence(tokens(text)) if not token.mark)
        begun = (_outside(way, interview, book.words) for way in (said, " ".join(words(repaired)), last))
        return next(filter(None, begun), None) or _described(text, knowledge)
    model = Model.of(knowledge.file)
    if _BELOW_NOTHING.match(text):
        return c.NotUnderstood(), 1.0
    found = _inside(text, interview, conversation, model)
    if repaired and (found is None or isinstance(found[0], c.NotUnderstood)):
        found = _inside(repaired, interview, conversation, model) or found
    if found is not None and isinstance(found[0], c.DecisionRecord):
        return buttons.dissent(conversation, interview, model) or found[0], found[1]
    return found


def verdict(conversation: Conversation) -> c.InterviewCommand:
    """What tells the result as it stands."""
    interview = conversation.interview
    return c.Repeat() if interview is not None and interview.state == "done" else c.JustTell()


def _number_meant(text: str, interview: Interview | None, knowledge: Knowledge) -> bool:
    """ "2" to "how many developers?" is two developers, not the second button."""
    if interview is None or interview.state != "open" or not text:
        return False
    question = Model.of(knowledge.file).asked.get(interview.asked)
    return bool(question and question.numbers and bare_number(fold(text)) is not None)


def _outside(said: str, interview: Interview | None, listed: Mapping[str, Sequence[str]]) -> Understood | None:
    back = {" ".join(words(phrase)) for name in ("resume", "where_were_we") for phrase in listed.get(name, ())}
    bare = " ".join(token.text for token in _without_openers(tokens(said)) if not token.mark)
    if interview is not None and back & {said, bare, bare.removeprefix("again ")}:
        return c.Resume(), 1.0
    plain = _plain(said)
    return (
        (c.Start(), 1.0)
        if plain and plain in {_plain(" ".join(words(phrase))) for phrase in listed.get("start", ())}
        else None
    )


def _plain(said: str) -> str:
    """Without courtesy: "hi, can you help me pick a web framework please" is "help me pick"."""
    return " ".join(word for word in said.split() if word not in _COURTESY)


def _described(text: str, knowledge: Knowledge) -> Understood | None:
    """A project is described: the interview begins with what was said. Looked at only where somebody speaks of theirs."""
    if len(text) < _SHORTEST or not (_OWN & set(words(text)) or len(text) > _LONG):
        return None
    model = Model.of(knowledge.file)
    facts = read_facts(text, model)
    if not is_project_description(text, facts, model):
        return None
    return c.Start(text), 0.95 if len(facts.facts) > 1 or facts.excluded else 0.75


def _inside(text: str, interview: Interview, conversation: Conversation, model: Model) -> Understood | None:
    lexicon = Lexicon.of(model)
    message = tokens(text)
    label = _label(message, interview, model)
    if label is not None:
        return label
    ticked = ticks.ticked(message, interview, model, lexicon)
    if ticked is not None and not asides.goes_on(message, Facts(), conversation):
        return ticked, 1.0
    whole = _controlled(text, message, conversation, interview, model)
    if whole is not None:
        return whole
    weighed = verdicts.weighed(message, interview, model)
    if weighed is not None:
        return weighed, 1.0
    about = asked.noted(message, interview, model) or asked.labelled(message, interview, model)
    if about is not None:
        return about
    if interview.state == "open" and asides.asks_elsewhere(_without_openers(message), lexicon):
        return None
    for reading, read in (
        (supposing.what_if, message),
        *((reading, _without_openers(message)) for reading in _READINGS),
    ):
        found = reading(text, read, interview, conversation, model)
        if found is not None:
            return found
    facts = _facts(text, interview, model)
    if asides.goes_on(message, facts, conversation):
        return None
    return _by_facts(_without_openers(message), facts, interview, lexicon)


def _facts(text: str, interview: Interview, model: Model) -> Facts:
    """The facts in a message, beside what was told already."""
    open_ = interview.asked if interview.state == "open" else ""
    facts = read_facts(text, model, asked=open_, told=told_before(interview, model))
    return amending.amended(text, facts, interview, model)


def _controlled(
    text: str, message: list[Token], conversation: Conversation, interview: Interview, model: Model
) -> Understood | None:
    """The message, or its last sentence after a remark that tells nothing, is a control word."""
    lexicon = Lexicon.of(model)
    message = [token for token in message if token.text not in _PLEAS]
    opened = _without_openers(message)
    for said in (message, opened, _without_closers(opened), _without_request(message)):
        if asides.comes_back(said, conversation, lexicon):
            return c.Repeat(), 1.0
        whole = _whole(said, lexicon, interview)
        if whole is not None:
            return whole
    whole = _whole(_taken_back(opened), lexicon, interview)
    if whole is not None and isinstance(whole[0], c.Back | c.DropWhatIf | c.Repeat):
        return whole
    last = asides.last_sentence(message)
    if not last or _facts(text, interview, model):
        return None
    found = _whole(_without_openers(last), lexicon, interview)
    return found if found is not None and isinstance(found[0], asides.STEERING) else None


def _by_facts(message: list[Token], facts: Facts, interview: Interview, lexicon: Lexicon) -> Understood | None:
    """What it says of the project, or why it says nothing of it."""
    pairs = _fitting(message, facts, interview, lexicon)
    if pairs:
        return c.MeantWhich(pairs), 0.6
    remark = opinion(message, facts, lexicon) if facts else None
    if remark is not None:
        return c.Remark(*remark, facts), 0.97
    if facts.disliked and not facts.excluded:
        return c.SpokenIll(facts.disliked[0], facts), 0.97
    if facts.unclear and not facts:
        return c.GiveFacts(facts), 0.97
    if facts or facts.impossible:
        return _told(facts, interview, lexicon.model)
    if _foreign(message, lexicon):
        return c.OtherLanguage(), 1.0
    if interview.state == "open" and interview.asked and _bare_yes_or_no(message, lexicon):
        return c.NotUnderstood(), 1.0
    if interview.state == "open" and lexicon.cues("none_of_these").whole(message):
        return c.Skip(), 1.0
    if interview.state == "open" and (facts.unsure or lexicon.cues("unsure").whole(message)):
        return c.Skip(unsure=True, question=facts.doubted), 0.9
    if asides.heard(message, facts, lexicon):
        return c.Heard(), 0.97
    return _lost(message, interview, lexicon)


def _label(message: list[Token], interview: Interview, model: Model) -> Understood | None:
    """The label of one of the open question's options, word for word: as good as pressing it."""
    if interview.state != "open" or interview.pending or interview.asked not in model.asked:
        return None
    said = tuple(token.text for token in message if not token.mark)
    options = model.question(interview.asked).options
    names = [name for name, option in options.items() if said and said == words(option.label)]
    return (c.AnswerQuestion(interview.asked, (names[0],)), 1.0) if names else None


def _without_openers(message: list[Token]) -> list[Token]:
    """ "ok just decide" is "just decide"; a lone "ok" stays."""
    spoken = [token for token in message if not token.mark or token.text in "?,"]
    while sum(not token.mark for token in spoken) > 1 and spoken[0].text in (*_OPENERS, ","):
        spoken = spoken[1:]
    return [token for token in spoken if token.text != "," or token is not spoken[0]]


def _without_closers(message: list[Token]) -> list[Token]:
    """ "Which one now" is "which one"; a lone "then" stays."""
    spoken = [token for token in message if not token.mark]
    while len(spoken) > 1 and spoken[-1].text in _CLOSERS:
        spoken = spoken[:-1]
    return spoken


def _taken_back(message: list[Token]) -> list[Token]:
    """ "No wait, undo that" is "undo that"."""
    spoken = [token for token in message if not token.mark]
    while len(spoken) > 1 and spoken[0].text in _AGAINST:
        spoken = spoken[1:]
    return spoken


def _without_request(message: list[Token]) -> list[Token]:
    """ "Can you show me the decision record" is "decision record"."""
    spoken = [token for token in _without_openers(message) if not token.mark]
    while len(spoken) > 1 and spoken[0].text in _REQUEST:
        spoken = spoken[1:]
    return spoken


_REQUEST = frozenset(
    "can could would will you i we may please let's want to see have show give get send tell me us the a an my our".split()
)
_OPENERS = frozenset(
    "ok okay well but so hmm hm um uh oh lol fine alright right and hey hi bot done thanks thx cheers great perfect".split()
)
_CLOSERS = frozenset("then now already though really exactly actually again".split())
_AGAINST = _OPENERS | frozenset("no nope nah wait sorry actually oops please just yes i meant mean to".split())
_PLEAS = frozenset("please pls plz".split())


def _whole(message: list[Token], lexicon: Lexicon, interview: Interview) -> Understood | None:
    """The whole message is a control word."""
    spoken = [token for token in message if not token.mark]
    if interview.pending:
        if lexicon.cues("yes").whole(spoken):
            return c.Confirm(), 1.0
        if lexicon.cues("no").whole(spoken):
            return c.Deny(), 1.0
    if interview.what_if is not None:
        if lexicon.cues("undo").whole(spoken):
            return c.DropWhatIf(), 1.0
        if lexicon.cues("keep_what_if").whole(spoken) or (
            interview.state == "done" and lexicon.cues("yes").whole(spoken)
        ):
            return c.KeepWhatIf(), 1.0
        if lexicon.cues("drop_what_if").whole(spoken) or lexicon.cues("no").whole(spoken):
            return c.DropWhatIf(), 1.0
    for name, wish in (_OPEN if interview.state == "open" else _DONE).items():
        if lexicon.cues(name).whole(spoken):
            return wish, 1.0
    return None


def _forgotten(
    text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """ "Forget the deadline": the question whose name or options are meant."""
    lexicon = Lexicon.of(model)
    cue = next((m for m in lexicon.cues("stop_if").find(message) if m.start == 0), None)
    if cue is None:
        return None
    ends = [token.start for token in tokens(text) if token.text in ".;!"]
    if ends and any(fact.start > ends[0] for fact in read_facts(text, model).facts):
        return None  # "forget the 20. Devs: 3" says what holds instead
    said = {token.text for token in message[cue.end :]}
    named = [name for name, q in model.asked.items() if said & {name, *words(q.label)}]
    told = [answer.question for answer in interview.answers]
    facts = [fact.question for fact in read_facts(text, model, hypothetical=True).facts]
    for name in (*named, *facts):
        if name in told:
            return c.ForgetFact(name), 1.0
    return (c.ForgetFact(named[0]), 0.8) if named else None


def _numbered(
    text: str, message: list[Token], interview: Interview, conversation: Conversation, model: Model
) -> Understood | None:
    """ "2", "the second", "option 3": one of the choices last shown."""
    if interview.state != "open" or not model.puts(interview.asked):
        return None
    spoken = [t.text for t in message if not t.mark and t.text not in ("the", "option", "number", "one", "answer")]
    counted = model.question(interview.asked).numbers and "option" not in text
    number = _ORDINALS.get(spoken[0]) if len(spoken) == 1 else None
    if number is None and len(spoken) == 1 and spoken[0].isdigit() and not counted:
        number = int(spoken[0])
    ours = [value for _, value in conversation.choices if value.startswith("iv:")]
    options = [value for value in ours if buttons.is_option(value)]
    pool = options if number == -1 else ours
    if number is None or not pool or not -1 <= number <= len(pool) or number == 0:
        return None
    return buttons.command(pool[number - 1 if number > 0 else -1], interview, model), 1.0


def _changed(
    _text: str, message: list[Token], interview: Interview, _: Conversation, model: Model
) -> Understood | None:
    """ "Change 2", "fix the first one", "change the database": what was answered there is asked again."""
    spoken = [token for token in message if not token.mark]
    cue = next((m for m in longest(Lexicon.of(model).cues("change_answer").find(spoken)) if m.start == 0), None)
    told = [answer.question for answer in interview.answers if model.knows(answer)]
    if cue is None or not told:
        return None
    said = tuple(token.text for token in spoken[cue.end :] if token.text not in _OF_AN_ANSWER)
    for name in told:
        if said == words(model.question(name).label):
            return c.AskAgain(name), 1.0
    place = _place(said[0]) if len(said) == 1 else None
    if place is None or not -1 <= place <= len(told) or place == 0:
        return None
    return c.AskAgain(told[place - 1 if place > 0 else -1]), 1.0


def _place(word: str) -> int | None:
    return int(word) if word.isdecimal() else _ORDINALS.get(word)


_OF_AN_ANSWER = frozenset("the my our option number no one answer nr".split())


def _fitting(message: list[Token], facts: Facts, interview: Interview, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    if interview.state != "open" or lexicon.cues("yes").whole(message) or lexicon.cues("no").whole(message):
        return ()
    told = {answer.question for answer in interview.answers}
    return fitting(message, facts, interview.asked, told, lexicon)


def _bare_yes_or_no(message: list[Token], lexicon: Lexicon) -> bool:
    """To a question that is none of yes or no. A nod ("ok", "right") is no answer."""
    plain = [token for token in message if not token.mark]
    said = {token.text for token in plain}
    return bool(lexicon.cues("yes").whole(plain) or lexicon.cues("no").whole(plain)) and bool(said & _YES_NO)


_YES_NO = frozenset("yes no y n yep nope ja nein oui non si nah".split())


def _foreign(message: list[Token], lexicon: Lexicon) -> bool:
    """Mostly small words of other languages; "was" and "die" alone prove nothing."""
    spoken = [token for token in message if not token.mark]
    small = sum(match.end - match.start for match in lexicon.cues("other_languages").find(spoken))
    return small >= 2 and small * 3 >= len(spoken)


def _told(facts: Facts, interview: Interview, model: Model) -> Understood:
    asked = (interview.asked, *(model.checklist.questions if interview.asked == CHECKLIST else ()))
    answers_it = any(fact.question in asked for fact in facts.facts)
    weak = all(fact.weak for fact in facts.facts) and not (facts.excluded or facts.allowed or facts.impossible)
    sure = 0.97 if answers_it or facts.correction or facts.pasted or facts.excluded or facts.allowed else 0.92
    return c.GiveFacts(facts), 0.6 if weak else sure


def _lost(message: list[Token], interview: Interview, lexicon: Lexicon) -> Understood | None:
    """A short message that is no question: it was meant as an answer. Anything else is for others to read."""
    spoken = [token for token in message if not token.mark]
    names: list[Match[str]] = longest(lexicon.frameworks.find(message))
    if interview.state != "open" or not interview.asked or len(spoken) > 8 or names:
        return None
    if any(token.text == "?" for token in message) or (
        spoken and re.match(r"(?:what|who|when|where|which|how|is|are|does|do|can|why)\b", spoken[0].text)
    ):
        return None
    return c.NotUnderstood(), 0.2


_READINGS = (
    _changed,
    supposing.what_if,
    verdicts.what_it_takes,
    _forgotten,
    verdicts.compared,
    verdicts.disagreed,
    verdicts.objected,
    _numbered,
    verdicts.asked_which,
    asked.wanted,
)
