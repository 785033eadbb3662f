"""Before the S3 server: lets through what the deployed policies allow."""
