"""Writers of exports in the shape of each survey tool, from a truth that is known."""
