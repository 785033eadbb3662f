"""Stand-in for S3: versitygw over a folder."""
