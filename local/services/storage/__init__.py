"""S3 as the services use it: addresses, and moving folders in and out."""
