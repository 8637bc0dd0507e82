"""The ids of controls. All of their meaning is in the id: they work after any restart and nothing is kept in memory.

f1<kind>:<value> (of a menu f1<kind>#<number>), where the kind says what the adapter must know about a press and the value is the core's own:
n what one could ask next · q an answer to a question · s several answers, sent together · f useful or not ·
t go on in a thread · m a form sent off
"""

from __future__ import annotations

import re

from adapters.discord.limits import CUSTOM_ID, head

KINDS = {"next": "n", "question": "q", "several": "s", "feedback": "f"}
BUTTON = re.compile(r"f1(?P<kind>[nqsftm]):(?P<value>.*)", re.DOTALL)
MENU = re.compile(r"f1(?P<kind>[nqsf])#(?P<number>\d)")  # its options are the values


def custom_id(kind: str, value: str) -> str:
    return head(f"f1{kind}:{value}", CUSTOM_ID)


def menu_id(kind: str, number: int) -> str:
    return f"f1{kind}#{number}"


def kind_of(control: str) -> str:
    """Empty for a control that is not of this bot, or of a version long gone."""
    match = BUTTON.fullmatch(control) or MENU.fullmatch(control)
    return match["kind"] if match else ""
