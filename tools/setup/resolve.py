"""Does nothing: spark-submit resolves its packages before it starts this."""
