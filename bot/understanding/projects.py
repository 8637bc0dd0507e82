"""Whether a message tells of the writer's own project, which is what an interview begins with."""

from __future__ import annotations

from bot.commands import Subject
from bot.interview.facts import asks_choice, is_project_description, read_facts
from bot.interview.model import Model
from bot.knowledge.knowledge import Knowledge
from bot.understanding.reading import Reading

SHORTEST_BRIEF = 5
SHORT_QUESTION = 6
"""Content words of a question; more describe a project."""
LONG_BRIEF = 15
"""Words of a description that may end in a question."""
DESCRIBED = 2
"""Facts from which a short question for advice is about a project, not about a topic in general."""
MUCH = 4
"""Facts from which a message is a description, whatever else it sounds like."""


class Projects:
    """Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._file = knowledge.file
        vocabulary = knowledge.file.vocabulary
        self._asking = frozenset(vocabulary.words.get("asking", ()) if vocabulary else ())

    def told(self, reading: Reading, intent: str) -> bool:
        """A project is described, and nothing asked but what to take: "we are 3 developers, REST API, no admin".

        Words of trouble may stand in a description too, but then it must say much about the project.
        """
        asked = "#asked" in reading.features and not (intent in ("", "off_topic") and "#fw0" in reading.features)
        if len(reading.words) < (LONG_BRIEF if asked else SHORTEST_BRIEF):
            return False
        own = reading.features & {"#i", "#we"} or any(word[0].isdigit() for word in reading.words)
        own = own or ("#use_case" in reading.features and "#fw0" in reading.features)
        if not own:
            return False
        model = Model.of(self._file)
        facts = read_facts(reading.text, model)
        much = len(facts.facts) >= MUCH
        enough = much and asks_choice(reading.text, model) if asked else much or intent != "how_to_out_of_scope"
        return enough and is_project_description(reading.text, facts, model)

    def own(self, reading: Reading, subject: Subject) -> bool:
        """Their own project, or just "help me choose": nothing to say in general before the interview."""
        topics = set(subject.topics) - (set(reading.named("hint")) - set(reading.named("topic")))
        if not (subject.use_cases or topics or subject.frameworks):
            return True
        if any(match.group == "excludes" for match in reading.cues):
            return True
        if not reading.features & {"#i", "#we"}:
            return False
        model = Model.of(self._file)
        facts = read_facts(reading.text, model)
        short = len(reading.words) < LONG_BRIEF and "#long" not in reading.features
        if topics and len(facts.facts) < DESCRIBED and short:
            return False
        return is_project_description(reading.text, facts, model)

    def in_general(self, reading: Reading, subject: Subject) -> bool:
        """ "Which framework should I use with MongoDB?": said of oneself, yet what is known about that answers it.

        Not so "we are three and have a month, which one?", which tells first and then asks.
        """
        if not (subject.topics or subject.use_cases) or subject.form not in ("which", "yes_no"):
            return False
        if len(subject.words) > SHORT_QUESTION:
            return False
        first = reading.words[0] in self._asking
        return first or len(read_facts(reading.text, Model.of(self._file)).facts) < DESCRIBED
