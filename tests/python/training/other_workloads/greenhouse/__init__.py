"""Plants of a greenhouse: what they will yield, and whether to pick them. No text in it."""
