// The wall: one screen after the other, fresh every half minute, nobody needs to touch it.
const TURN = 12_000;
const wall = document.getElementById("wall");
const place = document.getElementById("place");
const hold = document.getElementById("hold");
let at = 0;

const show = () => {
  const screens = [...wall.querySelectorAll("[data-screen]")];
  at %= screens.length || 1;
  screens.forEach((screen, number) => { screen.hidden = number !== at; });
  place.textContent = screens.length > 1 ? `${at + 1} / ${screens.length}` : "";
  hold.hidden = screens.length < 2;
};

const held = () => hold.getAttribute("aria-pressed") === "true";

hold.addEventListener("click", () => hold.setAttribute("aria-pressed", String(!held())));
setInterval(() => {
  if (held()) return;
  at += 1;
  show();
}, TURN);
wall.addEventListener("fresh", (event) => {
  wall.innerHTML = event.detail;
  show();
});
show();
