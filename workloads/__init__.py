"""One folder per workload: what its events are, and what is predicted from them."""
