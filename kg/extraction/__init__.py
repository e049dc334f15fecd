"""From a parsed text to the records of what was said, met, agreed and refused."""
