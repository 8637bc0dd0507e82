"""Files with mistakes in them: all are found at once, each with file, line and how to mend it; nothing is half-loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.errors import KnowledgeError
from bot.knowledge import lint, phrases
from bot.knowledge.check import examine
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.model import KnowledgeFile

SOUND = """\
sources:
  page: {title: A page, label: A page, date: 2026-01-01, kind: documentation}
  undated: {title: No date, label: No date, kind: article}
topics:
  database:
    name: Databases
    asks: [database]
    rows: {orm: ORM}
    verdicts:
      django+flask: {text: Both work., rests_on: [django-orm]}
    cells:
      django:
        stance: 1
        claims:
          django-orm: {text: Django has an ORM., sources: [page], asks: [orm]}
        table: {orm: {say: built in, claim: django-orm}}
      flask:
        stance: 0
        claims:
          flask-orm: {text: Flask has no ORM., sources: [page], asks: [orm]}
        table: {orm: {say: none, claim: flask-orm}}
frameworks:
  django: {name: Django, asks: [django], what: {django-what: {text: Django is large., sources: [page]}}}
  flask: {name: Flask, asks: [flask], what: {flask-what: {text: Flask is small., sources: [page]}}}
extensions:
  flask-login:
    name: Flask-Login
    frameworks: [flask]
    purposes: [login]
    claims: {flask-login-what: {text: It remembers who is signed in., sources: [page]}}
    status: alive
    checked: 2026-01-01
    status_sources: [page]
purposes:
  login: {name: Login, asks: [login], topic: database}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty knowledge folder, in a working directory and with a cache of its own; no phrase is asked for."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(phrases, "missing", lambda _: [])
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "knowledge"
    path.mkdir()
    return path


def put(folder: Path, text: str, name: str = "a.yaml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def errors(folder: Path) -> list[str]:
    return examine([folder])[0]


def altered(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def test_the_sound_file_is_sound(folder: Path) -> None:
    put(folder, SOUND)
    assert errors(folder) == []
    assert Knowledge.load([folder]).cell("database", "flask").stance == 0


CASES: dict[str, tuple[str, int, str]] = {
    "wrong type: a word for a list": (altered("asks: [database]", "asks: database"), 7, "Expected 'array', got 'str'"),
    "wrong type: a number for a word": (altered("name: Databases", "name: 5"), 6, 'put it in quotes: "5"'),
    "wrong type: a list for a mapping": (altered("rows: {orm: ORM}", "rows: [orm]"), 8, "Expected 'object', got 'array'"),
    "wrong type: no such status": (altered("status: alive", "status: fine"), 31, "Invalid enum value 'fine'"),
    "wrong type: no date": (altered("checked: 2026-01-01", "checked: lately"), 32, "'lately' is no date; write it as 2026-11-21"),
    "no such day": (altered("checked: 2026-01-01", "checked: 2026-02-30"), 32, "2026-02-30"),
    "a duplicate key": (SOUND + "topics: {}\n", 36, "duplicate id 'topics' (first on line 4)"),
    "a claim's id twice in a file": (altered("flask-what: {text", "flask-orm: {text"), 24, "duplicate id 'flask-orm'"),
    "an unknown source": (altered("Flask has no ORM., sources: [page]", "Flask has no ORM., sources: [pages]"), 20, "unknown source 'pages'"),
    "no source": (altered("Flask has no ORM., sources: [page]", "Flask has no ORM., sources: []"), 20, "no source; name at least one"),
    "no date anywhere": (altered("Flask has no ORM., sources: [page]", "Flask has no ORM., sources: [undated]"), 20, "no date: give the claim 'as_of'"),
    "a tab": (altered("    name: Databases", "\tname: Databases"), 6, "the line has a tab: indent with spaces"),
    "an unknown key, nearly right": (altered("asks: [database]", "ask: [database]"), 7, "unknown key 'ask'; did you mean 'asks'?"),
    "an unknown key, far off": (altered("asks: [database]", "asks: [database]\n    colour: red"), 8, "unknown key 'colour'; known keys: "),
    "an unknown section": (SOUND + "topix: {}\n", 36, "unknown key 'topix'; did you mean 'topics'?"),
    "a missing key": (altered("    name: Databases\n", ""), 5, "'name' is missing; add it"),
    "a claim without text": (altered("{text: Flask has no ORM., sources", "{sources"), 20, "'text' is missing; add it"),
    "a claim with an empty text": (altered("text: Flask has no ORM.,", 'text: "",'), 20, "Expected 'str' of length >= 1"),
    "a text that is no sentence": (altered("Flask has no ORM.,", "Flask has no ORM,"), 20, "whole sentences"),
    "a stance in between": (altered("stance: 0\n", "stance: 0.3\n"), 18, "stance 0.3 is not one of -1, -0.5, 0, 0.5, 1"),
    "an alias in upper case": (altered("asks: [flask]", "asks: [flask, Flask]"), 24, "'Flask' is unreachable: write it in lower case"),
    "an alias of nothing but marks": (altered("asks: [flask]", 'asks: [flask, "?!"]'), 24, "'?!' is unreachable"),
    "an alias of two frameworks": (altered("asks: [flask]", "asks: [flask, django]"), 24, "'django' also means django"),
    "a verdict on an unknown framework": (altered("django+flask: {text", "django+rails: {text"), 10, "alphabetical order"),
    "a verdict in the wrong order": (altered("django+flask: {text", "flask+django: {text"), 10, "alphabetical order"),
    "a verdict that rests on nothing known": (altered("rests_on: [django-orm]", "rests_on: [django-orn]"), 10, "unknown claim 'django-orn'"),
    "a table cell without its claim": (altered("claim: flask-orm", "claim: flask-orn"), 21, "unknown claim 'flask-orn'"),
    "a table cell for an unknown row": (altered("table: {orm: {say: none", "table: {omr: {say: none"), 21, "unknown row 'omr'; the topic has: orm"),
    "an empty table cell": (altered("{say: none, ", '{say: "", '), 21, "Expected 'str' of length >= 1"),
    "too long a table cell": (altered("{say: none, ", "{say: " + "very " * 20 + "long, "), 21, "length <= 60"),
    "a note about nothing known": (altered("    cells:\n", "    notes: {n: {text: No., sources: [page], kind: correction, about: [django-orn]}}\n    cells:\n"), 11, "unknown claim 'django-orn'"),
    "a cell of an unknown framework": (altered("      flask:\n        stance", "      rails:\n        stance"), 17, "unknown framework 'rails'"),
    "a package for an unknown purpose": (altered("purposes: [login]", "purposes: [logon]"), 29, "unknown purpose 'logon'"),
    "an id with capitals": (altered("  login: {name", "  Login: {name"), 35, "'Login' cannot be an id"),
    "an empty value": (altered("name: Databases", "name:"), 6, "Expected 'str' of length >= 1"),
    "a phrase with a broken field": (SOUND + "phrases: {hello: 'Hello {name'}\n", 36, "write {{ and }}"),
    "a phrase with a field without a name": (SOUND + "phrases: {hello: 'Hello {}'}\n", 36, "is no field"),
    "not YAML at all": ("topics: {unclosed: [\n", 2, "check the indentation"),
    "a colon in a text": (altered("text: Flask has no ORM.,", "text: Flask: no ORM.,"), 20, "put text with ': '"),
    "an alias of YAML": ("a: &x [1]\nb: *x\n", 1, "anchors and aliases (& and *) are not allowed"),
    "a list at the top": ("- topics\n- sources\n", 1, "must be a mapping of sections"),
    "a word at the top": ("topics\n", 1, "must be a mapping of sections"),
    "an empty file": ("", 1, "holds nothing"),
    "only comments": ("# later\n", 1, "holds nothing"),
    "two documents": ("sources: {}\n---\ntopics: {}\n", 2, "another document"),
    "nested without end": ("topics: " + "{a: " * 40 + "1" + "}" * 40 + "\n", 1, "nested deeper than"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_file_line_and_remedy(folder: Path, case: str) -> None:
    text, line, message = CASES[case]
    put(folder, text)
    found = errors(folder)
    assert [entry for entry in found if entry.startswith(f"knowledge/a.yaml:{line}: ") and message in entry], found
    with pytest.raises(KnowledgeError):
        Knowledge.load([folder])


def laughs() -> str:
    """A file of two kilobytes that would unfold to gigabytes."""
    lines = ['a0: &a0 ["ha"]'] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "a billion laughs": (lambda: laughs().encode(), "anchors and aliases"),
    "five megabytes": (
        lambda: b"# " + b"x" * 5_000_000 + b"\n" + SOUND.encode(),
        "the file is larger than 2 MB; split it",
    ),
    "not UTF-8": (lambda: SOUND.replace("A page", "Une page r\xe9dig\xe9e").encode("latin-1"), "save it as UTF-8 text"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "save it as UTF-8 text"),
    "zero bytes": (lambda: b"topics:\x00 {}\n", "not readable as YAML"),
}


@pytest.mark.parametrize("case", HEAVY)
@pytest.mark.timeout(20)
def test_a_file_that_is_not_to_be_read_is_refused_at_once(folder: Path, case: str) -> None:
    content, message = HEAVY[case]
    (folder / "a.yaml").write_bytes(content())
    found = errors(folder)
    assert len(found) == 1
    assert found[0].startswith("knowledge/a.yaml:1: ")
    assert message in found[0]


def test_an_id_twice_in_two_files_is_a_duplicate(folder: Path) -> None:
    put(folder, SOUND)
    put(folder, "house_rules:\n  django-orm: {text: Ours., sources: [page], kind: house}\n", "b.yaml")
    put(folder, "topics: {database: {name: Data}}\n", "c.yaml")
    found = errors(folder)
    assert "knowledge/c.yaml:1: duplicate id: topics.database already stands at knowledge/a.yaml:6; rename one" in found
    put(folder, "sources: {other: {title: B, label: B, date: 2026-01-01, kind: article}}\n", "c.yaml")
    assert [
        entry
        for entry in errors(folder)
        if entry.startswith("knowledge/b.yaml:2: ") and "duplicate id 'django-orm'" in entry
    ]


def test_in_another_layer_it_is_a_change(folder: Path, tmp_path: Path) -> None:
    put(folder, SOUND)
    over = tmp_path / "over"
    over.mkdir()
    put(over, "topics: {database: {name: Data}}\n")
    assert examine([folder, over])[0] == []
    assert Knowledge.load([folder, over]).file.topics["database"].name == "Data"


def test_all_mistakes_of_all_files_are_listed_at_once(folder: Path) -> None:
    put(
        folder,
        altered("name: Databases", "name: 5")
        .replace("stance: 0\n", "stance: often\n")
        .replace("checked: 2026-01-01", "checked: lately"),
    )
    put(folder, "- a list\n", "b.yaml")
    put(folder, "topics: [\n", "c.yaml")
    (folder / "d.yaml").write_bytes(b"\xff\xfe")
    put(folder, laughs(), "e.yaml")
    found = errors(folder)
    places = [entry.split(": ")[0] for entry in found]
    assert [place.rpartition(":")[0].removeprefix("knowledge/") for place in places] == ["a.yaml"] * 3 + [
        "b.yaml",
        "c.yaml",
        "d.yaml",
        "e.yaml",
    ]
    with pytest.raises(KnowledgeError) as error:
        Knowledge.load([folder])
    assert all(entry in str(error.value) for entry in found)


def test_all_dangling_references_are_listed_at_once(folder: Path) -> None:
    put(
        folder,
        SOUND.replace("rests_on: [django-orm]", "rests_on: [gone-1]")
        .replace("claim: flask-orm", "claim: gone-2")
        .replace("sources: [page], asks", "sources: [gone-3], asks"),
    )
    assert {f"gone-{number}" for number in (1, 2, 3)} == set(re.findall(r"gone-\d", " ".join(errors(folder))))


def test_check_exits_with_one_and_prints_every_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, altered("stance: 0\n", "stance: 0.3\n"))
    monkeypatch.setenv("KNOWLEDGE_PATH", str(folder))
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert "error    knowledge/a.yaml:18: topics.database.cells.flask.stance: stance 0.3" in said.out
    assert "1 errors" in said.err
    put(folder, SOUND)
    assert main(["check"]) == 0


def test_asking_with_broken_knowledge_says_what_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, altered("stance: 0\n", "stance: 0.3\n"))
    monkeypatch.setenv("KNOWLEDGE_PATH", str(folder))
    assert main(["ask", "does flask have an orm?"]) == 1
    said = capsys.readouterr()
    assert "knowledge/a.yaml:18" in said.err
    assert "Traceback" not in said.err + said.out


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such file or folder; check KNOWLEDGE_PATH"):
        Knowledge.load([tmp_path / "nowhere"])


# --- what is worth a look, but no error


def warnings(folder: Path) -> list[str]:
    return examine([folder])[1]


def test_empty_cells_and_missing_verdicts_are_pointed_out(folder: Path) -> None:
    put(
        folder,
        altered("        table: {orm: {say: none, claim: flask-orm}}\n", "").replace(
            "    verdicts:\n      django+flask: {text: Both work., rests_on: [django-orm]}\n", ""
        ),
    )
    assert errors(folder) == []
    assert any("empty cell: row 'orm'" in line for line in warnings(folder))
    assert any("no verdict" in line for line in warnings(folder))


def test_a_topic_without_a_word_on_a_framework_is_pointed_out(folder: Path) -> None:
    put(folder, SOUND + "others: {}\n".replace("others: {}\n", ""))
    put(folder, "topics: {testing: {name: Testing, asks: [testing], cells: {}}}\n", "b.yaml")
    assert sum("nothing on" in line and "b.yaml:1" in line for line in warnings(folder)) == 2


def test_an_unused_phrase_is_pointed_out(folder: Path) -> None:
    put(
        folder,
        SOUND
        + "phrases:\n  answer-yes: Yes.\n  answer-perhaps-not: Perhaps not.\n  interview-hm: Hm.\n  status-alive: Alive.\n",
    )
    assert errors(folder) == []
    assert [line.partition(": unused")[0] for line in warnings(folder) if "unused" in line] == [
        "knowledge/a.yaml:38: phrases.answer-perhaps-not", "knowledge/a.yaml:39: phrases.interview-hm",
    ]  # fmt: skip


def test_a_missing_phrase_is_an_error() -> None:
    """Who writes phrases must write them all; a few are named, the others counted. Facts alone need none."""
    assert [path for path, _ in lint.lint(KnowledgeFile())[0] if path == ("phrases",)] == []
    begun = KnowledgeFile(phrases={"answer-yes": "Yes."})
    (found,) = [message for path, message in lint.lint(begun)[0] if path == ("phrases",)]
    assert found.startswith("missing: '")
    assert "more; add them, or lay your files over the shipped knowledge" in found


def test_strict_makes_warnings_errors(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, altered("        table: {orm: {say: none, claim: flask-orm}}\n", ""))
    monkeypatch.setenv("KNOWLEDGE_PATH", str(folder))
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
