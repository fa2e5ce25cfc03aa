#!/usr/bin/env python3
"""A second opinion on mails: reads every .eml of a folder with Python's email library.

    check_eml.py FOLDER [--summary FILE] [--count N]

It wants mails that the library reads without a defect, with a text and an HTML part that hold the
same links, all headers that a list mail or an automatic notice owes its receiver, and nothing that
is lost on the way through other servers. Prints what it found and exits 1 when something is wrong.

--summary  the JSON that `rundbrief demo --once --json` printed: as many issue mails as it says it
           sent, and no more than one for each recipient
--count    so many mails must be there
"""

import argparse
import collections
import email
import email.policy
import html.parser
import ipaddress
import json
import pathlib
import re
import sys
import urllib.parse

# RFC 5322, 2.1.1: the limit is 998 octets without the line end.
LONGEST_LINE = 998
# Gmail cuts what is longer off, and with it the way to leave.
LARGEST_HTML = 100 * 1024
ONCE = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
AT_MOST_ONCE = ["Reply-To", "Sender", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"]


class Links(html.parser.HTMLParser):
    """The links a reader can follow, and what else the page would fetch or run."""

    def __init__(self):
        super().__init__()
        self.links = set()
        self.loaded = set()
        self.lang = None
        self.forbidden = set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.lang = attributes.get("lang")
        if tag == "a" and attributes.get("href", "").strip():
            self.links.add(attributes["href"].strip())
        if attributes.get("src"):
            self.loaded.add(attributes["src"])
        if tag in ("script", "iframe", "object", "embed", "form", "link"):
            self.forbidden.add(f"<{tag}>")
        self.forbidden.update(name for name in attributes if name.startswith("on"))


def links_of_text(text):
    """URLs of a text part, without the punctuation of the sentence around them."""
    found = re.findall(r"(?:https?://|mailto:)[^\s<>\"„“”»«]+", text)
    return {url.rstrip(".,;:!?)'’") for url in found}


def is_web_link(link):
    return link.startswith(("http://", "https://"))


def is_loopback(host):
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost" or (host or "").endswith(".localhost")


def raw_problems(raw):
    """What other servers would change or refuse."""
    if not raw.isascii():
        yield "has octets that are not ASCII"
    if b"\r" in raw.replace(b"\r\n", b"") or b"\n" in raw.replace(b"\r\n", b""):
        yield "has a line end other than CRLF"
    if b"\0" in raw:
        yield "has a NUL"
    for number, line in enumerate(raw.split(b"\r\n"), 1):
        if len(line) > LONGEST_LINE:
            yield f"line {number} has {len(line)} octets"


def header_problems(mail):
    for name in ONCE:
        count = len(mail.get_all(name, []))
        if count != 1:
            yield f"has {count} headers {name}"
    for name in AT_MOST_ONCE:
        if len(mail.get_all(name, [])) > 1:
            yield f"has more than one header {name}"
    if not re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", str(mail["Message-ID"] or "").strip()):
        yield "Message-ID is not <unique@domain>"
    if mail["Date"] and mail["Date"].datetime is None:
        yield "Date is not a date"
    for name in ("From", "To"):
        header = mail[name]
        if header and len(header.addresses) != 1:
            yield f"{name} does not name exactly one address"
    if not str(mail["Subject"] or "").strip():
        yield "Subject is empty"


def list_problems(mail):
    """RFC 2369, 2919 and 8058: what an issue owes."""
    leave = str(mail["List-Unsubscribe"] or "")
    uris = re.findall(r"<([^<>]*)>", leave)
    web = [uri for uri in uris if is_web_link(uri)]
    if len(web) != 1:
        yield f"List-Unsubscribe has {len(web)} web addresses in angle brackets, not one"
    for uri in web:
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme != "https" and not is_loopback(parts.hostname):
            yield "List-Unsubscribe is not https"
    if re.sub(r"<[^<>\s]*>", "", leave).strip(" ,"):
        yield "List-Unsubscribe has more than addresses in angle brackets"
    if str(mail["List-Unsubscribe-Post"] or "") != "List-Unsubscribe=One-Click":
        yield "List-Unsubscribe-Post is not exactly List-Unsubscribe=One-Click"
    if not re.search(r"<[^<>@\s]+\.[^<>@\s]+>$", str(mail["List-Id"] or "").strip()):
        yield "List-Id does not end in an id in angle brackets"


def notice_problems(mail):
    """RFC 3834: what a mail owes that a machine wrote to one person."""
    if str(mail["Auto-Submitted"] or "").split(";")[0].strip() != "auto-generated":
        yield "is no issue (no List-Id) and not Auto-Submitted: auto-generated"
    if mail["List-Unsubscribe-Post"]:
        yield "is a notice, but offers one-click unsubscribe"


def part_problems(mail):
    for part in mail.walk():
        for defect in part.defects:
            yield f"{part.get_content_type()}: {type(defect).__name__} {defect}".strip()
        for name, value in part.items():
            for defect in getattr(value, "defects", ()):
                yield f"{name}: {type(defect).__name__} {defect}".strip()
    if mail.get_content_type() != "multipart/alternative":
        yield f"is {mail.get_content_type()}, not multipart/alternative"
        return
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    if kinds != ["text/plain", "text/html"]:
        yield f"has the parts {kinds}, not text and HTML in this order"
        return
    for part in mail.iter_parts():
        kind = part.get_content_type()
        coding = str(part["Content-Transfer-Encoding"] or "7bit").lower()
        if coding not in ("7bit", "quoted-printable", "base64"):
            yield f"{kind} is sent as {coding}"
        if str(part.get_content_charset()).lower() not in ("utf-8", "us-ascii"):
            yield f"{kind} has the charset {part.get_content_charset()}"
        try:
            part.get_content()
        except (LookupError, UnicodeError, ValueError) as error:
            yield f"{kind} cannot be decoded: {error}"
    yield from content_problems(mail)


def content_problems(mail):
    plain, rich = mail.iter_parts()
    encoded = len(rich.get_payload())
    if encoded > LARGEST_HTML:
        yield f"HTML has {encoded} octets, more than {LARGEST_HTML}"
    text, page = plain.get_content(), rich.get_content()
    for name, content in (("text", text), ("HTML", page)):
        if "\ufffd" in content:
            yield f"{name} has a character that was lost on the way"
        if re.search(r"\{\{|\}\}|\{[a-z_]+\}", re.sub(r"<style.*?</style>", "", content, flags=re.S)):
            yield f"{name} has a place that was not filled in"
    if not text.strip():
        yield "text is empty"
    seen = Links()
    seen.feed(page)
    if not seen.lang:
        yield "HTML does not say its language"
    if seen.forbidden:
        yield f"HTML has {', '.join(sorted(seen.forbidden))}"
    remote = {url for url in seen.loaded if not url.startswith(("cid:", "data:"))}
    if remote and not all(is_loopback(urllib.parse.urlsplit(url).hostname) for url in remote):
        own = sender_host(mail)
        foreign = {url for url in remote if urllib.parse.urlsplit(url).hostname != own}
        if foreign:
            yield f"HTML loads from elsewhere: {sorted(foreign)[:3]}"
    in_text = {link for link in links_of_text(text) if is_web_link(link)}
    in_page = {link for link in seen.links if is_web_link(link)}
    normal = lambda links: {link.rstrip(".,;:!?)'’") for link in links}  # noqa: E731
    for link in sorted(normal(in_page) - normal(in_text))[:3]:
        yield f"the text lacks a link of the HTML: {link}"
    for link in sorted(normal(in_text) - normal(in_page))[:3]:
        yield f"the HTML lacks a link of the text: {link}"
    leave = re.findall(r"<(https?://[^<>]*)>", str(mail["List-Unsubscribe"] or ""))
    if mail["List-Id"] and leave and leave[0] not in in_page:
        yield "the header's unsubscribe address is no link in the mail"


def sender_host(mail):
    leave = re.findall(r"<(https?://[^<>]*)>", str(mail["List-Unsubscribe"] or ""))
    return urllib.parse.urlsplit(leave[0]).hostname if leave else None


def problems_of(raw):
    """Everything wrong with one mail."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    checks = [raw_problems(raw), header_problems(mail), part_problems(mail)]
    checks.append(list_problems(mail) if mail["List-Id"] else notice_problems(mail))
    return [problem for check in checks for problem in check]


def folder_problems(mails, summary, count):
    """What is wrong with all of them together."""
    ids = collections.Counter(str(mail["Message-ID"]) for mail in mails)
    for message_id, times in ids.items():
        if times > 1:
            yield f"Message-ID {message_id} stands in {times} mails"
    if count is not None and len(mails) != count:
        yield f"{len(mails)} mails, not {count}"
    if summary is not None:
        issues = [mail for mail in mails if mail["List-Id"]]
        if len(issues) != summary["sent"]:
            yield f"{len(issues)} issue mails, but {summary['sent']} were said to be sent"
        keys = collections.Counter(
            (str(mail["To"]), str(mail["List-Id"]), str(mail["Subject"])) for mail in issues
        )
        doubled = sum(1 for times in keys.values() if times > 1)
        if doubled:
            yield f"{doubled} recipients got the same issue more than once"


def main():
    parser = argparse.ArgumentParser(description="Reads mails with Python's email library.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--summary", type=pathlib.Path)
    parser.add_argument("--count", type=int)
    wanted = parser.parse_args()
    files = sorted(wanted.folder.rglob("*.eml"))
    if not files:
        sys.exit(f"no .eml in {wanted.folder}")
    mails, wrong, largest = [], [], 0
    for file in files:
        raw = file.read_bytes()
        mails.append(email.message_from_bytes(raw, policy=email.policy.default))
        wrong += [f"{file.relative_to(wanted.folder)}: {one}" for one in problems_of(raw)]
        largest = max(largest, len(raw))
    summary = json.loads(wanted.summary.read_text("utf-8")) if wanted.summary else None
    wrong += folder_problems(mails, summary, wanted.count)
    for one in wrong[:50]:
        print(one)
    issues = sum(1 for mail in mails if mail["List-Id"])
    print(
        f"{len(files)} mails read: {issues} of issues, {len(files) - issues} notices;"
        f" the largest has {largest} octets; {len(wrong)} problems"
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
