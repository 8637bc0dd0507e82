"""Written conversations: all that are shipped go as written, with restarts in between too; and a wrong one fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import stories
from bot.cli.stories import Core
from bot.errors import StoryError
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.stories import Step, Story

FOLDER = shipped() / "stories"
SHIPPED = list(stories.find([FOLDER]))
ENOUGH = 45
"""So many stories of the core at least, beside those of the interview."""
SUBJECTS = {
    "compare", "followups", "facts", "packages", "code", "definitions", "advice", "special", "talk", "typing", "people", "privacy",
}  # fmt: skip


def name(story: Story) -> str:
    return f"{Path(story.file).relative_to(FOLDER).with_suffix('')}: {story.title}"


def told(tmp_path: Path, text: str) -> list[Story]:
    file = tmp_path / "one.story"
    file.write_text(text, encoding="utf-8")
    return stories.read(file)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "one.story").write_bytes(b"story: \xff\xfe")
    with pytest.raises(StoryError, match="one.story: cannot be read"):
        stories.read(tmp_path / "one.story")


async def problems(knowledge: Knowledge, story: Story) -> list[str]:
    return await stories.play(story, Core(knowledge))


@pytest.mark.parametrize("story", SHIPPED, ids=name)
async def test_shipped_stories_go_as_written(knowledge: Knowledge, story: Story) -> None:
    assert await problems(knowledge, story) == []


@pytest.mark.parametrize("story", SHIPPED, ids=name)
async def test_restarts_in_between_change_nothing(knowledge: Knowledge, story: Story) -> None:
    """Everything a conversation needs is in the store: a restart before each line is not noticed."""
    steps = [step for line in story.steps for step in (Step(line.line, "restart", "", ""), line)]
    assert await problems(knowledge, story._replace(steps=tuple(steps))) == []


def test_there_are_enough_and_of_every_kind() -> None:
    core = [story for story in SHIPPED if Path(story.file).parent == FOLDER]
    assert len(core) >= ENOUGH
    assert {Path(story.file).stem for story in core} >= SUBJECTS
    assert {step.kind for story in core for step in story.steps} >= {
        "say", "aside", "press", "edit", "again", "restart", "hear", "not", "is", "offers", "asks", "picks", "cites",
    }  # fmt: skip


def test_no_title_stands_twice() -> None:
    titles = [name(story) for story in SHIPPED]
    assert len(titles) == len(set(titles))


def test_every_story_expects_something() -> None:
    assert [name(story) for story in SHIPPED if not any(step.who == "bot" for step in story.steps)] == []


@pytest.mark.parametrize(
    "line",
    [
        "bot: Yes.", "bot not: Flask", "bot is: compare", "bot offers: Buy now", "bot asks: team", "bot notes: team = small",
        "bot picks: django", "bot cites: zaid-2023", "ann presses: Buy now",
    ],
)  # fmt: skip
@pytest.mark.blocking  # writes and reads a story file
async def test_a_wrong_story_fails(knowledge: Knowledge, tmp_path: Path, line: str) -> None:
    """Each kind of expectation can fail, and says where and why."""
    (story,) = told(tmp_path, f"story: Wrong\nann: does flask have an orm?\n{line}\n")
    found = await problems(knowledge, story)
    assert len(found) == 1
    assert found[0].startswith(f"{story.file}:3: Wrong: ")


@pytest.mark.blocking  # writes and reads a story file
async def test_each_story_starts_afresh(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "story: One\nann: django or flask for auth?\nstory: Two\nann: what about it?\nbot: not sure what that refers to\n"
    for story in told(tmp_path, text):
        assert await problems(knowledge, story) == []


@pytest.mark.blocking  # writes and reads a story file
async def test_useful_is_a_button_too(knowledge: Knowledge, tmp_path: Path) -> None:
    (story,) = told(
        tmp_path,
        "story: One\nann: does flask have an orm?\nbot offers: Not useful\nann presses: Not useful\nbot: wrong with it\n",
    )
    assert await problems(knowledge, story) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("ann: hello\n", 1, "a file begins with"),
        ("story: One\nplace: moon\n", 2, "'moon' is no place"),
        ("story: One\n\n# a comment\nann says hello\n", 4, "cannot read 'ann says hello'"),
        ("story: One\nbot thinks: hm\n", 2, "cannot read"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(StoryError, match=says) as error:
        told(tmp_path, text)
    assert f"one.story:{line}: " in str(error.value)


@pytest.mark.blocking  # the command line's own event loop
def test_the_command_line_says_how_many_and_fails_on_a_wrong_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.__main__ import main

    right, wrong = tmp_path / "right.story", tmp_path / "wrong.story"
    right.write_text("story: Right\nann: does flask have an orm?\nbot: No.\n")
    wrong.write_text("story: Wrong\nann: does flask have an orm?\nbot: Yes.\n")
    assert main(["stories", str(right)]) == 0
    assert capsys.readouterr().out == "1 of 1 stories go as written\n"
    assert main(["stories", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert f"{wrong}:3: Wrong: expected hear 'Yes.', got 'No." in out.replace("*", "")
    assert "1 of 2 stories go as written" in out
    assert main(["stories", str(tmp_path / "nothing")]) == 1
    assert "there is no such file or folder" in capsys.readouterr().err
