// Takes pictures of the demo's issue as readers see it: four languages, two widths, light, dark and
// without images. scripts/screenshots runs it.
//
//     node tests/browser/mail-pictures.mjs FOLDER

import { mkdirSync } from "node:fs";
import path from "node:path";
import { LANGUAGES, launch, open } from "./browser.mjs";
import { startDemo } from "./demo.mjs";

const WIDTHS = [640, 360];
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "no-images": { colorScheme: "light", images: false },
};

/** The addresses of the longest issue in each language, among all mails of the mailbox. */
async function longestIssues(page, origin) {
  await page.goto(`${origin}/mailbox`);
  const links = await page
    .locator("ul.mails li a.subject")
    .evaluateAll((all) => all.map((one) => one.href));
  const longest = new Map();
  for (const link of links) {
    const url = `${link.split("?")[0]}/html`;
    const html = await (await page.request.get(url)).text();
    const language = html.match(/<html lang="(\w+)"/)?.[1];
    const found = longest.get(language);
    if (html.includes("/unsubscribe/") && html.length > (found?.bytes ?? 0)) {
      longest.set(language, { url, bytes: Buffer.byteLength(html) });
    }
  }
  return longest;
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/browser/mail-pictures.mjs FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await launch();
try {
  const mailbox = await open(browser, demo.origin);
  const issues = await longestIssues(mailbox.page, demo.origin);
  await mailbox.close();
  for (const language of LANGUAGES) {
    const issue = issues.get(language);
    if (!issue) throw new Error(`the mailbox holds no issue in ${language}`);
    for (const [look, options] of Object.entries(LOOKS)) {
      const visit = await open(browser, demo.origin, options);
      await visit.page.goto(issue.url);
      for (const width of WIDTHS) {
        await visit.page.setViewportSize({ width, height: 800 });
        const file = path.join(folder, `mail-${language}-${width}-${look}.png`);
        await visit.page.screenshot({ path: file, fullPage: true });
        // The beginning alone, for the README.
        const top = file.replace(".png", "-top.png");
        await visit.page.screenshot({ path: top, clip: { x: 0, y: 0, width, height: 1200 }, fullPage: true });
        const height = await visit.page.evaluate(() => document.documentElement.scrollHeight);
        console.log(`${file}: ${height} px high, ${issue.bytes} bytes of HTML`);
      }
      visit.strangers();
      await visit.close();
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}
