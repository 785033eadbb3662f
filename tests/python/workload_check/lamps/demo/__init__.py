"""Where lamps come from."""
