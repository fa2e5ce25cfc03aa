// The editor: counts characters, keeps what is written, shows how it will look.
const editor = document.getElementById("editor");
const form = editor?.querySelector("form");
const kept = document.getElementById("kept");

const send = (what) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", what);
  return fetch(form.action, { method: "POST", body, redirect: "error" });
};

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

let keepLater, lookLater, looking = false;

const keep = async () => {
  try {
    const answer = await send("keep");
    if (!answer.ok) throw new Error(answer.status);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    kept.textContent = `${editor.dataset.kept} ${time}`;
  } catch {
    kept.textContent = editor.dataset.notKept;
  }
};

const look = async () => {
  const answer = await send("look");
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    audience.replaceChildren(...page.body.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") audience.replaceChildren();
  }
});

form?.addEventListener("input", () => {
  clearTimeout(keepLater);
  keepLater = setTimeout(keep, 3000);
  if (looking) {
    clearTimeout(lookLater);
    lookLater = setTimeout(look, 700);
  }
});

form?.addEventListener("submit", (event) => {
  clearTimeout(keepLater);
  if (event.submitter?.value !== "preview") return;
  event.preventDefault();
  looking = true;
  editor.classList.add("looking");
  look().then(() => document.getElementById("preview").scrollIntoView({ block: "nearest" }));
});
