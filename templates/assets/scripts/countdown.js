// Counts the seconds down in which an approval can be taken back; the page without it names the end.
for (const line of document.querySelectorAll("[data-countdown]")) {
  const end = performance.now() + Number(line.dataset.countdown) * 1000;
  const [before, after] = line.dataset.words.split("#");
  line.hidden = false;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left <= 0) {
      const lang = new URLSearchParams(location.search).get("lang");
      location.replace(location.pathname + (lang ? `?lang=${lang}` : ""));
      return;
    }
    line.textContent = `${before}${left}${after}`;
    setTimeout(tick, 250);
  };
  tick();
}
