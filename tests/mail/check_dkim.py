#!/usr/bin/env python3
"""Checks the signatures (DKIM) of mails with dkimpy, a second opinion by another hand.

    check_dkim.py FOLDER RECORDS [--signatures N]

FOLDER holds mails as .eml; RECORDS is what `rundbrief dkim records --json` prints, in place of the
DNS. Every mail must carry N signatures (2 unless told otherwise), each must verify, and must not
verify any more once something that is signed was changed, or a second sender was put in. What relays
do to mails on their way (folding headers anew, changing blanks) must break nothing. Prints what is
wrong and ends with 1, or the number of mails and ends with 0.
"""

import argparse
import json
import logging
import pathlib
import re
import sys

import dkim

LIST = [b"list-unsubscribe", b"list-unsubscribe-post"]


def records_from(path):
    """The TXT records by name, put together from their strings as a resolver does."""
    known = {}
    for key in json.loads(pathlib.Path(path).read_text("utf-8")):
        strings = key["record"]["strings"]
        assert all(len(part) <= 255 for part in strings), key["key"]
        known[key["record"]["name"] + "."] = "".join(strings).encode()
    return known


class Silent(logging.Logger):
    """dkimpy says through its logger why it refuses; here only that it refuses counts."""

    def __init__(self):
        super().__init__("dkim", logging.CRITICAL)


def verifies(raw, index, records):
    def lookup(name, timeout=5):
        return records.get(name.decode().lower())

    try:
        return dkim.DKIM(raw, logger=Silent(), minkey=2048).verify(idx=index, dnsfunc=lookup)
    except dkim.DKIMException:
        return False


def head_and_body(raw):
    head, _, body = raw.partition(b"\r\n\r\n")
    return head + b"\r\n", body


def fields_of(head):
    """Each header field with its folds."""
    return re.findall(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", head)


def own_signatures(fields):
    return [field for field in fields if field.lower().startswith(b"dkim-signature:")]


def tags_of(field):
    value = re.sub(rb"\s+", b"", field.partition(b":")[2])
    return dict(tag.split(b"=", 1) for tag in value.split(b";") if tag)


def form_problems(fields, signatures):
    """What is wrong with the signatures before anything is computed."""
    present = [field.partition(b":")[0].strip().lower() for field in fields]
    for field in signatures:
        tags = tags_of(field)
        if tags.get(b"c") != b"relaxed/relaxed":
            yield f"c={tags.get(b'c')}"
        if b"l" in tags:
            yield "l= is there: anything may be added to the body"
        if not tags.get(b"t", b"").isdigit():
            yield "t= is missing"
        signed = tags[b"h"].lower().split(b":")
        if signed.count(b"from") != present.count(b"from") + 1:
            yield "From is not signed once more than it is there"
        wanted = {b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type", b"feedback-id"}
        for name in present:
            if (name in wanted or name.startswith(b"list-")) and name not in signed:
                yield f"{name.decode()} is not signed"
        if max(len(line) for line in field.split(b"\r\n")) > 78:
            yield "a line of the signature is longer than 78 octets"
    algorithms = [tags_of(field)[b"a"] for field in signatures]
    if algorithms and algorithms[0] != b"rsa-sha256":
        yield f"the first signature is {algorithms[0]}"
    if len(set(algorithms)) != len(algorithms):
        yield f"doubled: {algorithms}"


def touched_on_the_way(head, body):
    """The mail as a relay may hand it on: folded elsewhere, with other blanks, a line added."""
    fields = []
    for field in fields_of(head):
        name, _, value = field.partition(b":")
        if name.lower() == b"subject":
            field = name.upper() + b":  " + re.sub(rb"(\S) (\S)", b"\\1\r\n \\2", value, count=1)
        fields.append(field)
    received = b"Received: from a by b; Sun, 22 Nov 2026 10:00:00 +0000\r\n"
    spaced = re.sub(rb"([^ \r\n]) ([^ \r\n])", rb"\1 \t \2", body)
    return received + b"".join(fields) + b"\r\n" + spaced.replace(b"\r\n", b" \r\n") + b"\r\n\r\n"


def forgeries(head, body):
    """The mail with something changed that the signature must notice."""
    cut = len(body) // 2
    yield "a body with a changed letter", head + b"\r\n" + body[:cut] + b"#" + body[cut + 1 :]
    yield "a body with something added", head + b"\r\n" + body + b"more\r\n"
    yield "a second From", b"From: other@example.com\r\n" + head + b"\r\n" + body
    yield "a From further down", head + b"From: other@example.com\r\n\r\n" + body
    fields = fields_of(head)
    for name in [b"from", b"to", b"subject", b"date", b"message-id", b"content-type", *LIST]:
        for index, field in enumerate(fields):
            if field.partition(b":")[0].lower() != name:
                continue
            changed = field.rstrip(b"\r\n") + b"x\r\n"
            where = b"".join(fields[:index]), b"".join(fields[index + 1 :])
            yield f"another {name.decode()}", changed.join(where) + b"\r\n" + body
            yield f"no {name.decode()}", b"".join(where) + b"\r\n" + body


def problems_of(raw, records, expected):
    """Everything wrong with the signatures of one mail."""
    head, body = head_and_body(raw)
    fields = fields_of(head)
    signatures = own_signatures(fields)
    if len(signatures) != expected:
        yield f"{len(signatures)} signatures, not {expected}"
        return
    yield from form_problems(fields, signatures)
    for index, field in enumerate(signatures):
        algorithm = tags_of(field)[b"a"].decode()
        if not verifies(raw, index, records):
            yield f"{algorithm} does not verify"
            continue
        if not verifies(touched_on_the_way(head, body), index, records):
            yield f"{algorithm} does not stand what relays do"
        for what, forged in forgeries(head, body):
            if verifies(forged, index, records):
                yield f"{algorithm} verifies {what}"


def main():
    parser = argparse.ArgumentParser(description="Checks signatures with dkimpy.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("records", type=pathlib.Path)
    parser.add_argument("--signatures", type=int, default=2)
    wanted = parser.parse_args()
    records = records_from(wanted.records)
    files = sorted(wanted.folder.rglob("*.eml"))
    if not files:
        sys.exit(f"no .eml in {wanted.folder}")
    wrong = [
        f"{file.name}: {one}"
        for file in files
        for one in problems_of(file.read_bytes(), records, wanted.signatures)
    ]
    for one in wrong[:50]:
        print(one)
    if wrong:
        sys.exit(1)
    print(len(files))


if __name__ == "__main__":
    main()
