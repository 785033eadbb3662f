"""S3 on this machine: versitygw over a folder, ending when its parent does."""
