"""Text to `Command`: deterministic, from the vocabulary in `knowledge/`, and able to say which words made it so."""
