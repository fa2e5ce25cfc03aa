// Chromium for tests: pages that may not talk to strangers, and what every page is asked.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const LANGUAGES = ["de", "en", "fr", "nl"];
const SCREENSHOTS = path.join(ROOT, "target/screenshots");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts Chromium: Debian's, or the one named by CHROMIUM; with further arguments, if given. */
export async function launch(...further) {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
  const executablePath = places.find((place) => place && existsSync(place));
  assert.ok(executablePath, "Chromium is missing: install the package chromium, or set CHROMIUM");
  return chromium.launch({
    executablePath,
    // Chromium refuses its sandbox to root; the rest keeps it from calling home.
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...further,
    ],
  });
}

/**
 * Opens a page that may only talk to one origin. Whatever else it asks for is refused and noted;
 * `strangers()` fails when there was anything.
 *
 * `images: false` refuses images, as many mail programs do; those are not noted.
 */
export async function open(browser, origin, { images = true, ...options } = {}) {
  const context = await browser.newContext({ locale: "de-DE", ...options });
  context.setDefaultTimeout(10_000);
  const asked = [];
  const failures = [];
  await context.route("**/*", (route) => {
    const request = route.request();
    const own = new URL(request.url()).origin === origin || request.url().startsWith("data:");
    if (!images && request.resourceType() === "image") return route.abort();
    if (own) return route.continue();
    asked.push(request.url());
    return route.abort();
  });
  context.on("weberror", (error) => failures.push(String(error.error())));
  context.on("console", (message) => {
    // Refused images of mails are what we wanted; a refused script or style is a fault of the page.
    // A form that comes back with errors is sent as 422, which Chromium notes too.
    const expected = ["net::ERR_FAILED", "status of 422"];
    if (message.type() === "error" && !expected.some((one) => message.text().includes(one))) {
      failures.push(message.text());
    }
  });
  const page = await context.newPage();
  return {
    page,
    context,
    strangers: () => assert.deepEqual(asked, [], "the page asked other hosts"),
    faults: () => assert.deepEqual(failures, [], "the browser complained"),
    close: () => context.close(),
  };
}

/** No violation of WCAG 2.2 AA or of good practice (landmarks, headings) that a machine can find. */
export async function accessible(page, what) {
  await page.evaluate(AXE);
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const violations = await page.evaluate(async (runOnly) => {
    const result = await globalThis.axe.run(document, {
      runOnly,
      // The frame of the mailbox shows a mail, which is looked at by itself.
      iframes: false,
    });
    return result.violations.map(
      (one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`,
    );
  }, rules);
  assert.deepEqual(violations, [], what);
}

/** The page can be read without scrolling sideways (WCAG 1.4.10). */
export async function fits(page, what) {
  const { wide, seen, culprits } = await page.evaluate(() => {
    const seen = document.documentElement.clientWidth;
    const inScroller = (element) => {
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    const culprits = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > seen + 1 && !inScroller(element))
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 120));
    return { wide: document.documentElement.scrollWidth, seen, culprits };
  });
  assert.ok(wide <= seen, `${what}: ${wide} px wide in ${seen} px: ${culprits.join(" | ")}`);
}

/** What a finger must hit is at least 24 by 24 px, except links in running text (WCAG 2.5.8). */
export async function largeEnough(page, what) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, input:not([type=hidden]), select, nav a")]
      .map((element) => (element.matches("label input") ? element.closest("label") : element))
      .filter((element) => element.checkVisibility?.() && !element.closest("[aria-hidden=true]"))
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && (width < 24 || height < 24);
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(small, [], `${what}: too small to hit`);
}

export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
