#!/usr/bin/env python3
"""A real SMTP server for tests: keeps every mail it accepts, and injects faults by rule.

    sink.py FOLDER [--port N] [--rules FILE] [--login USER:PASSWORD [--mechanisms PLAIN,LOGIN]]
                   [--certificate FILE --key FILE [--tls starttls|implicit]] [--smtputf8]

Listens on 127.0.0.1 (a free port unless one is named), prints the port as its first line and ends
when its standard input is closed. A mail it accepts becomes FOLDER/NNNNNN.eml, byte for byte, and
then one line of JSON in FOLDER/messages.jsonl: number (order of arrival), connection, envelope_from,
envelope_to, message_id, answered, file. Both are written in one call each before the client gets
its answer, so they outlive a client or server that is killed.

The rules are a JSON list; the first that fits is applied:

    {"at": "rcpt", "recipient": "full@*", "reply": "452 4.2.2 mailbox full", "times": 2}

    at         connect | mail | rcpt | data (the command) | dot (the end of the mail)
    recipient  a shell pattern over the address, any case ("*" when missing); at `data` and `dot`
               one matching recipient is enough; at `connect` and `mail` there is none yet
    reply      the reply; without one the server continues as usual
    close      close the connection after the reply, or instead of an answer; at `dot` the mail is kept with "answered": false, because the client cannot know its outcome
    delay_ms   wait before continuing
    times      apply only this many times
"""

import argparse
import asyncio
import email.parser
import email.policy
import fnmatch
import json
import logging
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Rules:
    def __init__(self, rules):
        self.rules = [dict(rule) for rule in rules]
        for rule in self.rules:
            unknown = set(rule) - {"at", "recipient", "reply", "close", "delay_ms", "times"}
            if unknown or rule.get("at") not in ("connect", "mail", "rcpt", "data", "dot"):
                raise SystemExit(f"sink.py: a rule is not understood: {rule}")

    def first(self, at, recipients=()):
        for rule in self.rules:
            pattern = rule.get("recipient", "*").lower()
            fits = pattern == "*" or any(
                fnmatch.fnmatchcase(address.lower(), pattern) for address in recipients
            )
            if rule["at"] == at and fits and rule.get("times", 1) > 0:
                if "times" in rule:
                    rule["times"] -= 1
                return rule
        return None


class Store:
    """Writes mails and the list of them."""

    def __init__(self, folder):
        self.folder = folder
        self.number = 0
        os.makedirs(folder, exist_ok=True)
        self.list = os.open(
            os.path.join(folder, "messages.jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644
        )

    def keep(self, connection, envelope, answered):
        self.number += 1
        file = os.path.join(self.folder, f"{self.number:06}.eml")
        with open(file, "wb", buffering=0) as mail:
            mail.write(envelope.original_content)
        head = email.parser.BytesHeaderParser(policy=email.policy.compat32)
        record = {
            "number": self.number,
            "connection": connection,
            "envelope_from": envelope.mail_from,
            "envelope_to": envelope.rcpt_tos,
            "message_id": head.parsebytes(envelope.original_content)["Message-ID"],
            "answered": answered,
            "file": file,
        }
        os.write(self.list, (json.dumps(record) + "\n").encode())


class Closed(ConnectionResetError):
    """Closes the session; the server sees a client that disconnected."""


class Connection(SMTP):
    """One session. Numbers are given in the order of connecting."""

    count = 0

    def __init__(self, rules, store, **options):
        super().__init__(Handler(), ident="test sink", hostname="localhost", **options)
        self.rules = rules
        self.store = store
        self.greeted = False
        Connection.count += 1
        self.number = Connection.count

    async def misbehave(self, at, recipients=()):
        """Carries out the rule that fits, and returns the reply it wants, if any."""
        rule = self.rules.first(at, recipients)
        if rule is None:
            return None
        await asyncio.sleep(rule.get("delay_ms", 0) / 1000)
        if not rule.get("close"):
            return rule.get("reply")
        if at == "dot":
            self.store.keep(self.number, self.envelope, answered=False)
        if "reply" in rule:
            await self.push(rule["reply"])
            self.transport.close()
        else:
            self.transport.abort()
        raise Closed

    async def push(self, status):
        if not self.greeted:
            self.greeted = True
            status = await self.misbehave("connect") or status
        await super().push(status)

    async def smtp_DATA(self, arg):
        reply = None
        if self.envelope.rcpt_tos:
            reply = await self.misbehave("data", self.envelope.rcpt_tos)
        if reply:
            await self.push(reply)
            self._set_post_data_state()
        else:
            await super().smtp_DATA(arg)


class Handler:
    """What aiosmtpd asks at each command; `server` is the Connection."""

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = await server.misbehave("mail")
        if reply:
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await server.misbehave("rcpt", [address])
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        reply = await server.misbehave("dot", envelope.rcpt_tos)
        if reply:
            return reply
        server.store.keep(server.number, envelope, answered=True)
        return f"250 2.0.0 kept as {server.store.number}"


def arguments():
    parser = argparse.ArgumentParser(description="A real SMTP server for tests.")
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rules", help="a JSON list of rules")
    parser.add_argument("--login", metavar="USER:PASSWORD")
    parser.add_argument("--mechanisms", default="PLAIN,LOGIN")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--tls", choices=["starttls", "implicit"], default="starttls")
    parser.add_argument("--smtputf8", action="store_true", help="offer SMTPUTF8 (RFC 6531)")
    return parser.parse_args()


def options_of(wanted):
    """What aiosmtpd is told, and the TLS context when the socket itself is to speak TLS."""
    options, implicit = {"enable_SMTPUTF8": wanted.smtputf8}, None
    if wanted.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(wanted.certificate, wanted.key)
        if wanted.tls == "implicit":
            implicit = context
        else:
            options.update(tls_context=context, require_starttls=True)
    if wanted.login:
        user, password = wanted.login.encode().split(b":", 1)

        def check(server, session, envelope, mechanism, data):
            fits = isinstance(data, LoginPassword) and data == LoginPassword(user, password)
            return AuthResult(success=fits, handled=False)

        hidden = {"PLAIN", "LOGIN"} - set(wanted.mechanisms.split(","))
        options.update(authenticator=check, auth_required=True, auth_require_tls=False)
        options.update(auth_exclude_mechanism=hidden)
    else:
        options.update(auth_exclude_mechanism={"PLAIN", "LOGIN"})
    return options, implicit


def unless_closed(loop, context):
    """Connections that were lost are what this server is for: only the rest is worth a word."""
    if not isinstance(context.get("exception"), ConnectionError):
        loop.default_exception_handler(context)


async def main():
    wanted = arguments()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    rules = []
    if wanted.rules:
        with open(wanted.rules, encoding="utf-8") as file:
            rules = json.load(file)
    rules, store = Rules(rules), Store(wanted.folder)
    options, implicit = options_of(wanted)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(unless_closed)
    server = await loop.create_server(
        lambda: Connection(rules, store, **options), "127.0.0.1", wanted.port, ssl=implicit
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # The end of standard input means that whoever started the server is gone.
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
