#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes data/types.avro, every type that Avro has, and the odd schemas of tests/errors/data/infer.

usage: tests/sql/infer/make_avro.py
"""
import json
import os
import struct

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
ERRORS = os.path.join(HERE, "..", "..", "..", "errors", "data", "infer")
SYNC = b"weir-inference--"


def number(n):
    n = n << 1 ^ n >> 63
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def text(b):
    return number(len(b)) + b


def container(name, schema, records):
    body = b"".join(records)
    head = b"Obj\1" + number(2) + text(b"avro.schema") + text(json.dumps(schema).encode())
    head += text(b"avro.codec") + text(b"null") + number(0) + SYNC
    with open(os.path.join(HERE if name == "types.avro" else ERRORS, name), "wb") as file:
        file.write(head + number(len(records)) + number(len(body)) + body + SYNC)


def field(name, kind, **more):
    return {"name": name, "type": dict(type=kind, **more) if more else kind}


TYPES = {"type": "record", "name": "plays", "fields": [
    field("flag", "boolean"), field("small", "int"), field("big", "long"), field("part", "float"), field("whole", "double"),
    field("name", "string"), field("blob", "bytes"),
    field("day", "int", logicalType="date"), field("clock", "int", logicalType="time-millis"),
    field("clock_micros", "long", logicalType="time-micros"),
    field("at", "long", logicalType="timestamp-millis"), field("at_micros", "long", logicalType="timestamp-micros"),
    field("at_nanos", "long", logicalType="timestamp-nanos"),
    field("wall", "long", logicalType="local-timestamp-millis"),
    field("price", "bytes", logicalType="decimal", precision=10, scale=2),
    field("uuid", "string", logicalType="uuid"),
    {"name": "kind", "type": {"type": "enum", "name": "kinds", "symbols": ["start", "stop"]}},
    {"name": "hash", "type": {"type": "fixed", "name": "four", "size": 4}},
    {"name": "maybe", "type": ["null", "long"]},
    {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
    {"name": "counts", "type": {"type": "map", "values": "int"}},
    {"name": "user", "type": ["null", {"type": "record", "name": "person", "fields": [
        field("id", "long"), {"name": "home", "type": ["null", "string"]}]}]},
    {"name": "number", "type": ["null", "int", "double"]},
    field("nothing", "null"),
]}


def record(second):
    day, ms = 20577, 1777919531452
    out = b"\1" if not second else b"\0"
    out += number(-7) + number(1 << 40) + struct.pack("<f", 1.5) + struct.pack("<d", 2.25)
    out += text("Ünder".encode()) + text(b"\0\1") + number(day) + number(66731452) + number(66731452000)
    out += number(ms) + number(ms * 1000 + 7) + number(ms * 1000000 + 7) + number(ms)
    out += text((1234).to_bytes(2, "big")) + text(b"0c9b") + number(1) + b"abcd"
    if second:
        out += number(0) + number(0) + number(0) + number(0) + number(2) + struct.pack("<d", 0.5)
    else:
        out += number(1) + number(5)
        out += number(2) + number(1) + text(b"new") + number(0) + number(0)
        out += number(1) + text(b"a") + number(1) + number(0)
        out += number(1) + number(9) + number(1) + text(b"IN")
        out += number(1) + number(3)
    return out


container("types.avro", TYPES, [record(False), record(True)])
container("unions.avro", {"type": "record", "name": "u", "fields": [
    field("id", "long"), {"name": "what", "type": ["string", "long", "null"]}]}, [])
container("hollow.avro", {"type": "record", "name": "h", "fields": [
    {"name": "inner", "type": {"type": "record", "name": "i", "fields": []}}]}, [])
container("twice.avro", {"type": "record", "name": "t", "fields": [field("a", "long"), field("a", "int")]}, [])
