// The board's fresh rows take the place of the old ones; whoever is in the middle of them stays there.
const lanes = document.getElementById("lanes");

lanes.addEventListener("fresh", (event) => {
  const at = lanes.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const open = lanes.querySelector("#done-today")?.open;
  const top = window.scrollY;
  lanes.innerHTML = event.detail;
  const done = lanes.querySelector("#done-today");
  if (done && open) done.open = true;
  if (at) [...lanes.querySelectorAll("a")].find((link) => link.getAttribute("href") === at)?.focus({ preventScroll: true });
  window.scrollTo(0, top);
});
