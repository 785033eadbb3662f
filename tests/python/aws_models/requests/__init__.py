"""Resources of a plan as the API calls that AWS's provider makes of them, one file per room.

Only names, nesting and types are translated here; whether AWS's own models take the result is what
the tests ask. Which calls a resource stands for is from hashicorp/terraform-provider-aws, which
`@pulumi/aws` bridges.
"""
