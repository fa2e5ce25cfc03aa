"""The check itself: a good mail passes, and each broken one is found for its own reason."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import check_eml

ISSUE = b"""\
From: Musterstadt <news@example.org>
To: anna@example.net
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Date: Sun, 22 Nov 2026 10:00:00 +0000
Message-ID: <i.14.a@example.org>
MIME-Version: 1.0
List-Id: Amtsblatt <amtsblatt.example.org>
List-Unsubscribe: <https://example.org/unsubscribe/abc>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Mehr: https://example.org/a. Abmelden: https://example.org/unsubscribe/abc
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html><html lang=3D"de"><title>x</title><p><a
 href=3D"https://example.org/a">Mehr</a>
<a href=3D"https://example.org/unsubscribe/abc">Abmelden</a></p></html>
--b--
""".replace(b"\n", b"\r\n")

NOTICE = b"\r\n".join(
    line for line in ISSUE.split(b"\r\n") if not line.startswith(b"List-")
).replace(b"MIME-Version", b"Auto-Submitted: auto-generated\r\nMIME-Version")

BROKEN = [
    ("not ASCII", b"Mehr:", "Größe:".encode()),
    ("other than CRLF", b"Mehr:", b"Mehr\n:"),
    ("octets", b"Mehr:", b"Mehr" + b"x" * 999),
    ("0 headers Date", b"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n", b""),
    ("2 headers To", b"To: ", b"To: bert@example.net\r\nTo: "),
    ("Message-ID", b"<i.14.a@example.org>", b"i.14.a"),
    ("exactly one address", b"To: anna@example.net", b"To: anna@example.net, bert@example.net"),
    ("0 web addresses", b"<https://example.org/unsubscribe/abc>", b"https://example.org/u"),
    ("not https", b"<https://example.org/unsubscribe/abc>", b"<http://example.org/unsubscribe/abc>"),
    ("List-Unsubscribe-Post", b"=One-Click", b"=one-click"),
    ("List-Id", b"<amtsblatt.example.org>", b""),
    ("no issue", b"List-Id: Amtsblatt <amtsblatt.example.org>\r\n", b""),
    ("not multipart/alternative", b"multipart/alternative", b"multipart/mixed"),
    ("in this order", b"text/plain", b"text/html"),
    ("Defect", b"--b--", b""),
    ("sent as 8bit", b"quoted-printable", b"8bit"),
    ("text lacks a link", b"Mehr: https://example.org/a.", b"Mehr."),
    ("HTML lacks a link", b"Mehr: ", b"https://example.org/other "),
    ("not filled in", b"Mehr: ", b"{{name}} "),
    ("not say its language", b" lang=3D\"de\"", b""),
    ("<script>", b"<title>x", b"<script>1</script><title>x"),
    ("loads from elsewhere", b"<title>x</title>", b"<img src=3D\"https://else.example/x.png\">"),
    ("more than 102400", b"<title>x", b"<title>" + b"xxxxxxxxx=\r\n" * 10000),
]


class Check(unittest.TestCase):
    def test_good_mails_pass(self):
        self.assertEqual(check_eml.problems_of(ISSUE), [])
        self.assertEqual(check_eml.problems_of(NOTICE), [])

    def test_each_flaw_is_found(self):
        for expected, good, bad in BROKEN:
            with self.subTest(expected):
                self.assertIn(good, ISSUE)
                found = check_eml.problems_of(ISSUE.replace(good, bad, 1))
                self.assertTrue(any(expected in one for one in found), found)

    def test_a_loopback_installation_may_use_http(self):
        mail = ISSUE.replace(b"https://example.org/unsub", b"http://127.0.0.1:8080/unsub")
        self.assertEqual(check_eml.problems_of(mail), [])

    def run_on(self, mails, *options):
        with tempfile.TemporaryDirectory() as folder:
            for number, mail in enumerate(mails):
                pathlib.Path(folder, f"{number}.eml").write_bytes(mail)
            command = [sys.executable, check_eml.__file__, folder, *options]
            return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_the_exit_code_tells(self):
        self.assertEqual(self.run_on([ISSUE, NOTICE.replace(b"14.a", b"n")]).returncode, 0)
        self.assertEqual(self.run_on([ISSUE.replace(b"Date:", b"X:")]).returncode, 1)
        self.assertNotEqual(self.run_on([]).returncode, 0)
        self.assertEqual(self.run_on([ISSUE], "--count", "2").returncode, 1)

    def test_doubles_are_found(self):
        result = self.run_on([ISSUE, ISSUE])
        self.assertIn("stands in 2 mails", result.stdout)
        self.assertEqual(result.returncode, 1)

    def test_the_summary_is_held_against_the_mails(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as summary:
            summary.write('{"sent": 1}')
            summary.flush()
            self.assertEqual(self.run_on([ISSUE], "--summary", summary.name).returncode, 0)
            twice = [ISSUE, ISSUE.replace(b"i.14.a", b"i.14.b")]
            result = self.run_on(twice, "--summary", summary.name)
            self.assertIn("2 issue mails, but 1", result.stdout)
            self.assertIn("same issue more than once", result.stdout)


if __name__ == "__main__":
    unittest.main()
