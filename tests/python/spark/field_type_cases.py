"""Events with a field of every type: members that are taken, and members that are refused."""

from __future__ import annotations

import datetime
import hashlib
import hmac
from typing import Any

from tests.python.spark.conftest import HASH_KEY
from tests.python.spark.event_contracts import compiled


def array(most: int, least: int = 0, **item: Any) -> dict[str, Any]:
    """The schema of an array."""
    return {"type": ["array", "null"], "minItems": least, "maxItems": most, "items": item}


def inside(*required: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object that may be absent."""
    return {"type": ["object", "null"], "required": list(required), "properties": properties}


CONTRACT = compiled(
    "types",
    {
        "id": {"type": "string", "minLength": 1, "maxLength": 8, "x-use": "identity"},
        "count": {"type": ["integer", "null"], "minimum": -5, "maximum": 10},
        "large": {"type": ["integer", "null"]},
        "level": {"type": ["number", "null"], "minimum": -1.5, "maximum": 2.5},
        "free": {"type": ["number", "null"]},
        "is_on": {"type": ["boolean", "null"], "x-use": "label"},
        "at": {"type": ["string", "null"], "format": "date-time"},
        "any_text": {"type": ["string", "null"]},
        "place": inside(
            "name",
            name={"type": "string", "minLength": 1, "maxLength": 4},
            owner_id={"type": ["integer", "null"], "x-use": "pseudonym"},
            floor=inside("number", number={"type": "integer"}),
        ),
        "tags": array(3, 1, type="string", minLength=1, maxLength=3),
        "kinds": array(2, type="string", enum=["a", "b"]),
        "sizes": array(2, type="integer", minimum=0, maximum=9),
        "waves": array(99, type="number"),
        "flags": array(2, type="boolean"),
        "times": array(2, type="string", format="date-time"),
        "friends": {**array(2, type="string"), "x-use": "pseudonym"},
        "notes": {**array(2, type="string"), "x-use": "mask"},
    },
    "id",
)

NOON = datetime.datetime(2026, 11, 24, 12)


def pseudonym(value: str) -> str:
    """By the standard library."""
    return hmac.new(HASH_KEY, value.encode(), hashlib.sha256).hexdigest()


# Members that follow the id, and the column of the lake with what it must hold.
TAKEN: dict[str, tuple[str, Any]] = {
    '"count":7': ("count", 7),
    '"count":1.0': ("count", 1),
    '"count":1e1': ("count", 10),
    '"count":-500e-2': ("count", -5),
    '"count":-0': ("count", 0),
    '"count":0e999999999': ("count", 0),
    '"count":null': ("count", None),
    '"large":9007199254740991': ("large", 2**53 - 1),
    '"large":-9.007199254740991e15': ("large", 1 - 2**53),
    f'"large":{"3" * 3}.{"0" * 50_000}': ("large", 333),
    '"level":2.5': ("level", 2.5),
    '"level":-1.50': ("level", -1.5),
    '"level":2': ("level", 2.0),
    '"level":1e-999999999': ("level", 0.0),
    '"free":0.1': ("free", 0.1),
    '"free":-1.7976931348623157e308': ("free", -1.7976931348623157e308),
    '"free":4.9e-324': ("free", 5e-324),
    '"free":9007199254740993': ("free", 9007199254740992.0),
    '"free":123456789012345678': ("free", 123456789012345680.0),
    f'"free":{"7" * 300}': ("free", float("7" * 300)),
    f'"free":0.{"7" * 60_000}': ("free", 7 / 9),
    '"is_on":true': ("is_on", True),
    '"is_on":false': ("is_on", False),
    '"at":"2026-11-24T13:00:00+01:00"': ("at", NOON),
    # Only the event's time is compared with the clock.
    '"at":"2999-01-01T00:00:00Z"': ("at", datetime.datetime(2999, 1, 1)),
    '"any_text":""': ("any_text", ""),
    '"any_text":" "': ("any_text", " "),
    '"place":null': ("place_name", None),
    '"place":{"name":"here"}': ("place_name", "here"),
    '"place":{"name":"\\ud83d\\ude00"}': ("place_name", "\U0001f600"),
    '"place":{"name":"x"},"place":{"name":"y"}': ("place_name", "y"),
    '"place":{"name":"x"},"place":null': ("place_name", None),
    '"place":{"name":"x","owner_id":7.0}': ("place_owner_key", pseudonym("7")),
    '"place":{"name":"x","owner_id":-12}': ("place_owner_key", pseudonym("-12")),
    '"place":{"name":"x","floor":{"number":3}}': ("place_floor_number", 3),
    '"place":{"name":"x","floor":{"number":3},"floor":null}': ("place_floor_number", None),
    '"name":"outside","place":{"name":"in","more":{"name":"deep"}}': ("place_name", "in"),
    '"tags":["a","é","abc"]': ("tags", ["a", "é", "abc"]),
    '"tags":null': ("tags", None),
    '"kinds":[]': ("kinds", []),
    '"kinds":["b","b"]': ("kinds", ["b", "b"]),
    '"sizes":[1.0,9e0]': ("sizes", [1, 9]),
    '"waves":[1,-0.5,1e3]': ("waves", [1.0, -0.5, 1000.0]),
    '"flags":[true,false]': ("flags", [True, False]),
    '"times":["2026-11-24T12:00:00Z"]': ("times", [NOON]),
    '"tags":["x"],"tags":["y","z"]': ("tags", ["y", "z"]),
    '"friends":["u-1","é"]': ("friends_key", [pseudonym("u-1"), pseudonym("é")]),
    '"notes":["a@b.io","no"]': ("notes", ["[email]", "no"]),
}

REFUSED: dict[str, str] = {
    '"count":1.5': "wrong_type at count",
    '"count":"1"': "wrong_type at count",
    '"count":true': "wrong_type at count",
    '"count":[1]': "wrong_type at count",
    '"count":{"x":1}': "wrong_type at count",
    '"count":1e-1': "wrong_type at count",
    '"count":1e-999999999': "wrong_type at count",
    '"count":10.0000000000000000000000001': "wrong_type at count",
    '"count":11': "too_large at count",
    '"count":-6': "too_small at count",
    '"count":1e999999999': "too_large at count",
    '"count":-1e999999999999999999999': "too_small at count",
    f'"count":{"7" * 60_000}': "too_large at count",
    f'"count":-{"7" * 60_000}': "too_small at count",
    '"large":9007199254740992': "too_large at large",
    '"large":-9007199254740992': "too_small at large",
    '"large":9223372036854775808': "too_large at large",
    '"level":2.5000000000000004': "too_large at level",
    '"level":-1.6': "too_small at level",
    '"level":"2"': "wrong_type at level",
    '"level":false': "wrong_type at level",
    '"free":1e309': "too_large at free",
    '"free":-1e309': "too_small at free",
    '"free":1e999999999': "too_large at free",
    f'"free":{"7" * 400}': "too_large at free",
    f'"free":{"7" * 1001}': "too_large at free",
    f'"count":{"7" * 1001}': "too_large at count",
    f'"count":{"[" * 1000}{"]" * 1000}': "wrong_type at count",
    '"free":[]': "wrong_type at free",
    '"free":NaN': "not_json",
    '"free":Infinity': "not_json",
    '"free":1.': "not_json",
    '"free":.5': "not_json",
    '"free":+1': "not_json",
    '"free":01': "not_json",
    '"is_on":1': "wrong_type at is_on",
    '"is_on":"true"': "wrong_type at is_on",
    '"at":"2026-11-24"': "not_a_date_time at at",
    '"at":1764000000': "wrong_type at at",
    '"at":"2026-11-24T12:00:00Z\\ud800"': "not_unicode at at",
    '"any_text":"\\udc00"': "not_unicode at any_text",
    '"place":{}': "missing_field at place.name",
    '"place":{"name":null}': "missing_field at place.name",
    '"place":"here"': "wrong_type at place",
    '"place":["here"]': "wrong_type at place",
    '"place":{"name":"x"},"place":{}': "missing_field at place.name",
    '"place":{"name":"x"},"place":7': "wrong_type at place",
    '"place":{"name":7}': "wrong_type at place.name",
    '"place":{"name":""}': "too_short at place.name",
    '"place":{"name":"there"}': "too_long at place.name",
    '"place":{"name":" \\u00a0"}': "blank at place.name",
    '"place":{"name":"x","floor":{}}': "missing_field at place.floor.number",
    '"place":{"name":"x","floor":{"number":"3"}}': "wrong_type at place.floor.number",
    '"tags":[]': "too_few_items at tags",
    '"tags":["a","b","c","d"]': "too_many_items at tags",
    '"tags":"a"': "wrong_type at tags",
    '"tags":{"0":"a"}': "wrong_type at tags",
    '"tags":["a",null]': "wrong_type at tags",
    '"tags":["a",7]': "wrong_type at tags",
    '"tags":[["a"]]': "wrong_type at tags",
    '"tags":["a",{"b":"c"},"d"]': "wrong_type at tags",
    '"tags":["a",""]': "too_short at tags",
    '"tags":["a","abcd"]': "too_long at tags",
    '"tags":[" "]': "blank at tags",
    '"tags":["a","\\ud800"]': "not_unicode at tags",
    '"tags":["abcd","\\ud800"]': "not_unicode at tags",
    '"tags":["a","b","c","d","\\ud800"]': "not_unicode at tags",
    '"kinds":["a","c"]': "not_allowed at kinds",
    '"sizes":[1.5]': "wrong_type at sizes",
    '"sizes":[10]': "too_large at sizes",
    '"sizes":[-1,10]': "too_small at sizes",
    '"waves":[1e999]': "too_large at waves",
    '"flags":[0]': "wrong_type at flags",
    '"times":["noon"]': "not_a_date_time at times",
    # Of several faults the first kind is reported, in any field, and then the first field.
    '"free":"x","id":null': "missing_field at id",
    '"place":{},"count":"x"': "missing_field at place.name",
    '"count":99,"flags":[0]': "wrong_type at flags",
    '"count":99,"any_text":"\\ud800"': "not_unicode at any_text",
    '"sizes":[10],"level":9': "too_large at level",
    '"waves":"x","level":"y"': "wrong_type at level",
}
