// What the script of the editor does: nothing that was typed is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { picture, startInstallation, until } from "./newsroom.mjs";
import { Person } from "./week.mjs";

const LIMIT = { timeout: 120_000 };
const PEOPLE = { "jana.kern@musterstadt.example": "Jana Kern", "erika.beispiel@musterstadt.example": "Erika Beispiel" };
const [JANA, ERIKA] = Object.keys(PEOPLE);
const PASSWORD = "Birnbaum Ziegel Kompass";
let browser;
let installation;

before(async () => {
  browser = await launch();
  installation = await startInstallation();
  for (const [address, name] of Object.entries(PEOPLE)) {
    installation.run(["user", "add", address, "--name", name, "--role", "editor", "--password-stdin"], PASSWORD);
  }
}, LIMIT);

after(async () => {
  await browser?.close();
  await installation?.stop();
});

/** Somebody at the form of a news item, and the requests that keep what they type. */
async function writer(address = JANA, options) {
  const person = await Person.open(browser, installation, options);
  await person.logIn(address);
  const kept = [];
  person.page.on("request", (request) => {
    if (request.method() === "POST" && request.postData()?.endsWith("do=keep")) kept.push(Date.now());
  });
  return { person, page: person.page, kept };
}

/** The editor of a news item that was written and saved just now. */
async function saved(person, title) {
  await person.go("/newsroom/entries/new?kind=news");
  await person.page.fill("[name=title-de]", title);
  await person.press(/^(Als Entwurf speichern|Speichern)$/);
  await person.sees("Gespeichert.");
  return new URL(person.page.url()).pathname;
}

test("who types and leaves at once is offered the text again", LIMIT, async () => {
  const { person, page } = await writer();
  // Playwright loses a request that it holds back while its page goes.
  await page.context().unrouteAll();
  await person.go("/newsroom/entries/new?kind=news");
  await page.fill("[name=title-de]", "Sofort weggeklickt");
  await page.locator("nav.areas").getByRole("link", { name: "Beiträge" }).click();
  await page.waitForURL("**/newsroom/entries");
  // The browser sends it beside the next page: it may come a moment later.
  await until(async () => {
    await person.go("/newsroom/entries/new?kind=news");
    return (await person.text()).includes("Sofort weggeklickt");
  }, "the text is offered", 10_000);
  await person.press("Daran weiterschreiben", { role: "link" });
  assert.equal(await page.inputValue("[name=title-de]"), "Sofort weggeklickt");
  person.visit.faults();
  await person.visit.close();
});

test("who types without a pause is kept every ten seconds", LIMIT, async () => {
  const { person, page, kept } = await writer();
  await person.go("/newsroom/entries/new?kind=news");
  const began = Date.now();
  await page.focus("[name=title-de]");
  while (kept.length === 0 && Date.now() - began < 15_000) await page.keyboard.press("a", { delay: 300 });
  assert.ok(kept.length > 0, "nothing was kept");
  assert.ok(kept[0] - began < 12_000, `only after ${kept[0] - began} ms`);
  await person.visit.close();
});

test("what is saved is not offered again", LIMIT, async () => {
  const { person, page } = await writer();
  const path = await saved(person, "Einmal gespeichert");
  await page.fill("[name=teaser-de]", "Dazu ein Anriss.");
  await person.press(/^(Als Entwurf speichern|Speichern)$/);
  await person.sees("Gespeichert.");
  await person.go(path);
  for (const at of [path, "/newsroom/entries/new?kind=news"]) {
    await person.go(at);
    assert.ok(!(await person.text()).includes("„Einmal gespeichert“ geschrieben"), await person.text());
  }
  await person.visit.close();
});

test("who came first is told who opens the entry too", LIMIT, async () => {
  const { person: jana, page } = await writer(JANA);
  const path = await saved(jana, "Von zweien geöffnet");
  const { person: erika, page: hers } = await writer(ERIKA);
  await erika.go(path);
  await hers.getByText("Jana Kern hat diesen Beitrag gerade auch geöffnet.").waitFor();
  await page.fill("[name=teaser-de]", "Ein Anriss.");
  await page.getByText("Erika Beispiel hat diesen Beitrag gerade auch geöffnet.").waitFor();
  for (const person of [jana, erika]) {
    person.visit.faults();
    await person.visit.close();
  }
});

test("a picture is not sent without a description", LIMIT, async () => {
  const { person, page } = await writer();
  await saved(person, "Mit Bild");
  await person.press("Bild hinzufügen", { role: "link" });
  await page.setInputFiles("input[name=file]", picture(installation.folder));
  await person.press("Bild speichern");
  assert.equal(await page.locator("input[name=file]").evaluate((field) => field.files.length), 1, "the file stays chosen");
  await page.getByLabel(/schmückt nur/).check();
  await person.press("Bild speichern");
  await person.sees("Gespeichert.");
  person.visit.faults();
  await person.visit.close();
});

test("without script the preview is where the page opens", LIMIT, async () => {
  const { person, page } = await writer(JANA, { javaScriptEnabled: false });
  await person.go("/newsroom/entries/new?kind=event");
  await page.fill("[name=title-de]", "Lange Nacht");
  await page.locator("details", { hasText: "English" }).locator("summary").click();
  await page.fill("[name=title-en]", "Long night");
  await person.press("Vorschau");
  await page.waitForURL("**#preview");
  await person.sees("Long night");
  await person.visit.close();
});
