"""The decision as a MADR file: filled from the answers, the same for the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.effects import Decision
from bot.interview import flips, why
from bot.interview.asking import percent
from bot.interview.engine import ANY
from bot.interview.results import concerns, flip_text, subject_text

if TYPE_CHECKING:
    from bot.interview.turn import Turn

_REASONS = 3


def decision(turn: Turn, dissent: str = "") -> tuple[str, str, Decision]:
    """File name, text, and what is kept of it."""
    pick = dissent or turn.result.pick
    title = turn.compose.phrase("interview-record-title", framework=turn.name(pick), project=_project(turn))
    text = "\n\n".join(section for section in _sections(turn, pick, title, dissent) if section) + "\n"
    name = f"0001-use-{pick}.md"
    return name, text, Decision("", pick, title, text)


def _project(turn: Turn) -> str:
    answer = turn.result.answers.get("app_type")
    return turn.said(answer) if answer else turn.compose.phrase("interview-record-project")


def _sections(turn: Turn, pick: str, title: str, dissent: str) -> list[str]:
    phrase = turn.compose.phrase
    told = list(turn.result.answers.values())
    rival = turn.result.runner_up if pick == turn.result.pick else turn.result.pick
    return [
        "---\nstatus: proposed\n---",
        f"# {title}",
        _headed(
            turn,
            "context-heading",
            phrase("interview-record-context", answers="; ".join(turn.said(answer) for answer in told) or "-"),
        ),
        _headed(turn, "drivers", _drivers(turn, pick, rival)),
        _headed(turn, "options", _options(turn)),
        _headed(turn, "outcome", _outcome(turn, pick, rival, dissent)),
        _headed(turn, "consequences", _consequences(turn, pick), level=3),
        _headed(turn, "confirmation", _confirmation(turn, pick), level=3),
        _headed(turn, "proscons", _pros_and_cons(turn)),
        _headed(turn, "more-heading", _more(turn)),
    ]


def _headed(turn: Turn, name: str, text: str, level: int = 2) -> str:
    return f"{'#' * level} {turn.compose.phrase(f'interview-record-{name}')}\n\n{text}" if text else ""


def _listed(lines: list[str]) -> str:
    return "\n".join(f"* {line}" for line in lines)


def _drivers(turn: Turn, pick: str, rival: str) -> str:
    """Must-haves first, then by weight."""
    if not rival:
        return _listed([turn.because(answer) for answer in turn.result.answers.values() if answer.options != ANY])
    found = [line for line in why.lines(turn.result, pick, rival) if line.subject != "open"]
    required = {
        name
        for name, answer in turn.result.answers.items()
        if answer.options != ANY and turn.model.option(name, answer.options[0]).requires
    }
    found.sort(key=lambda line: line.subject not in required)
    return _listed([f"{subject_text(turn, line.subject)} ({line.points:+.2f})" for line in found])


def _options(turn: Turn) -> str:
    lines = []
    for name, sure in turn.result.ranking:
        a = turn.model.frameworks.index(name)
        if name in turn.interview.excluded:
            lines.append(turn.compose.phrase("interview-record-refused", framework=turn.name(name)))
        elif a in turn.result.vetoes:
            labels = [turn.model.question(question).label for question in turn.result.vetoes[a]]
            lines.append(turn.compose.phrase("interview-out", framework=turn.name(name), what=turn.joined(labels)))
        else:
            lines.append(f"{turn.name(name)} ({percent(sure)})")
    return _listed(lines)


def _outcome(turn: Turn, pick: str, rival: str, dissent: str) -> str:
    found = (
        [
            line
            for line in why.lines(turn.result, pick, rival)
            if line.subject != "open" and line.points > 0 and concerns(turn, line, pick, rival)
        ]
        if rival
        else []
    )
    reasons = turn.joined([subject_text(turn, line.subject) for line in found[:_REASONS]]) or turn.compose.phrase(
        "interview-record-team"
    )
    text = turn.compose.phrase("interview-record-chosen", framework=turn.name(pick), reasons=reasons)
    if dissent and dissent != turn.result.pick and turn.result.pick:
        text += "\n\n" + turn.compose.phrase(
            "interview-record-dissent", framework=turn.name(turn.result.pick), percent=percent(turn.result.sure)
        )
    return text


def _consequences(turn: Turn, pick: str) -> str:
    entry = turn.knowledge.file.frameworks[pick]
    good = [turn.compose.phrase("interview-record-good", claim=_sourced(turn, claim)) for claim in list(entry.pros)[:2]]
    bad = [turn.compose.phrase("interview-record-bad", claim=_sourced(turn, claim)) for claim in list(entry.cons)[:2]]
    return _listed([*good, *bad])


def _sourced(turn: Turn, claim_id: str) -> str:
    """A claim with the names and dates of its sources."""
    claim = turn.knowledge.claims[claim_id].claim
    sources = [turn.knowledge.sources[source] for source in claim.sources]
    labels = ", ".join(source.label for source in sources)
    return f"{claim.text.rstrip('.')} ({labels})"


def _confirmation(turn: Turn, pick: str) -> str:
    """What would turn the decision; where the team decided otherwise, what would bear it out."""
    others = [turn.model.frameworks[a] for a in turn.result.order if turn.model.frameworks[a] != turn.result.pick]
    agreed = pick == turn.result.pick
    lines = []
    for rival in others if agreed else [pick]:
        flip = flips.counterfactual(turn.result, rival, turn.interview.excluded)
        if flip is not None:
            phrase = "interview-record-revisit" if agreed else "interview-record-borne-out"
            lines.append(turn.compose.phrase(phrase, framework=turn.name(rival), change=flip_text(turn, flip)))
    if turn.result.unverified:
        labels = [turn.model.question(name).label for name in turn.result.unverified]
        lines.append(turn.compose.phrase("interview-unverified", what=turn.joined(labels)))
    return _listed(lines)


def _pros_and_cons(turn: Turn) -> str:
    parts = []
    for name, _ in turn.result.ranking:
        entry = turn.knowledge.file.frameworks[name]
        good = [
            turn.compose.phrase("interview-record-good", claim=_sourced(turn, claim)) for claim in list(entry.pros)[:3]
        ]
        bad = [
            turn.compose.phrase("interview-record-bad", claim=_sourced(turn, claim)) for claim in list(entry.cons)[:3]
        ]
        if good or bad:
            parts.append(f"### {entry.name}\n\n{_listed([*good, *bad])}")
    return "\n\n".join(parts)


def _more(turn: Turn) -> str:
    open_ = [turn.model.question(name).label for name, _ in turn.result.worth[:5]]
    return turn.compose.phrase(
        "interview-record-more-text",
        percent=percent(turn.result.sure),
        open=", ".join(open_) or "-",
        version=turn.knowledge.version[:12],
    )
