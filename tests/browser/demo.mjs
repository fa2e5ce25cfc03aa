// The demo as a visitor starts it, and its mailbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./browser.mjs";

/** Starts `rundbrief demo` on a free port. Answers its origin and how to stop it. */
export async function startDemo() {
  const command = path.join(ROOT, "target/debug/rundbrief");
  const child = spawn(command, ["demo", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (data) => (log += data));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`the demo ended with ${code}: ${log}`)));
    setTimeout(() => reject(new Error(`no address within 60 seconds: ${log}`)), 60_000).unref();
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 35_000);
    const code = await ended;
    clearTimeout(late);
    return code;
  };
  try {
    return { origin: await address, stop };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

let visitors = 0;
/** An address nobody used before. */
export function newAddress() {
  visitors += 1;
  return `visitor.${process.pid}.${visitors}@example.org`;
}

/** Opens the newest mail to an address in the mailbox, waiting for it if need be. */
export async function openMail(page, origin, address, { newerThan = 0 } = {}) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await page.goto(`${origin}/mailbox`);
    const mails = page.locator("ul.mails li").filter({ hasText: address });
    if ((await mails.count()) > newerThan) {
      await mails.first().locator("a.subject").click();
      return;
    }
    await page.waitForTimeout(500);
  }
  assert.fail(`no mail to ${address} arrived within 30 seconds`);
}

/** Follows the first link of the shown mail whose address holds `part`, as a reader would. */
export async function followInMail(page, part) {
  // A link that was followed before has left another tab in front, and Chromium takes no click in a
  // frame of one that lies behind.
  await page.bringToFront();
  const link = page.frameLocator("iframe.mail").locator(`a[href*="${part}"]`).first();
  const [opened] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await opened.waitForLoadState();
  return opened;
}

/** Fills in the form for an address with the first topic of the first newsletter, and sends it. */
export async function subscribe(page, origin, address, language = "de") {
  await page.goto(`${origin}/subscribe?lang=${language}`);
  await page.fill("input[name=address]", address);
  const newsletters = page.locator("input[name=newsletter]");
  if (await newsletters.count()) await newsletters.first().check();
  await page.locator("input[name=topic]").first().check();
  await page.click("form#subscribe button[type=submit]");
}

/** Subscribes and confirms; answers the page that says so. */
export async function subscribeAndConfirm(page, origin, address, language = "de") {
  await subscribe(page, origin, address, language);
  await openMail(page, origin, address);
  const confirmation = await followInMail(page, "/confirm/");
  await confirmation.click("main form button[type=submit]");
  await confirmation.waitForLoadState();
  return confirmation;
}
