// Says five minutes before the session ends that it will, and offers to keep it: again and again.
const line = document.getElementById("session");

const wait = (left) => setTimeout(warn, Math.max(left - 300, 0) * 1000);

const warn = () => {
  const keep = document.createElement("button");
  keep.textContent = line.dataset.keep;
  keep.addEventListener("click", async () => {
    // The page says how long it lasts now; a login page in its place does not.
    const page = await (await fetch(location.href)).text();
    const left = page.match(/ data-idle-in="(\d+)"/);
    if (!left) return;
    note.remove();
    wait(Number(left[1]));
  });
  const note = document.createElement("div");
  note.className = "alert warning floating";
  note.setAttribute("role", "alert");
  note.append(line.dataset.warning, " ", keep);
  document.body.append(note);
};

const left = Number(document.body.dataset.idleIn);
if (line && left) wait(left);
