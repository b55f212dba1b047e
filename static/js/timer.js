// Counts a timer of the room down. What it begins with came from the server, so a wrong clock in
// this computer does no harm; each time the server sends it anew, it begins from there.
const begun = new WeakMap();

function tick() {
  for (const clock of document.querySelectorAll("[data-seconds]")) {
    if (!begun.has(clock)) begun.set(clock, performance.now());
    const passed = (performance.now() - begun.get(clock)) / 1000;
    const left = Math.max(0, Math.round(Number(clock.dataset.seconds) - passed));
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
}

setInterval(tick, 250);
tick();
