// Says five minutes before the session ends that it will, and offers to keep it: again and again, until it
// ends for good.
const line = document.getElementById("session");

const wait = (left) => setTimeout(warn, Math.max(left - 300, 0) * 1000);

const tell = (...parts) => {
  const note = document.createElement("div");
  note.className = "alert warning floating";
  note.setAttribute("role", "alert");
  note.append(...parts);
  document.body.append(note);
  return note;
};

const warn = () => {
  if (line.dataset.ends) {
    tell(line.dataset.ends);
    return;
  }
  const keep = document.createElement("button");
  keep.textContent = line.dataset.keep;
  keep.addEventListener("click", async () => {
    // The page says how long it lasts now; a login page in its place does not.
    const answer = await (await fetch(location.href)).text();
    const page = new DOMParser().parseFromString(answer, "text/html");
    const left = Number(page.body.dataset.idleIn);
    if (!left) return;
    note.remove();
    const { ends } = page.getElementById("session").dataset;
    if (ends) line.dataset.ends = ends;
    wait(left);
  });
  const note = tell(line.dataset.warning, " ", keep);
};

const left = Number(document.body.dataset.idleIn);
if (line && left) wait(left);
