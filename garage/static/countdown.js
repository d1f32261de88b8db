// A wait that runs down by the server's clock: <time data-until="…" data-now="…" data-over="over">.
// What stands in [data-when-over] beside it shows at the end.
const two = (number) => String(number).padStart(2, "0");

const left = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

const ahead = new WeakMap(); // how far the server's clock is ahead of this machine's, for each time shown

const show = () => {
  for (const time of document.querySelectorAll("time[data-until]")) {
    if (!ahead.has(time)) ahead.set(time, Date.parse(time.dataset.now) - Date.now());
    const seconds = Math.ceil((Date.parse(time.dataset.until) - Date.now() - ahead.get(time)) / 1000);
    const text = seconds > 0 ? left(seconds) : time.dataset.over;
    if (time.textContent !== text) time.textContent = text;
    time.classList.toggle("over", seconds <= 0);
    const next = time.closest("[data-wait]")?.querySelector("[data-when-over]");
    if (next) next.hidden = seconds > 0;
  }
};

show();
setInterval(show, 1000);
document.addEventListener("fresh", show); // rows that were just put in their place
