"""What a turn may cost: a few statements, none of which reads a whole table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.effects import Feedback, Gap
from tests.support.stores import ask, message, new_url, no_blocking, open_sql, place, send_all, url

__all__ = ["no_blocking", "url"]  # fixtures


async def test_the_statements_of_a_turn_are_few(url: str) -> None:
    """Its cost is the number of statements: they are counted, not timed."""
    store = open_sql(url)
    await store.start()
    await ask(store, message(1))
    statements: list[str] = []
    database = store._database
    engine = database._engine.sync_engine if url.startswith("postgresql") else database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    await ask(store, message(2))
    written = [statement for statement in statements if not statement.startswith("BEGIN")]
    lock = 1 if url.startswith("postgresql") else 0
    assert len(written) == 3 + lock, written
    await store.close()


async def test_nothing_of_a_turn_or_a_delivery_reads_a_whole_table(tmp_path: Path) -> None:
    """SQLite says how it will look rows up; a million of them must not matter."""
    store = open_sql(await new_url("sqlite", tmp_path))
    await store.start()
    statements: list[tuple[str, Any]] = []
    note = lambda *given: statements.append((given[2], given[3]))  # noqa: E731
    event.listen(store._database._engine, "before_cursor_execute", note)
    await ask(store, message(1))
    await send_all(store)
    await ask(store, message("edit", edits="1"), Feedback("a-1", "ann", useful=False), Gap("?", "not_known"))
    await store.claim("test", conversation=place().key)
    await store.answer_at("test", "p-1")
    await store.waiting()
    await store.about("ann")
    await store.forget("ann")
    event.remove(store._database._engine, "before_cursor_execute", note)

    def plans(connection: Any) -> list[str]:
        explained = [statement for statement in statements if statement[0].startswith(("SELECT", "UPDATE", "DELETE"))]
        rows = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", one).all() for text, one in explained]
        return [row[3] for plan in rows for row in plan]

    found = await store._database.run(plans)
    # what waits in the outbox may be walked through, and a subquery of one row
    harmless = ("ix_answers_outbox", "ix_answers_queue", "CONSTANT ROW", "anon_")
    assert [line for line in found if line.startswith("SCAN") and not any(name in line for name in harmless)] == []
    await store.close()
