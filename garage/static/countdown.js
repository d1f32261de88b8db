// A wait that runs down: <time data-until="2026-03-02T12:30:00+00:00" data-over="over"> shows what is left of it.
const two = (number) => String(number).padStart(2, "0");

const left = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

const show = () => {
  for (const time of document.querySelectorAll("time[data-until]")) {
    const seconds = Math.ceil((new Date(time.dataset.until) - Date.now()) / 1000);
    const text = seconds > 0 ? left(seconds) : (time.dataset.over ?? time.textContent);
    if (time.textContent !== text) time.textContent = text;
    time.classList.toggle("over", seconds <= 0);
  }
};

show();
setInterval(show, 1000);
