"""The room where plan, panel, measures and inference meet."""
