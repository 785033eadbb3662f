"""What a deployment asks of AWS, and what the roles of `bootstrap/` allow."""
