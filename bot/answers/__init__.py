"""Commands to replies: pure functions of command, conversation and knowledge."""
