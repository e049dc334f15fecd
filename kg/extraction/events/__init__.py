"""Read what some actors did to others, by PLOVER event type."""
