"""Reads a message as strictly as the protocol's own meta model says: what is missing, what the
protocol does not know and what is of another type is a problem.

The types are those that `lsprotocol` generates from the meta model. Its converter reads what
it can and passes over the rest (a number becomes a text, a field that nobody knows is
dropped), which is right for a client and no use for a test.
"""

import enum
import functools
import types as python
import typing
from collections import abc

import attrs
from lsprotocol import converters, types, validators

# Once: it puts the types in the place of their names.
CONVERTER = converters.get_converter()

LEAST, MOST = -(2**31), 2**31 - 1

# The direction in which a message may go that the server sends.
FROM_SERVER = {"serverToClient", "both"}


def problems(value: typing.Any, type_: typing.Any, path: str = "") -> list[str]:
    """What is wrong with a value as JSON has it: nothing, or lines that say where and what."""
    return [f"{path or '(the whole)'}: {problem}" if not at else f"{path}{at}: {problem}"
            for at, problem in _reader(type_)(value)]


def problems_of_message(message: dict, answer: type | None) -> list[str]:
    """What is wrong with a message of the server; `answer` is the type of the answer, if the
    message is one."""
    if message.get("jsonrpc") != "2.0":
        return ["the version of JSON-RPC is missing"]
    if "method" in message:
        method = message["method"]
        known = types.METHOD_TO_TYPES.get(method)
        if known is None:
            return [f"{method}: the protocol has no such method"]
        if types.message_direction(method) not in FROM_SERVER:
            return [f"{method}: it is for clients to send"]
        if ("id" in message) != (known[1] is not None):
            return [f"{method}: a request has an id, a notification has none"]
        return problems(message, known[0], method)
    if "error" in message:
        if "result" in message:
            return ["a result and an error at once"]
        if type(message.get("id")) not in (int, str):
            return ["an error that belongs to no request"]
        return problems(message, types.ResponseErrorMessage, "error")
    if "result" not in message:
        return ["neither a result nor an error"]
    if answer is None:
        return [f"an answer that nobody asked for: {str(message)[:200]}"]
    return problems(message, answer, answer.__name__)


def json_name(attribute: str) -> str:
    """The name of a field in JSON: `text_edit` is `textEdit`."""
    first, *rest = attribute.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


# A reader gives pairs of a path and what is wrong there.
Reader = typing.Callable[[typing.Any], list[tuple[str, str]]]


@functools.lru_cache(maxsize=None)
def _reader(type_: typing.Any) -> Reader:
    if isinstance(type_, typing.ForwardRef):
        type_ = type_.__forward_arg__
    if isinstance(type_, str):
        type_ = types.ALL_TYPES_MAP[type_]
    if type_ in (typing.Any, object, types.LSPObject):
        return lambda value: []
    if type_ in (None, python.NoneType):
        return lambda value: [] if value is None else [("", f"{_short(value)} is not null")]
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if origin in (typing.Union, python.UnionType):
        return _union(arguments)
    if origin is typing.Literal:
        return lambda value: (
            [] if type(value) is str and value in arguments
            else [("", f"{_short(value)} is none of {arguments}")]
        )
    if origin is tuple:
        return _tuple(arguments)
    if origin in (list, abc.Sequence):
        return _list(arguments[0])
    if origin in (dict, abc.Mapping):
        return _map(*arguments)
    if attrs.has(type_):
        # Types that hold themselves: the reader is made when it is needed.
        made: list[Reader] = []

        def lazily(value):
            if not made:
                made.append(_object(type_))
            return made[0](value)

        return lazily
    if issubclass(type_, enum.Enum):
        plain = int if issubclass(type_, int) else str
        values = {member.value for member in type_}
        return lambda value: (
            [] if type(value) is plain and value in values
            else [("", f"{_short(value)} is not of {type_.__name__}")]
        )
    if type_ is int:
        return lambda value: (
            [] if type(value) is int and LEAST <= value <= MOST
            else [("", f"{_short(value)} is not an integer")]
        )
    if type_ is float:
        return lambda value: (
            [] if type(value) in (int, float) else [("", f"{_short(value)} is not a number")]
        )
    assert type_ in (str, bool), f"a type that is not of the meta model: {type_}"
    return lambda value: (
        [] if type(value) is type_ else [("", f"{_short(value)} is not {type_.__name__}")]
    )


def _union(arguments: tuple) -> Reader:
    readers = [_reader(argument) for argument in arguments]

    def read(value):
        all_found = []
        for reader in readers:
            found = reader(value)
            if not found:
                return []
            all_found.append(found)
        # What it was most likely meant to be is the type that it goes deepest into.
        return max(all_found, key=lambda found: (max(len(path) for path, _ in found), -len(found)))

    return read


def _tuple(arguments: tuple) -> Reader:
    readers = [_reader(argument) for argument in arguments]

    def read(value):
        if not isinstance(value, list) or len(value) != len(readers):
            return [("", f"{_short(value)} is not a list of {len(readers)}")]
        return [(f"[{at}]{path}", problem) for at, (reader, one) in enumerate(zip(readers, value))
                for path, problem in reader(one)]

    return read


def _list(argument) -> Reader:
    reader = _reader(argument)

    def read(value):
        if not isinstance(value, list):
            return [("", f"{_short(value)} is not a list")]
        return [(f"[{at}]{path}", problem) for at, one in enumerate(value)
                for path, problem in reader(one)]

    return read


def _map(key, argument) -> Reader:
    keys, values = _reader(key), _reader(argument)

    def read(value):
        if not isinstance(value, dict):
            return [("", f"{_short(value)} is not an object")]
        return [(f"[{name!r}]{path}", problem) for name, one in value.items()
                for path, problem in keys(name) + values(one)]

    return read


def _object(type_: type) -> Reader:
    fields = {json_name(field.name): (field, _field(type_, field)) for field in attrs.fields(type_)}
    needed = {name for name, (field, _) in fields.items() if _is_needed(type_, field)}

    def read(value):
        if not isinstance(value, dict):
            return [("", f"{_short(value)} is not {type_.__name__}")]
        found = [(f".{name}", f"missing in {type_.__name__}") for name in needed - value.keys()]
        for name, one in value.items():
            if name not in fields:
                found.append((f".{name}", f"unknown to {type_.__name__}"))
                continue
            found.extend((f".{name}{path}", problem) for path, problem in fields[name][1](one))
        return found

    return read


def _is_needed(type_: type, field: attrs.Attribute) -> bool:
    # Fields of one value have a default there and have to be written all the same.
    return field.default is attrs.NOTHING or types.is_special_property(type_, field.name)


def _field(type_: type, field: attrs.Attribute) -> Reader:
    reader = _reader(field.type)
    may_be_null = _is_needed(type_, field)
    at_least = 0 if _is_unsigned(field.validator) else LEAST

    def read(value):
        # A field that may be left out is left out: null is for the few that say so.
        if value is None and not may_be_null:
            return [("", "null where the field has to be left out")]
        if type(value) is int and value < at_least:
            return [("", f"{value} is below zero")]
        # What a kind of object always says of itself: `"kind": "create"`.
        if isinstance(field.default, str) and value != field.default:
            return [("", f"{_short(value)} is not {field.default!r}")]
        return reader(value)

    return read


def _is_unsigned(validator) -> bool:
    inner = getattr(validator, "validator", validator)
    return inner is validators.uinteger_validator


def _short(value) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
