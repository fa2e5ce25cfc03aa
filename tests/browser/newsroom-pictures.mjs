// Takes pictures of the newsroom's pages in the demo, as an approver and as an editor see them:
// at two widths, light and dark. scripts/screenshots runs it.
//
//     node tests/browser/newsroom-pictures.mjs FOLDER

import { mkdirSync } from "node:fs";
import path from "node:path";
import { launch, open } from "./browser.mjs";
import { startDemo } from "./demo.mjs";

const WIDTHS = [1280, 360];
const LOOKS = ["light", "dark"];
/** How many mails must have gone out before the page of sending has something to show. */
const SENT = 30;

/** Logs in by the door of the demo, as the first person whose role has this name in German. */
async function logIn(page, origin, role) {
  await page.goto(`${origin}/newsroom/demo?lang=de`);
  const person = page.locator("ul.rows li").filter({ has: page.locator("p.muted", { hasText: role }) });
  await person.getByRole("button").first().click();
  await page.waitForURL(`${origin}/newsroom*`);
}

/** The address of the first link of a page that fits, without its query. */
async function firstLink(page, origin, from, pattern) {
  await page.goto(`${origin}${from}`);
  const links = await page.locator("main a").evaluateAll((all) => all.map((one) => one.pathname));
  const found = links.find((link) => pattern.test(link));
  if (!found) throw new Error(`${from} has no link like ${pattern}`);
  return found;
}

/** The paths of the pages, by name. */
async function pages(page, origin) {
  const numbered = /^\/newsroom\/issues\/[\w-]+\/\d+$/;
  await page.goto(`${origin}/newsroom/issues`);
  const all = await page.locator("main a").evaluateAll((links) => links.map((one) => one.pathname));
  const known = [...new Set(all.filter((link) => numbered.test(link)))];
  const waiting = known.find((link) => link.includes("/work/"));
  const sending = known.find((link) => link.includes("/culture/"));
  if (!waiting || !sending) throw new Error(`the list of issues has only ${known}`);
  const entry = await firstLink(page, origin, "/newsroom/entries?words=Trinkwasserbrunnen", /^\/newsroom\/entries\/[0-9a-f-]{36}$/);
  return {
    start: "/newsroom",
    issue: waiting,
    approve: `${waiting}/approve`,
    entry: `${entry}/edit`,
    entries: "/newsroom/entries",
    issues: "/newsroom/issues",
    calendar: "/newsroom/calendar",
    checks: `${waiting}/checks`,
    "entry-page": entry,
    sending: `${sending}/sending`,
  };
}

/** Waits until so many mails of the issue that is being sent have gone out. */
async function untilSent(page, url) {
  for (let attempt = 0; attempt < 180; attempt += 1) {
    await page.goto(url);
    const sent = Number((await page.locator("main h2").first().innerText()).match(/^\d+/)?.[0] ?? 0);
    if (sent >= SENT) return;
    await page.waitForTimeout(1_000);
  }
  throw new Error(`${SENT} mails have not gone out within three minutes`);
}

/** One picture, of the whole page unless it is the beginning that is wanted. */
async function take(page, file, fullPage) {
  await page.screenshot({ path: file, fullPage, animations: "disabled" });
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/browser/newsroom-pictures.mjs FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
// Fields for dates and times are shown in the language of the browser.
const browser = await launch("--lang=de-DE");
try {
  for (const colorScheme of LOOKS) {
    const visit = await open(browser, demo.origin, { colorScheme });
    const { page } = visit;
    await logIn(page, demo.origin, "Freigabe");
    const found = await pages(page, demo.origin);
    for (const [name, at] of Object.entries(found)) {
      if (name === "entry") await logIn(page, demo.origin, "Redaktion");
      if (name === "sending") await untilSent(page, `${demo.origin}${at}`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 860 });
        const reply = await page.goto(`${demo.origin}${at}`);
        if (!reply.ok()) throw new Error(`${at} answers ${reply.status()}`);
        const file = path.join(folder, `newsroom-${name}-${width}-${colorScheme}`);
        await take(page, `${file}.png`, true);
        // The beginning alone, for the README.
        await take(page, `${file}-top.png`, false);
      }
    }
    visit.strangers();
    visit.faults();
    await visit.close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
