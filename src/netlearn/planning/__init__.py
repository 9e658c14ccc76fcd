"""Looking ahead: panels with a planted effect, whose truth is known."""
