"""IAM's policy language as AWS documents it. Pure: documents and requests in, decisions out."""
