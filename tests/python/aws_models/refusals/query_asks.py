"""What a query through Athena asks for, as the role that asks for the query. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from tests.python.aws_models.plans import Resource
from tests.python.aws_models.refusals.asks import ACCOUNT, Ask, arn, bucket_of, key_of_bucket
from tests.python.aws_models.refusals.stack_plan import StackPlan

#: Logical names of roles and of the workgroup that each queries through, and the values of the
#: partition key `status` that it may ask for (docs/access.md).
_QUERIES = (
    ("access-lake-reader", "lake-queries", "valid"),
    ("access-quarantine-reader", "lake-quarantine-queries", "quarantined"),
    ("access-on-call", "lake-quarantine-queries", "quarantined"),
)


def asks_for_query(plan: StackPlan) -> Iterator[Ask]:
    """Whoever queries names a workgroup."""
    for role, workgroup, _ in _queries(plan):
        yield Ask(role, arn("athena", f"workgroup/{workgroup.inputs['name']}"))


def looks_for_database(plan: StackPlan) -> Iterator[Ask]:
    """Glue asks about the catalog and the database, and about `default` whatever is queried."""
    for role, _, _ in _queries(plan):
        for database in (_database(plan), "default"):
            yield Ask(role, arn("glue", f"database/{database}"))
        yield Ask(role, arn("glue", "catalog"))


def looks_for_table(plan: StackPlan) -> Iterator[Ask]:
    """Glue asks about the catalog, the database and the table."""
    for role, _, _ in _queries(plan):
        yield Ask(role, arn("glue", "catalog"))
        yield Ask(role, arn("glue", f"database/{_database(plan)}"))
        for table in plan.of("CatalogTable"):
            yield Ask(role, arn("glue", f"table/{_database(plan)}/{table.inputs['name']}"))


def finds_bucket(plan: StackPlan) -> Iterator[Ask]:
    """Athena looks where the bucket of the results is, and which uploads it has."""
    for role, workgroup, _ in _queries(plan):
        yield Ask(role, f"arn:aws:s3:::{bucket_of(_results(workgroup))}")


def lists_results(plan: StackPlan) -> Iterator[Ask]:
    """Athena lists below the location of the results."""
    for role, workgroup, _ in _queries(plan):
        yield _listing(role, _results(workgroup))


def keeps_results(plan: StackPlan) -> Iterator[Ask]:
    """Athena writes results, large ones in parts, and the client reads them."""
    for role, workgroup, _ in _queries(plan):
        yield _object(role, _results(workgroup))


def encrypts_results(plan: StackPlan) -> Iterator[Ask]:
    """Results lie under the workgroup's key, where it names one."""
    for role, workgroup, _ in _queries(plan):
        result = workgroup.inputs["configuration"]["resultConfiguration"]
        key = result["encryptionConfiguration"].get("kmsKeyArn")
        if key is not None:
            yield Ask(role, key)


def lists_partitions(plan: StackPlan) -> Iterator[Ask]:
    """Athena lists the files of each partition."""
    for role, uri in _partitions(plan):
        yield _listing(role, uri)


def reads_files(plan: StackPlan) -> Iterator[Ask]:
    """Athena reads the files of each partition."""
    for role, uri in _partitions(plan):
        yield _object(role, uri)


def decrypts_files(plan: StackPlan) -> Iterator[Ask]:
    """The files lie under the lake's key, where the stack has one."""
    for role, uri in _partitions(plan):
        key = key_of_bucket(plan, bucket_of(uri))
        if key is not None:
            yield Ask(role, key)


def _queries(plan: StackPlan) -> Iterator[tuple[str, Resource, str]]:
    roles = {role.name: role.inputs["name"] for role in plan.of("Role")}
    workgroups = {workgroup.name: workgroup for workgroup in plan.of("Workgroup")}
    for role, workgroup, status in _QUERIES:
        if role in roles:
            yield f"arn:aws:iam::{ACCOUNT}:role/{roles[role]}", workgroups[workgroup], status


def _partitions(plan: StackPlan) -> Iterator[tuple[str, str]]:
    """Roles, and where a partition that they may query lies."""
    tables = {table.name: table.inputs["storageDescriptor"] for table in plan.of("CatalogTable")}
    for role, _, status in _queries(plan):
        hour = "dt=2026-11-24/hour=12"
        yield role, f"{tables['lake-events']['location']}status={status}/{hour}/"
        if status == "valid":
            # The table's location holds lists of the files; those lie beside it.
            manifests = tables["lake-history"]["location"]
            yield role, f"{manifests}{hour}/"
            yield role, f"{manifests.removesuffix('manifests/')}data/{hour}/"


def _listing(role: str, uri: str) -> Ask:
    bucket, _, prefix = uri.removeprefix("s3://").partition("/")
    return Ask(role, f"arn:aws:s3:::{bucket}", {"s3:prefix": prefix})


def _object(role: str, uri: str) -> Ask:
    return Ask(role, f"arn:aws:s3:::{uri.removeprefix('s3://')}an-object")


def _results(workgroup: Resource) -> str:
    result = workgroup.inputs["configuration"]["resultConfiguration"]
    return str(result["outputLocation"])


def _database(plan: StackPlan) -> str:
    (database,) = plan.of("CatalogDatabase")
    return str(database.inputs["name"])
