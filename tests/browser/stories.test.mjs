// What a citizen does, in a browser, with the demo and its mailbox.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, accessible, fits, largeEnough, launch, open, screenshot } from "./browser.mjs";
import {
  followInMail,
  newAddress,
  openMail,
  startDemo,
  subscribe,
  subscribeAndConfirm,
} from "./demo.mjs";

const LIMIT = { timeout: 180_000 };
let browser;
let demo;

before(async () => {
  browser = await launch();
  demo = await startDemo();
}, LIMIT);

after(async () => {
  await browser?.close();
  assert.equal(await demo?.stop(), 0, "the demo ends in good order when asked to");
}, LIMIT);

/** A story: its page is closed, and must not have talked to strangers, whatever happens. */
function story(name, tell, options) {
  test(name, LIMIT, async () => {
    const visit = await open(browser, demo.origin, options);
    try {
      await tell(visit.page, visit);
      visit.strangers();
      visit.faults();
    } finally {
      await visit.close();
    }
  });
}

story("a citizen subscribes, confirms, and is told so", async (page) => {
  const address = newAddress();
  await subscribe(page, demo.origin, address);
  assert.match(page.url(), /\/subscribe\/sent/);
  await screenshot(page, "story-sent");
  await openMail(page, demo.origin, address);
  await screenshot(page, "story-mailbox-confirmation");

  const confirmation = await followInMail(page, "/confirm/");
  const asked = await confirmation.textContent("main");
  assert.ok(!asked.includes(address), "the page shows the address masked only");
  await screenshot(confirmation, "story-confirm");
  // Mail scanners open links: looking at the page confirms nothing, so a second look is the same.
  await confirmation.reload();
  assert.equal(await confirmation.textContent("main"), asked);

  await confirmation.click("main form button[type=submit]");
  await confirmation.waitForLoadState();
  await accessible(confirmation, "confirmed");
  await screenshot(confirmation, "story-confirmed");
  assert.equal(await confirmation.locator("form button[type=submit]").count(), 0);
});

for (const [width, language] of [
  [1280, "de"],
  [360, "de"],
  [360, "fr"],
]) {
  story(
    `a reader who signs up again decides what applies, ${language} at ${width} px`,
    async (page) => {
      const address = newAddress();
      await subscribeAndConfirm(page, demo.origin, address, "nl");
      const topic = page.locator("input[name=topic]");
      await page.goto(`${demo.origin}/subscribe?lang=${language}`);
      await page.fill("input[name=address]", address);
      const newsletters = page.locator("input[name=newsletter]");
      if (await newsletters.count()) await newsletters.first().check();
      await topic.nth(1).check();
      await page.click("form#subscribe button[type=submit]");
      await openMail(page, demo.origin, address, { newerThan: 1 });
      const confirmation = await followInMail(page, "/confirm/");
      await confirmation.setViewportSize({ width, height: 800 });
      // What is chosen beforehand loses nothing.
      const chosen = confirmation.locator("input[type=radio]:checked");
      assert.deepEqual(await chosen.evaluateAll((all) => all.map((one) => one.value)), [
        "both",
        "present",
      ]);
      assert.equal(await confirmation.getAttribute("html", "lang"), language);
      await accessible(confirmation, "decide");
      await fits(confirmation, `decide at ${width} px`);
      await largeEnough(confirmation, "decide");
      await screenshot(confirmation, `story-decide-${language}-${width}`);
      const topics = await confirmation.locator("label:has(input[value=both]) .detail").innerText();
      assert.equal(topics.split(", ").length, 2);
      await confirmation.click("main form button[type=submit]");
      await confirmation.waitForLoadState();
      assert.ok((await confirmation.textContent("main")).includes(topics));
      await accessible(confirmation, "decided");
      await screenshot(confirmation, `story-decided-${language}-${width}`);
    },
  );
}

story("a form with errors comes back as it was filled in", async (page) => {
  await subscribe(page, demo.origin, "erika(at)example.org");
  assert.equal(await page.inputValue("input[name=address]"), "erika(at)example.org");
  assert.ok(await page.locator("input[name=topic]").first().isChecked());
  const field = page.locator("input[name=address]");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const described = (await field.getAttribute("aria-describedby")).split(" ");
  assert.ok(described.includes("address-error"));
  assert.ok(await page.locator("#address-error").isVisible());
  // The summary leads to the field.
  await page.locator("[role=alert] a").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "address");
  await accessible(page, "form with errors");
  await screenshot(page, "story-form-errors");
});

story("a reader changes topics and language by the link in a mail", async (page) => {
  const address = newAddress();
  await subscribeAndConfirm(page, demo.origin, address);
  // Whoever asks again gets a mail with the way to the preferences.
  await subscribe(page, demo.origin, address);
  await openMail(page, demo.origin, address, { newerThan: 1 });
  const preferences = await followInMail(page, "/preferences/");
  assert.ok(!(await preferences.textContent("main")).includes(address), "masked");
  const topics = preferences.locator("input[name=topic]");
  assert.ok(await topics.first().isChecked());
  await topics.nth(1).check();
  await preferences.locator("input[name=language][value=fr]").check();
  await preferences.click("form#preferences button[type=submit]");
  await preferences.waitForLoadState();
  await preferences.reload();
  assert.ok(await preferences.locator("input[name=topic]").nth(1).isChecked());
  assert.ok(await preferences.locator("input[name=language][value=fr]").isChecked());
  await accessible(preferences, "preferences");
  await fits(preferences, "preferences");
  await screenshot(preferences, "story-preferences");
});

story("a reader leaves by the page with one button", async (page) => {
  // The sample subscribers got an issue; its unsubscribe link stands in the mail.
  await page.goto(`${demo.origin}/mailbox`);
  const mails = page.locator("ul.mails li a.subject");
  const links = await mails.evaluateAll((all) => all.map((one) => one.href));
  let leave;
  for (const link of links) {
    await page.goto(link);
    const frame = page.frameLocator("iframe.mail");
    await frame.locator("body").waitFor();
    if (await frame.locator('a[href*="/unsubscribe/"]').count()) {
      leave = await followInMail(page, "/unsubscribe/");
      break;
    }
  }
  assert.ok(leave, "an issue is in the mailbox");
  await screenshot(leave, "story-unsubscribe");
  await accessible(leave, "unsubscribe");
  const url = leave.url();
  await leave.click("main form button[type=submit]");
  await leave.waitForLoadState();
  await accessible(leave, "unsubscribed");
  await screenshot(leave, "story-unsubscribed");
  // Twice does no harm.
  const again = await leave.request.post(url, { form: { "List-Unsubscribe": "One-Click" } });
  assert.equal(again.status(), 200);
});

story("everything works with the keyboard alone, and shows where it is", async (page) => {
  const address = newAddress();
  await page.goto(`${demo.origin}/subscribe?lang=de`);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href") ?? "");
  assert.ok(first.startsWith("#"), "the first stop skips to the content");
  await tabTo(page, "input[name=address]");
  await page.keyboard.type(address);
  if (await page.locator("input[name=newsletter]").count()) {
    await tabTo(page, "input[name=newsletter]");
    await page.keyboard.press("Space");
  }
  await tabTo(page, "input[name=topic]");
  await page.keyboard.press("Space");
  await tabTo(page, "form#subscribe button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/subscribe\/sent/);
});

story(
  "everything works without JavaScript",
  async (page) => {
    const confirmed = await subscribeAndConfirm(page, demo.origin, newAddress());
    assert.equal(await confirmed.locator("form button[type=submit]").count(), 0);
  },
  { javaScriptEnabled: false },
);

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"]) {
    story(
      `public pages in ${language}, ${colorScheme}: accessible and readable on any screen`,
      async (page) => {
        for (const place of ["subscribe", "subscribe/sent", "imprint", "privacy", "accessibility"]) {
          const what = `${place} ${language} ${colorScheme}`;
          const answer = await page.goto(`${demo.origin}/${place}?lang=${language}`);
          assert.equal(answer.status(), 200, what);
          assert.equal(await page.getAttribute("html", "lang"), language, what);
          for (const width of [320, 360, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            await fits(page, `${what} at ${width} px`);
            const name = `${place.replace("/", "-")}-${language}-${colorScheme}-${width}`;
            if (place === "subscribe" && width !== 320) await screenshot(page, name);
          }
          await accessible(page, what);
          await largeEnough(page, what);
        }
      },
      { colorScheme },
    );
  }
}

test("a page that does not exist says so in the reader's language", LIMIT, async () => {
  const visit = await open(browser, demo.origin, { locale: "fr-FR" });
  const answer = await visit.page.goto(`${demo.origin}/nothing-here`);
  assert.equal(answer.status(), 404);
  assert.equal(await visit.page.getAttribute("html", "lang"), "fr");
  await accessible(visit.page, "404");
  visit.strangers();
  await visit.close();
});

/** Presses Tab until the element has the focus; each stop on the way must be visible. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 80; presses += 1) {
    const { there, marked, what } = await page.evaluate((wanted) => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      return {
        there: at.matches(wanted),
        marked: at === document.body || outlined || style.boxShadow !== "none",
        what: at.outerHTML.slice(0, 120),
      };
    }, selector);
    assert.ok(marked, `the focus cannot be seen on ${what}`);
    if (there) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${selector} cannot be reached with the Tab key`);
}
