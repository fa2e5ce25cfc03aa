// The list of entries follows what is typed: the server answers the same page, of which the changed
// parts are shown.
const form = document.getElementById("filters");
const parts = ["states", "clear", "results", "keep"];
let timer;
let running;

async function show() {
  running?.abort();
  running = new AbortController();
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const url = `${form.getAttribute("action")}?${new URLSearchParams(filled)}`;
  try {
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok || answer.redirected) {
      location.assign(url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      document.getElementById(id).replaceWith(page.getElementById(id));
    }
    // The element stays, so that screen readers tell what is new in it.
    document.getElementById("count").textContent = page.getElementById("count").textContent;
    history.replaceState(null, "", url);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form?.addEventListener("input", (event) => {
  clearTimeout(timer);
  // One or two letters find only themselves; most people type on.
  const isShort = /(^|\s)\S{1,2}$/.test(event.target.value);
  timer = setTimeout(show, event.target.type !== "search" ? 0 : isShort ? 800 : 200);
});
