// The notice that a session is about to end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { startInstallation } from "./newsroom.mjs";

const LIMIT = { timeout: 120_000 };
const ADDRESS = "kim.muster@musterstadt.example";
const PASSWORD = "Birnbaum Ziegel Kompass";
let browser;
let installation;

before(async () => {
  browser = await launch();
  // The shortest there is: the notice, five minutes before the end, comes at once.
  installation = await startInstallation({ settings: { RUNDBRIEF__NEWSROOM__IDLE: "5m" } });
  const user = ["user", "add", ADDRESS, "--name", "Kim Muster", "--role", "editor", "--password-stdin"];
  installation.run(user, PASSWORD);
}, LIMIT);

after(async () => {
  await browser?.close();
  await installation?.stop();
});

test("whoever stays logged in is asked again later", LIMIT, async () => {
  const visit = await open(browser, installation.origin);
  const { page } = visit;
  await page.goto(`${installation.origin}/newsroom/login`);
  await page.locator("#email").fill(ADDRESS);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("main button[type=submit]").click();
  const note = page.locator(".floating[role=alert]");
  await note.waitFor();
  const first = await note.elementHandle();
  await note.getByRole("button").click();
  await page.waitForFunction((gone) => !gone.isConnected, first);
  await note.waitFor();
  assert.equal(await note.count(), 1, "one notice at a time");
  visit.faults();
  visit.strangers();
  await visit.close();
});
