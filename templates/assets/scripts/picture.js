// The picture of an entry: shows the chosen file before it is sent, and the point that stays visible.
const file = document.getElementById("file");
const chosen = document.getElementById("chosen");
const fields = ["focus-x", "focus-y"].map((id) => document.getElementById(id));

const place = (mark) => {
  const [x, y] = fields.map((field) => Math.min(100, Math.max(0, Number(field.value) || 0)));
  mark.style.left = `${x}%`;
  mark.style.top = `${y}%`;
};

// The fields say the same in numbers, so that nobody needs the mark.
for (const box of document.querySelectorAll("[data-focus]")) {
  const mark = document.createElement("span");
  mark.ariaHidden = "true";
  Object.assign(mark.style, {
    position: "absolute", width: "1.5rem", height: "1.5rem", margin: "-.75rem", borderRadius: "50%",
    border: "3px solid #fff", outline: "2px solid #000", pointerEvents: "none",
  });
  Object.assign(box.style, { position: "relative", width: "fit-content", cursor: "crosshair" });
  box.append(mark);
  place(mark);
  for (const field of fields) field.addEventListener("input", () => place(mark));
  box.addEventListener("click", (event) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const shares = [(event.clientX - left) / width, (event.clientY - top) / height];
    shares.forEach((share, at) => {
      fields[at].value = Math.round(Math.min(1, Math.max(0, share)) * 100);
      fields[at].dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

const image = chosen && new Image();
if (image) {
  image.className = "picture";
  image.alt = document.getElementById("chosen-title").textContent;
  chosen.querySelector("[data-focus]").prepend(image);
}
let shown;

file?.addEventListener("change", () => {
  if (shown) URL.revokeObjectURL(shown);
  shown = file.files[0] && URL.createObjectURL(file.files[0]);
  if (shown) image.src = shown;
  else chosen.hidden = true;
});
image?.addEventListener("load", () => { chosen.hidden = false; });
// What the browser cannot show, the server may; it says so if not.
image?.addEventListener("error", () => { chosen.hidden = true; });

// Sent without a description it comes back without the file: the browser asks for one before.
const texts = [...document.querySelectorAll("[name^=alt-]")];
const decorative = document.querySelector("[name=decorative]");
const ask = () => {
  if (texts[0]) texts[0].required = !decorative.checked && texts.every((text) => !text.value.trim());
};
document.getElementById("alternative")?.addEventListener("input", ask);
ask();
