"""The recommendation interview: answers in, everything else computed from them. No I/O, no platform, no clock."""
