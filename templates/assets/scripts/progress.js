// Writes the figures of an issue anew as they come, and loads the page again when its state changes.
const live = document.querySelector("[data-events]");

// Keeps what is open, and leaves alone what somebody is in.
function replace(part) {
  const old = document.getElementById(part.id);
  if (!old || old.contains(document.activeElement)) return;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  part.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? false));
  old.replaceWith(part);
}

if (live) {
  const events = new EventSource(live.dataset.events);
  events.addEventListener("figures", ({ data }) => {
    const parts = new DOMParser().parseFromString(data, "text/html");
    [...parts.body.children].forEach(replace);
  });
  // Closed by the server: too many watch, or the session is over.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 10000);
  });
  events.addEventListener("moved", () => {
    events.close();
    const lang = new URLSearchParams(location.search).get("lang");
    location.replace(location.pathname + (lang ? `?lang=${lang}` : ""));
  });
}
