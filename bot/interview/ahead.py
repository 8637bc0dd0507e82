"""How many questions more: the draws of the open questions, rolled forward until asking on is no longer worth it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview.sampling import CAPPED, CONTENDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.interview.engine import Result
    from bot.interview.sampling import Column

_FARTHEST = 8
_SMALLEST = 6  # draws: fewer say nothing about what is still open


def more(result: Result) -> int:
    """The median number of questions until the interview stops, in the order in which they would be asked now.

    All draws start together; each question parts them by its answer, and a group whose regret is small is through.
    """
    names = [name for name, _ in result.worth_asking][:_FARTHEST]
    if len(result.order) < 2 or not names:
        return 0
    if result.boxes:  # asked at once: of more than the most telling one, too few draws would be left in a group
        listed = [name for name in names if name in result.model.checklist.questions]
        names = [*listed[:1], *(name for name in names if name not in listed)]
    columns = result.draws.utility[:CONTENDERS]
    groups: list[Sequence[int]] = [range(result.draws.size)]
    for asked, name in enumerate(names):
        left = [group for group in groups if not _through(columns, group, result.patience(result.heard + asked))]
        if asked and sum(map(len, left)) * 2 <= result.draws.size:
            return asked
        groups = _parted(left, result.draws.drawn(result.model.place[name]))
    return len(names)


def _parted(groups: list[Sequence[int]], drawn: Sequence[int]) -> list[Sequence[int]]:
    parts: list[Sequence[int]] = []
    for group in groups:
        by_answer: dict[int, list[int]] = {}
        for draw in group:
            by_answer.setdefault(drawn[draw], []).append(draw)
        parts += by_answer.values()
    return parts


def _through(columns: list[Column], group: Sequence[int], limit: float) -> bool:
    """Whether the best on average in this group would be regretted little."""
    if len(group) < _SMALLEST:
        return True
    here = [[column[draw] for draw in group] for column in columns]
    pick = max(here, key=sum)
    lost = gap = 0.0
    for chosen, *row in zip(pick, *here, strict=True):
        best = max(row)
        lost += min(best - chosen, CAPPED)
        gap += min(best - sorted(row)[len(row) // 2 if len(row) > 2 else 0], CAPPED)
    return gap <= 0 or lost / gap <= limit
