"""Within the limits whatever comes: by example for how it looks, by generated replies for what Discord would refuse."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.forms import form
from adapters.discord.render import Extras, Outgoing, as_card, plain, render, settled, without
from adapters.discord.text import Block, code, harmless, pages, table, width, wrap
from bot.replies import Choice, Choices, Code, File, Reply, SourceLine, Sources, Table, Text
from tests.support.discord_payloads import refusals

AUTH = Table(
    ("", "Django", "Flask"), (("Accounts", "all that is needed is built in ¹", "by extension ²"), ("Sign-up", "no", ""))
)


def refused(message: Outgoing, method: str = "POST", path: str = "/channels/1/messages") -> list[str]:
    return refusals(method, path, message.body, bool(message.files))


# --- how it looks


def test_a_short_answer_is_plain_and_a_longer_one_a_card() -> None:
    assert not render(Reply(parts=(Text("a" * 1_900),)))[0].body["flags"] & limits.CARD
    assert render(Reply(parts=(Text("a" * 1_900), Text("b" * 1_900))))[0].body["flags"] & limits.CARD


def test_longer_still_is_several_messages_and_then_a_file() -> None:
    paragraphs = tuple(Text("word " * 300) for _ in range(6))
    several = render(Reply(parts=paragraphs))
    assert len(several) == 3
    assert not several[-1].files
    many = render(Reply(parts=paragraphs * 9), Extras(whole="all.md"))
    assert len(many) == 3
    assert many[-1].files[0].name == "all.md"
    assert many[-1].files[0].text.count("word") == 300 * 54
    assert len(render(Reply(parts=paragraphs * 9), Extras(once=True))) == 1


def test_a_narrow_table_stands_side_by_side() -> None:
    block = table(Table(("", "Django", "Flask"), (("ORM", "yes", "no"), ("日本", "✓", ""))))
    lines = block.text.splitlines()
    assert lines[0].split() == ["Django", "Flask"]
    assert len({width(line[: line.index("yes")]) for line in lines if "yes" in line}) == 1
    assert max(map(width, lines)) <= 40


def test_a_wide_table_puts_each_row_under_its_heading() -> None:
    text = table(AUTH).text
    assert text.splitlines()[0] == "Accounts"
    assert text.splitlines()[1:3] == ["  Django  all that is needed is built in", "          ¹"]
    assert max(map(width, text.splitlines())) <= 40


def test_code_is_closed_and_opened_again_where_it_is_cut() -> None:
    long = code("\n".join(f"line {number}" for number in range(600)), "python")
    made = pages([long], limits.CONTENT)
    assert len(made) > 1
    for page in made:
        assert str(page[0]).startswith("```python\n")
        assert str(page[0]).endswith("\n```")
    assert "\n".join(page[0].text for page in made) == long.text


def test_code_cannot_leave_its_block() -> None:
    assert "```" not in code("a\n```\n@everyone", "python").text
    assert code("a", "py`thon\n").language == ""


def test_paragraphs_before_lines_before_sentences() -> None:
    text = "\n\n".join("One sentence. " * 20 for _ in range(10)).strip()
    assert all(page[-1].text.endswith(".") for page in pages([Block(text)], 1_000))


def test_sources_carry_a_date_where_their_label_has_none() -> None:
    dated = SourceLine("¹", "a", "A", "Handbook", "2026-11-20", "https://example.org/a")
    named = SourceLine("²", "b", "B", "Article, Nov 2026", "2026-11-20", "")
    content = render(Reply(parts=(Sources((dated, named)),)))[0].body["content"]
    assert "-# ¹ [Handbook](https://example.org/a), <t:" in content
    assert "-# ² Article, Nov 2026" in content
    assert content.count("<t:") == 1


def test_many_choices_are_a_menu_and_several_are_sent_together() -> None:
    choices = tuple(Choice(f"c{number}", f"v{number}") for number in range(30))
    rows = render(Reply(parts=(Text("?"), Choices(choices, "question"))))[0].body["components"]
    assert [row["components"][0]["type"] for row in rows] == [limits.SELECT, limits.SELECT]
    menu = render(Reply(parts=(Text("?"), Choices(choices[:4], "several"))))[0].body["components"][0]["components"][0]
    assert menu["max_values"] == 4


def test_a_settled_question_keeps_its_feedback() -> None:
    reply = Reply(
        parts=(Text("?"), Choices((Choice("A", "a"),), "question"), Choices((Choice("Good", "fb:+:1"),), "feedback"))
    )
    body = render(reply)[0].body
    after = settled(body["content"], body["components"], "A")
    assert after["content"] == "?\n-# ✓ A"
    assert [one["label"] for row in after["components"] for one in row["components"]] == ["Good"]
    assert settled(after["content"], after["components"], "B")["content"] == "?\n-# ✓ B"


def test_controls_of_one_kind_can_be_taken_away() -> None:
    body = render(Reply(parts=(Text("a"),)), Extras(controls=(("t", "Thread"),)))[0].body
    assert without(body["components"], "t") == []


def test_nothing_that_was_typed_looks_like_a_mention() -> None:
    for text in ("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>"):
        assert text not in harmless(f"a {text} b")
    assert harmless("ann@example.org, @pytest.fixture, a<b") == "ann@example.org, @pytest.fixture, a<b"


def test_wrapping_cuts_words_that_are_too_long() -> None:
    assert wrap("abcdefghij k", 4) == ["abcd", "efgh", "ij k"]
    assert wrap("日本語", 2) == ["日", "本", "語"]
    assert wrap("", 4) == []


# --- whatever comes

HOSTILE = (
    "```", "`", "@everyone", "<@123456789012345678>", "\u202e", "\u200b", "😀" * 40, "字" * 90, "|", "||", "\n\n", "\n", "-# ", "](", "**", " ",
    "a" * 2_500, "a short sentence. " * 30, "plain", "", "é\u0301",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=5).map("".join)
LINES = TEXTS.map(lambda text: " ".join(text.split())[:400])


@st.composite
def choices(draw: st.DrawFn, kind: str) -> Choices:
    """A few that are drawn, and as many more as it takes."""
    drawn = draw(
        st.lists(
            st.builds(Choice, TEXTS, st.text(min_size=1, max_size=90), st.sampled_from(["", "primary", "danger"])),
            max_size=4,
        )
    )
    more = draw(st.sampled_from([0, 3, 20, 60]))
    return Choices((*drawn, *(Choice(f"option {number}", f"v:{number}") for number in range(more))), kind, draw(TEXTS))  # type: ignore[arg-type]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.sampled_from([1, 2, 4, 100])), draw(st.integers(0, 12))
    cells = draw(st.lists(LINES, min_size=1, max_size=4))
    heads = tuple((cells * columns)[:columns])
    return Table(heads, tuple(tuple((cells[row % len(cells) :] + cells) * columns)[:columns] for row in range(rows)))


SOURCES = st.builds(
    SourceLine, st.just("¹"), st.just("x"), LINES, LINES, st.sampled_from(["", "2026-01-01", "soon"]), TEXTS
)
PARTS = st.one_of(
    st.builds(Text, TEXTS),
    tables(),
    st.builds(Code, TEXTS, st.sampled_from(["python", "", "no such\nlanguage"]), TEXTS),
    st.sampled_from(["next", "question", "several", "feedback"]).flatmap(choices),
    st.lists(SOURCES, max_size=3).map(lambda lines: Sources(tuple(lines * 8))),
    st.builds(File, TEXTS, TEXTS),
)
REPLIES = st.lists(PARTS, max_size=6).map(
    lambda parts: Reply(id="a1b2c3d4e5", parts=tuple(parts), intent="compare", answered=True)
)
EXTRAS = st.builds(
    Extras,
    st.sampled_from([(), (("t", "Continue in a thread"),)]),
    st.just("all.md"),
    st.sampled_from(["", "Here it is:"]),
    st.booleans(),
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
GENERATED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)


@GENERATED
@given(REPLIES, EXTRAS)
def test_no_reply_breaks_a_limit(reply: Reply, extras: Extras) -> None:
    made = render(reply, extras)
    assert 1 <= len(made) <= (1 if extras.once else 3)
    for message in made:
        body = {**message.body, "attachments": [0]} if message.files else message.body
        assert limits.problems(body) == []
        assert refused(message) == []
        assert refused(as_card(message), "PATCH", "/channels/1/messages/2") == []
        answered = {**message.body, **settled(message.body.get("content") or "", message.body["components"], "chosen")}
        assert refused(Outgoing(answered, message.files), "PATCH", "/channels/1/messages/2") == []


@GENERATED
@given(REPLIES)
def test_plain_text_breaks_none_either(reply: Reply) -> None:
    for message in plain(reply):
        assert refused(message) == []


@GENERATED
@given(choices("question"), TEXTS, TEXTS)
def test_no_form_breaks_a_limit(reasons: Choices, title: str, words: str) -> None:
    asked = Reply(parts=(Text(title), reasons))
    body = {"type": 9, "data": form(asked, "fb:-:a1b2c3d4e5", words or "words")}
    assert refusals("POST", "/interactions/1/token/callback", body) == []


@GENERATED
@given(st.lists(st.builds(Block, TEXTS, st.sampled_from([None, "python"])), max_size=8), st.integers(200, 4_000))
def test_no_page_is_too_long_and_nothing_is_lost(blocks: list[Block], limit: int) -> None:
    made = pages(blocks, limit)
    for page in made:
        assert limits.size("\n\n".join(map(str, page))) <= limit
    kept = "".join("".join(block.text.split()) for page in made for block in page)
    assert kept == "".join("".join(block.text.split()) for block in blocks)
