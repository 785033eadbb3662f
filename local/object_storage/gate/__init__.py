"""A proxy before the S3 server, which refuses what the deployed policies do not allow."""
