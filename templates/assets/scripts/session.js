// Says five minutes before the session ends that it will, and offers to keep it.
const line = document.getElementById("session");
const left = Number(document.body.dataset.idleIn);
const warn = Math.max(left - 300, 0) * 1000;

if (line && left) {
  setTimeout(() => {
    const keep = document.createElement("button");
    keep.textContent = line.dataset.keep;
    keep.addEventListener("click", async () => {
      const answer = await fetch(location.href, { method: "HEAD" });
      if (answer.ok && !answer.redirected) note.remove();
    });
    const note = document.createElement("div");
    note.className = "alert warning floating";
    note.setAttribute("role", "alert");
    note.append(line.dataset.warning, " ", keep);
    document.body.append(note);
  }, warn);
}
