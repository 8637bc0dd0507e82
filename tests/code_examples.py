"""The code examples of the knowledge, laid out as the files they say they are.

A comment that is nothing but a file name (`# shop/models.py`, `<!-- templates/base.html -->`) begins that file; with
` (add)` what follows is added to the file of a fresh project. What stands before the first one is `app.py` (FastAPI: `main.py`).
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from bot.knowledge.model import Example, KnowledgeFile

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
HEADER = re.compile(
    r"^(?:#|<!--|\{#|/\*) (?P<name>[\w./-]+\.(?:py|html|css|txt)|\.env)(?P<add> \(add\))?(?: -->| #\}| \*/)?$"
)
MAIN_FILE = {"django": "app.py", "flask": "app.py", "fastapi": "main.py"}
FAST_PASSWORDS = 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]\n'
PRELUDES = {
    "python": "",
    "django": """\
import os, sys, django
if django.VERSION < (6,):  # the tests on Python 3.11: the package that became django.tasks stands in for it
    import django_tasks
    sys.modules["django.tasks"] = django_tasks
os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("migrate", run_syncdb=True, verbosity=0)
client = Client()
""",
    "flask": "from app import app\nclient = app.test_client()\n",
    "fastapi": "from fastapi.testclient import TestClient\nfrom main import app\nclient = TestClient(app)\n",
}


@dataclass(frozen=True)
class Case:
    """One example with where it stands."""

    task: str
    framework: str
    example: Example

    @property
    def harness(self) -> str:
        shell = self.example.language in {"bash", "console", "shell"}
        return self.example.harness or ("shell" if shell else self.framework)

    @property
    def script(self) -> str:
        return PRELUDES[self.harness] + self.example.check

    def __str__(self) -> str:
        return f"{self.task}-{self.framework}"


def cases() -> list[Case]:
    """Every example of every task."""
    return [
        Case(task, framework, example)
        for path in sorted((KNOWLEDGE / "code").glob("*.yaml"))
        for task, entry in msgspec.convert(yaml.safe_load(path.read_text()), KnowledgeFile).code.items()
        for framework, example in entry.examples.items()
    ]


def files(case: Case) -> dict[str, tuple[str, bool]]:
    """File name -> (text, added to what is there?), from the shown code and then from `files`."""
    found: dict[str, tuple[list[str], bool]] = {}
    name = MAIN_FILE[case.framework]
    for line in case.example.code.splitlines() if case.harness != "shell" else []:
        if header := HEADER.match(line):
            name = header["name"]
            found[name] = ([], bool(header["add"]))
        else:
            found.setdefault(name, ([], False))[0].append(line)
    shown = {name: ("\n".join(lines) + "\n", add) for name, (lines, add) in found.items() if any(lines)}
    return shown | {name: (text, False) for name, text in case.example.files.items()}


def lay_out(case: Case, directory: Path, fresh_django: Path) -> None:
    """Write the example's files; a Django one into a fresh project."""
    if case.framework == "django" and (case.harness == "django" or case.example.files):
        shutil.copytree(fresh_django, directory, dirs_exist_ok=True)
    written = files(case)
    for name, (text, add) in written.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if add else "w") as file:
            file.write(f"\n{text}" if add else text)
        for parent in [above for above in path.relative_to(directory).parents if above.name and name.endswith(".py")]:
            (directory / parent / "__init__.py").touch()
    if case.harness == "django":
        _install_apps(written, directory / "mysite/settings.py")


def _install_apps(names: dict[str, tuple[str, bool]], settings: Path) -> None:
    """Each directory with Python in it is an app, as INSTALLED_APPS would say."""
    apps = sorted({name.split("/")[0] for name in names if name.endswith(".py") and "/" in name} - {"mysite", "tests"})
    with settings.open("a") as file:
        file.write(f"\nINSTALLED_APPS += [app for app in {apps} if app not in INSTALLED_APPS]\n{FAST_PASSWORDS}")
