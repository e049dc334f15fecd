"""Read what is under negotiation or in dispute, and how it stands."""
