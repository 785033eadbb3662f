"""All kinds of invalid records for a contract, with the verdict that each must get."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from local.events.contracts import EventContract
from local.events.damage_kind import Damage
from local.events.field_damage import field_damages, object_damages
from local.events.record_damage import record_damages
from local.events.value_damage import value_damages

__all__ = ["Damage", "damages_of"]


def damages_of(contract: EventContract, now: Callable[[], datetime.datetime]) -> tuple[Damage, ...]:
    """Returns the damages of a contract's events.

    Args:
        contract: The event contract.
        now: Returns the time of the job, to within hours.
    """
    return (
        *record_damages(contract),
        *(damage for one in contract.objects for damage in object_damages(one)),
        *(damage for field in contract.fields for damage in field_damages(field)),
        *(damage for field in contract.fields for damage in value_damages(contract, field, now)),
    )
