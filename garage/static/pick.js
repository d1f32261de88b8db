// A short list to pick from by keyboard: arrow keys move, Enter opens, a digit opens that row at once.
const rows = [...document.querySelectorAll("[data-pick] a")];
const alone = 150; // milliseconds: the digits of a scan come closer, they choose nothing
let last = -Infinity;
let opening = 0;

document.addEventListener("keydown", (event) => {
  clearTimeout(opening);
  const first = event.timeStamp - last > alone;
  if (event.key.length === 1) last = event.timeStamp;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "ArrowDown" && event.target.id === "first-box") rows[0]?.focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const place = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(place + step, 0), rows.length - 1)]?.focus();
  }
  if (first && /^[1-9]$/.test(event.key)) opening = setTimeout(() => rows[Number(event.key) - 1]?.click(), alone);
});

rows[0]?.focus();
