// Every page and every mail, rendered from its samples in every language: correct HTML, accessible,
// readable on small screens, in the dark, and (mails) without images.
//
// The samples are written by `rundbrief templates render target/samples`.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { LANGUAGES, ROOT, accessible, fits, largeEnough, launch, open, screenshot } from "./browser.mjs";

const SAMPLES = process.env.SAMPLES ?? path.join(ROOT, "target/samples");
const LIMIT = { timeout: 300_000 };
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

// What maud writes is HTML too, and names of newsletters may be long.
const ALWAYS_OFF = {
  "void-style": "off",
  "attr-quotes": "off",
  "no-trailing-whitespace": "off",
  "long-title": "off",
  "tel-non-breaking": "off",
  // Roles are repeated on purpose where a style takes a list's or table's meaning away.
  "no-redundant-role": "off",
  "prefer-native-element": "off",
};
const pageRules = new HtmlValidate({ extends: ["html-validate:standard"], rules: ALWAYS_OFF });
// Mail is styled in the elements and laid out in tables, for programs that know nothing else.
const mailRules = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    ...ALWAYS_OFF,
    "no-inline-style": "off",
    "no-style-tag": "off",
    "no-deprecated-attr": "off",
    "no-conditional-comment": "off",
    "attribute-allowed-values": "off",
  },
});

let browser;
let server;
let origin;

before(async () => {
  assert.ok(existsSync(SAMPLES), "no samples: run rundbrief templates render target/samples");
  server = createServer((request, response) => {
    const name = path.normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = path.join(SAMPLES, name);
    if (!file.startsWith(SAMPLES) || !existsSync(file) || !path.extname(file)) {
      // What a sample links to (a logo of its office, say) is not there.
      response.writeHead(name === "/favicon.ico" ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "text/plain" });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
}, LIMIT);

after(async () => {
  await browser?.close();
  server?.close();
});

/** The files of all pages, or of all mails; an empty list would test nothing. */
function names(language, mails) {
  const found = readdirSync(path.join(SAMPLES, language)).filter(
    (name) => name.endsWith(".html") && name.startsWith("mail-") === mails,
  );
  assert.notEqual(found.length, 0, `no ${mails ? "mails" : "pages"} in ${language}`);
  return found;
}

for (const language of LANGUAGES) {
  test(`pages in ${language} are correct HTML`, LIMIT, () => {
    for (const name of names(language, false)) valid(pageRules, language, name);
  });
  test(`mails in ${language} are correct HTML`, LIMIT, () => {
    for (const name of names(language, true)) valid(mailRules, language, name);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`pages in ${language}, ${colorScheme}`, LIMIT, async () => {
      const visit = await open(browser, origin, { colorScheme });
      for (const name of names(language, false)) {
        const what = `${language}/${name} ${colorScheme}`;
        // The newsroom's colours are the same in every language.
        const newsroom = name.startsWith("newsroom-");
        if (newsroom && language !== "de" && colorScheme === "dark") continue;
        await visit.page.goto(`${origin}/${language}/${name}`);
        assert.equal(await visit.page.getAttribute("html", "lang"), language, what);
        if (newsroom && language === "de") {
          await visit.page.setViewportSize({ width: 360, height: 800 });
          await accessible(visit.page, `${what} at 360 px`);
        }
        await visit.page.setViewportSize({ width: 320, height: 800 });
        await fits(visit.page, `${what} at 320 px`);
        await visit.page.setViewportSize({ width: 1280, height: 800 });
        await fits(visit.page, `${what} at 1280 px`);
        await accessible(visit.page, what);
        await largeEnough(visit.page, what);
        if (language === "de") await screenshot(visit.page, `page-${name}-${colorScheme}`);
      }
      visit.strangers();
      await visit.close();
    });

    test(`mails in ${language}, ${colorScheme}, images off`, LIMIT, async () => {
      const visit = await open(browser, origin, { colorScheme, images: false });
      for (const name of names(language, true)) {
        const what = `${language}/${name} ${colorScheme}`;
        await visit.page.goto(`${origin}/${language}/${name}`);
        assert.equal(await visit.page.getAttribute("html", "lang"), language, what);
        for (const width of [600, 360, 320]) {
          await visit.page.setViewportSize({ width, height: 800 });
          await fits(visit.page, `${what} at ${width} px`);
          if (width !== 320 && (language === "de" || name.includes("issue"))) {
            await screenshot(visit.page, `${name}-${language}-${colorScheme}-${width}`);
          }
        }
        await accessible(visit.page, what);
      }
      visit.strangers();
      await visit.close();
    });
  }
}

function valid(rules, language, name) {
  const report = rules.validateFileSync(path.join(SAMPLES, language, name));
  const found = report.results.flatMap((result) =>
    result.messages.map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`),
  );
  assert.deepEqual(found.slice(0, 8), [], `${language}/${name}`);
}
