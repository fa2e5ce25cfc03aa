// An installation with a newsroom, a mail server and, if asked, two nodes on PostgreSQL behind a proxy
// that sends each request to the other node.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./browser.mjs";

const COMMAND = path.join(ROOT, "target/debug/rundbrief");
const PYTHON = process.env.RUNDBRIEF_TEST_PYTHON ?? path.join(ROOT, "target/python/bin/python");

/** A free port of this machine. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The first line that a program writes; fails when it ends before. */
function firstLine(child, what) {
  let log = "";
  child.stderr.on("data", (data) => (log += data));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`${what} ended with ${code}: ${log}`)));
  });
}

/** Waits until `what()` answers something. */
export async function until(what, name, within = 60_000) {
  const end = Date.now() + within;
  for (;;) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < end, `${name}: not within ${within / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Starts an installation: `database` is the URL of an empty PostgreSQL database (SQLite otherwise),
 * `nodes` how many processes serve it.
 */
export async function startInstallation({ database, nodes = 1, settings = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "rundbrief-newsroom-"));
  const mails = path.join(folder, "received");
  const sink = spawn(PYTHON, [path.join(ROOT, "tests/smtp/sink.py"), mails], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const smtp = (await firstLine(sink, "the mail server")).trim();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const key = spawnSync(COMMAND, ["config", "key"], { encoding: "utf8" }).stdout.trim();
  const environment = {
    PATH: process.env.PATH,
    RUNDBRIEF__SERVER__PUBLIC_URL: origin,
    RUNDBRIEF__DATABASE__URL: database ?? `sqlite:${path.join(folder, "rundbrief.db")}`,
    RUNDBRIEF__SECURITY__KEY: key,
    RUNDBRIEF__RELAY__URL: `smtp://127.0.0.1:${smtp}`,
    RUNDBRIEF__PICTURES__FOLDER: path.join(folder, "pictures"),
    RUNDBRIEF__ORGANISATION__NAME: "Stadt Musterstadt",
    RUNDBRIEF__ORGANISATION__ADDRESS: "Rathausplatz 1, 00000 Musterstadt",
    RUNDBRIEF__ORGANISATION__REPRESENTATIVE: "Oberbürgermeisterin Erika Beispiel",
    RUNDBRIEF__ORGANISATION__RESPONSIBLE: "Kim Muster, Rathausplatz 1, 00000 Musterstadt",
    RUNDBRIEF__ORGANISATION__EMAIL: "rundbrief@musterstadt.example",
    RUNDBRIEF__JOBS__EVERY: "1s",
    RUNDBRIEF__LOG__LEVEL: "warn",
    ...settings,
  };
  const run = (args, input = "") => {
    const done = spawnSync(COMMAND, args, { env: environment, input, encoding: "utf8", cwd: folder });
    assert.equal(done.status, 0, `rundbrief ${args.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  run(["migrate"]);

  const serving = [];
  const ports = [];
  for (let node = 0; node < nodes; node += 1) {
    const own = nodes === 1 ? port : await freePort();
    const listen = { ...environment, RUNDBRIEF__SERVER__LISTEN: `127.0.0.1:${own}` };
    const child = spawn(COMMAND, ["serve"], { env: listen, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (log += data));
    serving.push({ child, log: () => log });
    ports.push(own);
  }
  const proxy = nodes === 1 ? null : await alternate(ports, port);
  const answers = async (own) =>
    fetch(`http://127.0.0.1:${own}/healthz`).then((reply) => reply.ok, () => false);
  for (const own of ports) await until(() => answers(own), "the service answers");

  const received = () => {
    const list = path.join(mails, "messages.jsonl");
    if (!existsSync(list)) return [];
    const lines = readFileSync(list, "utf8").trim().split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  };
  /** The text of the newest mail to an address whose subject or text holds `words`. */
  const mailTo = (address, words) =>
    until(() => {
      const fitting = received().filter((one) => one.envelope_to.includes(address)).reverse();
      return fitting.map((one) => decode(path.resolve(mails, one.file))).find((text) => text.includes(words));
    }, `a mail to ${address} with “${words}”`);
  const stop = async () => {
    for (const { child } of serving) child.kill("SIGTERM");
    const codes = await Promise.all(
      serving.map(({ child }) => (child.exitCode === null ? new Promise((resolve) => child.once("exit", resolve)) : child.exitCode)),
    );
    proxy?.close();
    sink.stdin.end();
    const log = serving.map((one) => one.log()).join("");
    rmSync(folder, { recursive: true, force: true });
    return { codes, log };
  };
  return { origin, folder, run, received, mailTo, stop, environment };
}

/** A proxy on `port` that sends each request to the other of the nodes. */
async function alternate(ports, port) {
  let turn = 0;
  const server = createServer((request, response) => {
    const to = ports[(turn += 1) % ports.length];
    const options = { host: "127.0.0.1", port: to, method: request.method, path: request.url, headers: request.headers };
    const onward = httpRequest(options, (reply) => {
      response.writeHead(reply.statusCode, reply.rawHeaders);
      reply.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

/** All text of a mail, decoded by Python's library. */
function decode(file) {
  const program =
    "import sys,email,email.policy;m=email.message_from_bytes(open(sys.argv[1],'rb').read(),policy=email.policy.default);" +
    "print(m['subject']);[print(p.get_content()) for p in m.walk() if p.get_content_type()=='text/plain']";
  return spawnSync(PYTHON, ["-c", program, file], { encoding: "utf8" }).stdout;
}

/** The six digits that an authenticator app shows now (RFC 6238) for a secret in base32. */
export function totp(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s|=/g, "").toUpperCase()]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", bytes).update(counter).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A picture to upload: a small PNG. */
export function picture(folder) {
  const file = path.join(folder, "brunnen.png");
  const source = path.join(ROOT, "src/cli/demo/content/pictures/fountain.png");
  writeFileSync(file, readFileSync(source));
  return file;
}
