"""Everything that is printed: Radio Pass cards, hand-over sheets, job sheets, letters."""
