// What mail programs make of every mail, by the data of caniemail.com: nothing they lack may change
// what a mail says. Each feature that a program lacks or knows in part stands here with the reason why
// that does no harm; any other fails.
//
// The samples are written by `rundbrief templates render target/samples`.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { caniemail } from "caniemail";
import { LANGUAGES, ROOT } from "./browser.mjs";

const SAMPLES = process.env.SAMPLES ?? path.join(ROOT, "target/samples");

// Of GMX, WEB.DE and Thunderbird caniemail knows enough on these systems only.
const PROGRAMS = [
  "gmail.desktop-webmail",
  "gmail.ios",
  "gmail.android",
  "gmail.mobile-webmail",
  "outlook.windows",
  "gmx.desktop-webmail",
  "web-de.desktop-webmail",
  "apple-mail.macos",
  "apple-mail.ios",
  "thunderbird.macos",
];

const LOOKS = "the mail looks plainer and says the same";
const BY_ITSELF = "the words say it by themselves; only screen readers of other programs get more";
const LIGHT = "the mail stays light, or the program inverts it by itself";
/** What some programs do not know at all. */
const MISSING = {
  "<style> element": "every style that is needed stands on its element",
  "@media": "pictures wrap above their texts without it, and the dark scheme is left out",
  "color-scheme CSS property": LIGHT,
  "color-scheme meta tag": LIGHT,
  "border-radius": LOOKS,
  "white-space": "a telephone number may be broken",
  "word-break": "a very long word makes the mail wider",
  "max-height property": "the preheader is hidden by mso-hide too",
  overflow: "the preheader is hidden by mso-hide too",
  "display:none": "the preheader is hidden by max-height and overflow too",
  "dir attribute": "all our languages are written from left to right, as is the default",
  "lang attribute": BY_ITSELF,
  "role attribute": BY_ITSELF,
  "aria-label attribute": BY_ITSELF,
  "aria-hidden attribute": "blank characters are read as nothing",
  "Local anchors": "the contents say what there is, and scrolling leads there",
};
/** What some programs know in part; we use what they know. */
const PARTLY = {
  "<style> element": "only in the head, below 16 KB",
  "<body> element": "becomes a div; language and ground stand on the element inside",
  "<img> element": "everything but alternative texts in another style",
  "<ul>, <ol> and <dl>": "lists inside whole texts keep their marks",
  "@media": "no height is asked for",
  "dir attribute": "left to right is the default",
  "width attribute": "only on tables, cells and pictures",
  "height attribute": "only on pictures",
  "width property": "pictures have the attribute too",
  "height property": "pictures have the attribute too",
  "max-width": "Outlook gets a table of fixed width instead; iOS shows its tables as wide as the screen",
  "display:none": "the preheader is hidden in two more ways",
  "font-size": "in pixels only",
  "font-weight": "bold only",
  "line-height": LOOKS,
  "text-align": "centred only",
  "text-decoration": "none only; a title that is underlined is still a title",
  "white-space": "nowrap only",
  "word-break": "in one form or another",
  background: "one colour only",
  border: "one solid line on cells",
  display: "inline-block and block only; Outlook gets two cells instead",
  margin: "no negative values; paragraphs keep theirs in Outlook",
  overflow: "hidden only, for the preheader",
  padding: "on cells and paragraphs",
};

test("no mail needs what a mail program lacks", () => {
  assert.ok(existsSync(SAMPLES), "no samples: run rundbrief templates render target/samples");
  const found = new Set();
  for (const language of LANGUAGES) {
    const folder = path.join(SAMPLES, language);
    const mails = readdirSync(folder).filter(
      // A hundred items are no other than three.
      (name) => name.startsWith("mail-") && name.endsWith(".html") && !name.includes("-many-"),
    );
    assert.notEqual(mails.length, 0, `no mails in ${language}`);
    for (const name of mails) {
      const html = readFileSync(path.join(folder, name), "utf8");
      const { issues } = caniemail({ clients: PROGRAMS, html });
      for (const [list, allowed] of [
        [issues.errors, MISSING],
        [issues.warnings, PARTLY],
      ]) {
        const kind = allowed === MISSING ? "lacks" : "knows in part";
        for (const [program, features] of list) {
          for (const { title } of features) {
            if (!(title in allowed)) found.add(`${name}: ${program} ${kind} ${title}`);
          }
        }
      }
    }
  }
  assert.deepEqual([...found], []);
});
