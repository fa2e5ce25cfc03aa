// The editor: counts characters, keeps what is written, shows how it will look.
const editor = document.getElementById("editor");
const form = editor?.querySelector("form");
const kept = document.getElementById("kept");

const filled = (what) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", what);
  return body;
};
const send = (what, options) =>
  fetch(form.action, { method: "POST", body: filled(what), redirect: "error", ...options });

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

for (const field of form?.querySelectorAll("[data-count]") ?? []) {
  const counter = document.createElement("span");
  counter.className = "counter num";
  const count = () => {
    const { of, count: most } = field.dataset;
    counter.textContent = `${[...field.value].length} ${of} ${most}`;
    counter.classList.toggle("over", [...field.value].length > most);
  };
  form.querySelector(`label[for="${field.id}"]`)?.append(" ", counter);
  field.addEventListener("input", count);
  count();
}

// Who else has it open: told with every answer to what is kept, and to who opens it.
const others = document.getElementById("others");
let told, met = 0;

const tell = async (answer) => {
  const piece = answer.ok ? await answer.text() : "";
  if (piece === told) return;
  told = piece;
  others.replaceChildren(...parse(piece).body.childNodes);
};
// Only what somebody does is a reason to ask: a page that asks by itself would never be logged out.
const meet = () => {
  if (!form?.elements.base || Date.now() - met < 60_000) return;
  met = Date.now();
  send("here").then(tell).catch(() => {});
};
for (const name of ["pointerdown", "keydown"]) addEventListener(name, meet);
meet();

let keepLater, lookLater, looking = false;
// Since when something stands there that is not kept.
let unkept = 0;

const keep = async (options) => {
  clearTimeout(keepLater);
  unkept = 0;
  try {
    const answer = await send("keep", options);
    if (!answer.ok) throw new Error(answer.status);
    met = Date.now();
    tell(answer);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    kept.textContent = `${editor.dataset.kept} ${time}`;
  } catch {
    unkept ||= Date.now();
    kept.textContent = editor.dataset.notKept;
  }
};

// Who leaves the page finds the text again. A browser carries at most 64 KiB beyond the page.
const leave = () => {
  if (unkept) keep({ keepalive: true });
};
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());
addEventListener("beforeunload", (event) => {
  if (unkept && filled("keep").toString().length > 60_000) event.preventDefault();
});

const look = async () => {
  const answer = await send("look");
  if (!answer.ok) return;
  const page = parse(await answer.text());
  document.getElementById("preview").replaceChildren(...page.getElementById("preview").childNodes);
};

// For whom it is, with the topics that are ticked now.
const audience = document.getElementById("audience");
let counting;

document.getElementById("topic")?.addEventListener("change", async () => {
  counting?.abort();
  counting = new AbortController();
  const ticked = [...new FormData(form)].filter(([name]) => name.startsWith("topic-"));
  try {
    const href = `${audience.dataset.href}?${new URLSearchParams(ticked)}`;
    const answer = await fetch(href, { signal: counting.signal, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    audience.replaceChildren(...parse(await answer.text()).body.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") audience.replaceChildren();
  }
});

form?.addEventListener("input", () => {
  unkept ||= Date.now();
  clearTimeout(keepLater);
  // With the first pause, and every ten seconds where there is none.
  keepLater = setTimeout(keep, Math.min(3000, unkept + 10_000 - Date.now()));
  if (looking) {
    clearTimeout(lookLater);
    lookLater = setTimeout(look, 700);
  }
});

form?.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "preview") {
    clearTimeout(keepLater);
    unkept = 0;
    return;
  }
  event.preventDefault();
  looking = true;
  editor.classList.add("looking");
  look().then(() => document.getElementById("preview").scrollIntoView({ block: "nearest" }));
});
