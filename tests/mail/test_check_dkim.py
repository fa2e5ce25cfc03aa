"""The check of signatures itself: what dkimpy signs well passes, and what is weak is found."""

import base64
import json
import pathlib
import tempfile
import unittest

import check_dkim
import dkim
import nacl.signing

KEY = nacl.signing.SigningKey.generate()
FIELDS = [b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type"]
MAIL = b"""\
From: Musterstadt <news@example.org>
To: anna@example.net
Subject: Neues aus der Stadt
Date: Mon, 2 Nov 2026 10:00:00 +0000
Message-ID: <a@example.org>
MIME-Version: 1.0
Content-Type: text/plain

Guten Tag,
.dies ist eine Probe.
""".replace(b"\n", b"\r\n")


def records():
    public = base64.b64encode(KEY.verify_key.encode()).decode()
    record = {"name": "s._domainkey.example.org", "strings": ["v=DKIM1; k=ed25519; ", f"p={public}"]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([{"key": "example.org/s", "record": record}], file)
        file.flush()
        return check_dkim.records_from(pathlib.Path(file.name))


def signed(mail=MAIL, include=None, canonicalize=(b"relaxed", b"relaxed"), length=False):
    field = dkim.sign(
        mail,
        b"s",
        b"example.org",
        base64.b64encode(KEY.encode()),
        include_headers=include or [b"from", *FIELDS],
        canonicalize=canonicalize,
        signature_algorithm=b"ed25519-sha256",
        length=length,
    )
    return field + mail


def problems(raw, expected=1):
    # This one key is no RSA key, which is found too; here the rest counts.
    found = check_dkim.problems_of(raw, records(), expected)
    return [one for one in found if not one.startswith("the first signature is")]


class CheckDkim(unittest.TestCase):
    def test_a_good_signature_passes(self):
        self.assertEqual(problems(signed()), [])

    def test_what_is_missing_or_weak_is_found(self):
        self.assertEqual(problems(MAIL), ["0 signatures, not 1"])
        few = problems(signed(include=[b"from", b"from", b"to"]))
        self.assertIn("subject is not signed", few)
        once = problems(signed(include=FIELDS))
        self.assertTrue(any("once more" in one for one in once), once)
        part = problems(signed(length=True))
        self.assertTrue(any("l= is there" in one for one in part), part)
        simple = problems(signed(canonicalize=(b"simple", b"simple")))
        self.assertTrue(any("what relays do" in one for one in simple), simple)

    def test_a_changed_mail_does_not_verify(self):
        changed = signed().replace(b"Guten", b"guten")
        self.assertEqual(problems(changed), ["ed25519-sha256 does not verify"])


if __name__ == "__main__":
    unittest.main()
