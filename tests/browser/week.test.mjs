// The whole week of a communications team, with script and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { Person, compose, invite, prepare, review, rolesHold, watch, write } from "./week.mjs";

const LIMIT = { timeout: 600_000 };
let browser;

before(async () => {
  browser = await launch();
}, LIMIT);

after(() => browser?.close());

/** Tells the week on an installation, by people with browsers of their own. */
async function week(installation, options) {
  const people = [];
  const somebody = async (more) => {
    const person = await Person.open(browser, installation, { ...options, ...more });
    people.push(person);
    return person;
  };
  try {
    const administrator = await somebody();
    const { editor: editorAddress, approver: approverAddress } = await invite(administrator);
    const editor = await somebody();
    await editor.acceptInvitation(editorAddress);
    const approver = await somebody();
    await approver.acceptInvitation(approverAddress);
    const mistake = await write(editor);
    const issue = await compose(editor, mistake);
    await rolesHold(editor, await somebody(), issue);
    await review(editor, approver, issue);
    await watch(approver, issue);
    assert.deepEqual(people.flatMap(({ faults }) => faults), [], "how pages look");
    for (const { visit } of people) {
      visit.strangers();
      visit.faults();
    }
  } finally {
    for (const { visit } of people) await visit.close();
  }
}

for (const [name, options] of [
  ["with script", {}],
  ["without script", { javaScriptEnabled: false }],
]) {
  test(`a week in the newsroom, ${name}`, LIMIT, async () => {
    const installation = await prepare();
    try {
      await week(installation, options);
    } finally {
      await installation.stop();
    }
  });
}

// scripts/test postgres sets this: the same week on two nodes, each request to the other one.
const DATABASE = process.env.RUNDBRIEF_TEST_POSTGRES_WEEK;
test("the same week on PostgreSQL with two nodes", { ...LIMIT, skip: !DATABASE }, async () => {
  const installation = await prepare({ database: DATABASE, nodes: 2 });
  try {
    await week(installation, {});
  } finally {
    await installation.stop();
  }
});
