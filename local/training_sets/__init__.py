"""Training sets made on disk of a demo's data set, without Spark, and what is measured on them."""
