"""Slack's limits, as far as this adapter meets them. Kept a little below where Slack counts differently than it says."""

from __future__ import annotations

BLOCKS = 48  # of 50 in a message
VIEW_BLOCKS = 98  # of 100 in a view
MESSAGE_CHARS = 11_500  # Slack refuses somewhere above 13,000 in all blocks together, undocumented
BLOCK_CHARS = 2_900  # of 3,000 in a text object; the same for rich text, which then splits well
CODE_CHARS = 8_000  # one example stays in one block, to be copied
TEXT_CHARS = 3_500  # of the top-level text: 4,000 are advised
TABLE_ROWS = 100
TABLE_COLUMNS = 20
LINE = 76  # of aligned text; beyond it wraps on a laptop
TABLE_CHARS = 9_500  # of about 10,000 in all cells
BUTTONS = 25  # per actions block
LABEL = 75
OPTIONS = 100
OPTION_VALUE = 150
PLACEHOLDER = 150
BLOCK_ID = 255
TITLE = 24  # of a form, and of the buttons below it
PROMPTS = 4
TRIGGER_SECONDS = 3.0  # in which a click may open a form
RESPONSE_URL_SECONDS = 1_750.0  # of half an hour
