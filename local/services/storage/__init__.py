"""S3 as the services use it: addresses, and copies of folders."""
