"""What the bot knows: YAML, validated, merged and indexed."""
