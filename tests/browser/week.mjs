// The week of a communications team, step by step: what the stories in week.test.mjs tell, with and
// without script, on one node and on two.

import assert from "node:assert/strict";
import { accessible, fits, largeEnough, open, screenshot } from "./browser.mjs";
import { picture, startInstallation, totp, until } from "./newsroom.mjs";

const ADMINISTRATOR = "kim.muster@musterstadt.example";
const EDITOR = "jana.kern@musterstadt.example";
const APPROVER = "erika.beispiel@musterstadt.example";
const PASSWORD = "Birnbaum Ziegel Kompass";
const READERS = ["ada", "bo", "cem", "dora", "edo"].map((name) => `${name}@leserin.example`);

/** An installation with a newsletter under four eyes, five readers and an administrator. */
export async function prepare({ database, nodes } = {}) {
  const installation = await startInstallation({
    database,
    nodes,
    settings: {
      RUNDBRIEF__NEWSROOM__SECOND_FACTOR: "editor, approver",
      RUNDBRIEF__NEWSROOM__LINK_CHECK: "false",
      RUNDBRIEF__SUBSCRIBING__FILL_TIME: "0s",
    },
  });
  try {
    await fill(installation);
  } catch (error) {
    const { log } = await installation.stop();
    throw new Error(`${error.message}\n${log.slice(-2000)}`, { cause: error });
  }
  return installation;
}

async function fill(installation) {
  const { run } = installation;
  run(["topic", "add", "climate", "--name", "de=Klima und Umwelt", "--name", "en=Climate"]);
  run(["topic", "add", "culture", "--name", "de=Kultur", "--name", "en=Culture"]);
  run(
    "newsletter add region --name de=Region --description de=Neues --sender-name Musterstadt --sender-address rundbrief@musterstadt.example --topic climate --topic culture --approval four-eyes"
      .split(" "),
  );
  run(["user", "add", ADMINISTRATOR, "--name", "Kim Muster", "--role", "administrator", "--password-stdin"], PASSWORD);
  for (const [number, reader] of READERS.entries()) await signUp(installation, reader, number % 2 === 0);
}

/** Signs a reader up as a browser would: the form, the mail, the button. */
async function signUp({ origin, mailTo }, address, everything) {
  const page = await (await fetch(`${origin}/subscribe?lang=de`)).text();
  const stamp = page.match(/name="form" value="([^"]*)"/)[1];
  const fields = new URLSearchParams({ address, language: "de", form: stamp });
  fields.append("topic", "region.climate");
  if (everything) fields.append("topic", "region.culture");
  const sent = await fetch(`${origin}/subscribe`, { method: "POST", body: fields });
  assert.ok(sent.ok, `${address}: ${sent.status}`);
  const [link] = (await mailTo(address, "/confirm/")).match(/http:\S+\/confirm\/\S+/);
  const confirmed = await fetch(link, { method: "POST", body: new URLSearchParams() });
  assert.ok(confirmed.ok, `${address}: ${confirmed.status}`);
}

/** A person at a browser of their own, who logs in. */
export class Person {
  constructor(visit, installation, script) {
    Object.assign(this, { visit, page: visit.page, installation, origin: installation.origin, script, faults: [] });
  }

  static async open(browser, installation, options) {
    const visit = await open(browser, installation.origin, options);
    return new Person(visit, installation, options?.javaScriptEnabled !== false);
  }

  go(path) {
    return this.page.goto(`${this.origin}${path}`);
  }

  /** Presses a button or follows a link that is called so, and waits for the page behind it. */
  async press(name, { within = "main", role = "button" } = {}) {
    const found = this.page.locator(within).getByRole(role, { name });
    await found.first().click();
    await this.page.waitForLoadState();
  }

  async text() {
    return (await this.page.textContent("main")).replace(/\s+/g, " ");
  }

  async sees(words) {
    assert.ok((await this.text()).includes(words), `“${words}” at ${this.page.url()}: ${await this.text()}`);
  }

  /** What is asked of every page: accessible, readable on a phone, large enough to hit. */
  async looksWell(name) {
    for (const width of [1280, 360]) {
      await this.page.setViewportSize({ width, height: 900 });
      await this.note(fits(this.page, `${name} at ${width} px`));
      // axe is a script: where none runs, the same pages were looked at with script.
      if (this.script) await this.note(accessible(this.page, `${name} at ${width} px`));
      await this.note(largeEnough(this.page, name));
      if (this.script) await screenshot(this.page, `week-${name}-${width}`);
    }
    await this.page.setViewportSize({ width: 320, height: 900 });
    await this.note(fits(this.page, `${name} at 320 px`));
    await this.page.setViewportSize({ width: 1280, height: 900 });
  }

  /** Keeps what is wrong with how a page looks: the week goes on, and fails at its end. */
  async note(checked) {
    await checked.catch((error) => this.faults.push(error.message));
  }

  async logIn(email) {
    await this.go("/newsroom/login");
    await this.page.fill("input[name=email]", email);
    await this.page.fill("input[name=password]", PASSWORD);
    await this.press("Anmelden");
  }

  /** Follows the link of an invitation, sets a password and the second factor. */
  async acceptInvitation(email) {
    const mail = await this.installation.mailTo(email, "/newsroom/");
    await this.page.goto(mail.match(/http:\S+\/newsroom\/\S+/)[0]);
    await this.looksWell("invitation");
    await this.page.fill("input[name=password]", PASSWORD);
    await this.press(/Passwort speichern/);
    await this.sees("zweiten Faktor");
    await this.looksWell("second-factor");
    this.secret = (await this.page.textContent("main code")).trim();
    await this.page.fill("input[name=code]", totp(this.secret));
    await this.press("Einrichten");
    await this.sees("Notfallcodes");
    await this.press("Ich habe sie notiert", { role: "link" });
  }
}

/** The administrator invites an editor and an approver. */
export async function invite(person) {
  await person.logIn(ADMINISTRATOR);
  for (const [name, email, role] of [
    ["Jana Kern", EDITOR, "editor"],
    ["Erika Beispiel", APPROVER, "approver"],
  ]) {
    await person.go("/newsroom/users");
    await person.press("Person einladen", { role: "link" });
    await person.page.fill("input[name=name]", name);
    await person.page.fill("input[name=email]", email);
    await person.page.check(`input[name=role][value=${role}]`);
    await person.press("Einladung senden");
  }
  await person.go("/newsroom/users");
  await person.sees("Jana Kern");
  await person.looksWell("users");
  return { editor: EDITOR, approver: APPROVER };
}

/** A news item with a picture, and an event; both are published. */
export async function write(person) {
  const { page } = person;
  await person.go("/newsroom/entries/new?kind=news");
  await person.looksWell("editor-news");
  // Nothing is lost by a mistake: without a title the form comes back with the text.
  await page.locator('textarea[name="body-de"], textarea[name="body"]').first().fill("## Wo sie stehen\n\nAn **zwölf** Plätzen. [Zur Karte](https://www.musterstadt.example/brunnen)");
  await person.press("Als Entwurf speichern");
  await person.sees("Schreiben Sie eine Überschrift");
  const body = page.locator('textarea[name="body-de"], textarea[name="body"]').first();
  assert.match(await body.inputValue(), /zwölf/);
  await page.locator('[name="title-de"], [name=title]').first().fill("Neue Trinkwasserbrunnen");
  await page.locator('[name="teaser-de"], [name=teaser]').first().fill("Zwölf Plätze bekommen bis zum Sommer öffentliche Brunnen.");
  await page.getByLabel("Klima und Umwelt").check();
  await person.press("Als Entwurf speichern");
  await person.sees("Gespeichert");

  await person.press("Bild", { role: "link" });
  await page.setInputFiles("input[name=file]", picture(person.installation.folder));
  await person.press("Bild speichern");
  if (person.script) {
    // The browser asks for a description before it sends anything: the file stays chosen.
    assert.equal(await page.locator("input[name=file]").evaluate((field) => field.files.length), 1);
    assert.ok(await page.locator("input[name^=alt-]:invalid").count(), "a description is asked for");
  } else {
    await person.sees("was das Bild zeigt");
    await person.sees("Wählen Sie die Datei noch einmal");
    await page.setInputFiles("input[name=file]", picture(person.installation.folder));
  }
  await page.locator("input[name^=alt-]").first().fill("Ein Brunnen in einem Park");
  await page.fill("input[name=credit]", "Kim Muster");
  await person.press("Bild speichern");
  await person.looksWell("picture");
  await page.goBack();
  await person.go("/newsroom/entries");
  await person.press("Neue Trinkwasserbrunnen", { role: "link" });
  await person.looksWell("entry");
  await person.press("Bearbeiten", { role: "link" });
  await person.press("Speichern und veröffentlichen");
  await person.sees("veröffentlicht");

  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await person.go("/newsroom/entries/new?kind=event");
  await page.locator('[name="title-de"], [name=title]').first().fill("Energieberatung für alle");
  // A mistake for the checks: the day's weekday is another one.
  const weekdays = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"];
  const date = new Date(`${day}T12:00:00Z`);
  const wrong = weekdays[(date.getUTCDay() + 1) % 7];
  const written = `${wrong}, ${date.getUTCDate()}. ${date.toLocaleDateString("de-DE", { month: "long", timeZone: "UTC" })} ${date.getUTCFullYear()}`;
  await page.locator('textarea[name="body-de"], textarea[name="body"]').first().fill(`Kommen Sie am ${written} ins Rathaus.`);
  await page.fill("input[name=start-day]", day);
  await page.fill("input[name=start-time]", "18:00");
  await page.fill("input[name=place]", "Rathaus, Rathausplatz 1, Musterstadt");
  await page.getByLabel("Klima und Umwelt").check();
  await person.looksWell("editor-event");
  await person.press("Speichern und veröffentlichen");
  await person.sees("veröffentlicht");

  for (const title of ["Busse fahren öfter", "Kulturpreis geht an drei Vereine"]) {
    await person.go("/newsroom/entries/new?kind=news");
    await page.locator('[name="title-de"], [name=title]').first().fill(title);
    await page.locator('[name="teaser-de"], [name=teaser]').first().fill(`${title}: was sich ändert.`);
    await page.getByLabel(title.startsWith("Kultur") ? "Kultur" : "Klima und Umwelt").check();
    await person.press("Speichern und veröffentlichen");
  }
  await person.go("/newsroom/entries");
  await person.looksWell("entries");
  return { wrong, right: weekdays[date.getUTCDay()] };
}

/** Composes the issue, reorders by keyboard, looks at variants, mends what a check found, hands in. */
export async function compose(person, { wrong, right }) {
  const { page } = person;
  await person.go("/newsroom/issues");
  await person.press("Ausgabe zusammenstellen");
  await person.sees("Ausgabe 1");
  await person.looksWell("issue");

  const titles = () => page.locator(".items h3, .items h4").allTextContents();
  const before = await titles();
  await page.getByRole("button", { name: /Busse fahren öfter.* nach oben/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Der Beitrag ist verschoben").waitFor();
  assert.notDeepEqual(await titles(), before, "the order has changed");
  const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
  if (person.script) assert.match(focused, /nach oben|↑/, "the focus stays at the button");

  await page.fill("textarea[name=introduction]", "Guten Tag! In dieser Woche: Wasser, Busse und ein Preis.");
  await person.press("Speichern");
  await person.sees("gespeichert");

  const issue = new URL(page.url()).pathname;
  await person.go(`${issue}/variants`);
  await person.looksWell("variants");

  await person.go(`${issue}/checks`);
  await person.sees("Wochentag und Datum passen nicht zusammen");
  await person.looksWell("checks");
  const finding = page.locator("main li").filter({ hasText: "Wochentag und Datum passen nicht zusammen" });
  await finding.getByRole("link", { name: /ändern|beheben|Termin|Text|Ansehen/ }).first().click();
  await page.waitForLoadState();
  const body = page.locator('textarea[name="body-de"], textarea[name="body"]').first();
  await body.fill((await body.inputValue()).replace(wrong, right));
  await person.press("Änderungen veröffentlichen");
  await person.go(`${issue}/checks`);
  assert.ok(!(await person.text()).includes("Wochentag und Datum passen nicht zusammen"));

  await person.go(`${issue}/approve`);
  await page.fill("textarea[name=note]", "Bitte den Vorspann ansehen.");
  await person.press("Einreichen");
  await person.sees("Eingereicht");
  return issue;
}

/** The approver returns the issue, releases it, takes it back and releases it again. */
export async function review(editor, approver, issue) {
  const { page } = approver;
  const mail = await approver.installation.mailTo(APPROVER, "Bitte den Vorspann ansehen.");
  assert.match(mail, /\/newsroom\/issues\//);
  await approver.go(`${issue}/approve`);
  await approver.looksWell("approve");
  const reason = page.locator("textarea[name=reason]");
  if (!(await reason.isVisible())) await page.locator("summary").first().click();
  await reason.fill("Der Vorspann soll mit dem Preis beginnen.");
  await approver.press("Zur Überarbeitung zurückgeben");
  await approver.sees("Zurückgegeben");

  await editor.installation.mailTo(EDITOR, "Der Vorspann soll mit dem Preis beginnen.");
  await editor.go(issue);
  await editor.page.fill("textarea[name=introduction]", "Drei Vereine haben den Kulturpreis. Und: Wasser und Busse.");
  await editor.press("Speichern");
  await editor.go(`${issue}/approve`);
  await editor.press("Einreichen");

  const approve = async () => {
    await approver.go(`${issue}/approve`);
    await approver.sees("5 Personen");
    await page.check("input[name=sure]");
    await approver.press("Freigeben");
    await approver.sees("Freigegeben");
  };
  await approve();
  await approver.looksWell("take-back");
  await approver.press("Freigabe zurücknehmen");
  await approver.sees("Zurückgenommen");
  await approve();
  await approver.go(`${issue}/history`);
  await approver.sees("hat die Freigabe zurückgenommen");
  await approver.looksWell("history");
}

/** The issue goes out; progress is seen; the report agrees with what the mail server has received. */
export async function watch(person, issue) {
  const { installation } = person;
  await person.go(`${issue}/sending`);
  const issueMails = () => installation.received().filter((one) => READERS.includes(one.envelope_to[0]) && isIssue(one));
  const isIssue = (one) => one.number > READERS.length;
  await until(() => issueMails().filter((one) => READERS.includes(one.envelope_to[0])).length >= READERS.length, "the issue arrives", 120_000);
  await until(async () => {
    await person.go(`${issue}/sending`);
    return /versendet/.test(await person.text());
  }, "the report");
  await person.looksWell("report");
  const recipients = new Set(issueMails().map((one) => one.envelope_to[0]));
  assert.deepEqual([...recipients].sort(), [...READERS].sort(), "everybody has it");
  const status = JSON.parse(installation.run(["issue", "status", issue.split("/").slice(-2).join("/"), "--json"]));
  assert.equal(status.deliveries.sent, READERS.length, JSON.stringify(status));
  await person.sees("5");
}

/** What an editor may not do, and nobody who is not logged in. */
export async function rolesHold(editor, stranger, issue) {
  const { page } = editor;
  await editor.go(`${issue}/approve`);
  assert.equal(await page.locator("input[name=sure]").count(), 0, "an editor has no button to approve");
  const refused = await page.request.post(`${editor.origin}${issue}/approve`, {
    form: { step: "approve", sure: "yes", csrf: await page.locator("input[name=csrf]").first().inputValue() },
    headers: { origin: editor.origin, "sec-fetch-site": "same-origin" },
  });
  assert.ok([403, 422, 409].includes(refused.status()), `${refused.status()}`);
  for (const path of ["/newsroom/users", "/newsroom/audit"]) {
    const answer = await page.request.get(`${editor.origin}${path}`);
    assert.equal(answer.status(), 403, path);
  }
  await stranger.go(issue);
  assert.match(stranger.page.url(), /\/newsroom\/login\?next=/);
}
