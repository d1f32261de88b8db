// Help while numbers are typed: asked for when the hand rests, shown only when it says something else.
const place = document.querySelector("[data-help]");
const form = place.closest("form");
const names = ["vin", "chassis_reason", "make", "serial_number", "part_number", "radio_make"];
const rest = 300; // milliseconds
let waiting = 0;
let running = null;
let shown = "";

const ask = async (typing) => {
  clearTimeout(waiting);
  running?.abort();
  running = new AbortController();
  const body = new FormData();
  for (const name of ["csrf_token", ...names]) body.append(name, form.elements.namedItem(name)?.value ?? "");
  body.append("typing", typing);
  body.append("job", place.dataset.job ?? "");
  try {
    const answer = await fetch(place.dataset.help, { method: "POST", body, signal: running.signal });
    const said = answer.ok && !answer.redirected ? (await answer.text()).trim() : shown;
    if (said !== shown) place.innerHTML = shown = said;
  } catch {
    // overtaken by the next question, or nobody answers: the page works without
  }
};

form.addEventListener("input", (event) => {
  if (!names.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, rest, event.target.name);
});
form.addEventListener("change", (event) => {
  if (names.includes(event.target.name)) ask("");
});
if (form.elements.namedItem("serial_number").value || form.elements.namedItem("vin").value) ask("");
