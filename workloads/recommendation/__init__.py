"""What users may want next, from what they did."""
