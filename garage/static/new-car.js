// The new-car page: fill a known car, open what an answer needs, put the focus where the next entry is.
const form = document.getElementById("new-car");
const panel = document.getElementById("known");
const field = (name) => form.elements.namedItem(name);
const filledByUs = new Set();
let asked = "";
let offered = document.getElementById("same-person").innerHTML.trim();

document.querySelectorAll("[data-no-script]").forEach((button) => { button.hidden = true; });

const lookUp = async () => {
  const numbers = `${field("registration").value.trim()}|${field("vin").value.trim()}`;
  if (numbers === asked || numbers === "|") return;
  asked = numbers;
  const body = new FormData();
  for (const name of ["csrf_token", "registration", "vin", "chassis_reason"]) {
    if (field(name)) body.append(name, field(name).value);
  }
  const answer = await fetch(form.dataset.lookUp, { method: "POST", body });
  if (!answer.ok || answer.redirected || numbers !== asked) return; // overtaken: the fields say another car now
  panel.innerHTML = await answer.text();
  showKnown();
};

const askWho = async () => {
  const place = document.getElementById("same-person");
  const person = () => `${field("customer_name").value.trim()}|${field("contact").value.trim()}`;
  const typed = person();
  const body = new FormData();
  for (const name of ["csrf_token", "registration", "vin", "chassis_reason", "customer_name", "contact"]) {
    if (field(name)) body.append(name, field(name).value);
  }
  const answer = await fetch(place.dataset.ask, { method: "POST", body });
  const said = (await answer.text()).trim();
  if (!answer.ok || answer.redirected || typed !== person() || said === offered) return; // overtaken, or as before
  place.innerHTML = offered = said;
};

const showKnown = () => {
  const known = panel.querySelector("[data-known]");
  for (const name of ["registration", "vin", "customer_name", "contact"]) {
    const input = field(name);
    if (known && (!input.value || filledByUs.has(name)) && known.dataset[name]) {
      input.value = known.dataset[name];
      filledByUs.add(name);
    } else if (!known && filledByUs.has(name)) {
      input.value = "";
      filledByUs.delete(name);
    }
  }
  asked = `${field("registration").value.trim()}|${field("vin").value.trim()}`;
  const onFile = form.querySelector("[data-only-on-file]");
  onFile.hidden = !known || !("onFile" in known.dataset);
  onFile.querySelector("input").disabled = onFile.hidden;
  const proposed = form.querySelector('input[name="why_not_needed"][value="proposed"]');
  proposed.closest(".answer").hidden = !known || !("proposed" in known.dataset);
  proposed.disabled = proposed.closest(".answer").hidden;
};

const openFollowing = (jump) => {
  const answer = form.querySelector('input[name="answer"]:checked')?.value;
  for (const part of form.querySelectorAll("[data-follows]")) part.hidden = part.dataset.follows !== answer;
  const other = form.querySelector('input[name="why_not_needed"][value="other"]').checked;
  field("answer_reason").closest(".field").hidden = !other;
  if (!jump) return;
  const part = form.querySelector(`[data-follows="${answer}"]`);
  const next = answer === "card" && !field("vin").value ? field("vin") : part?.querySelector(".answer:not([hidden]) input, input:not([type=radio])");
  (next && next.offsetParent ? next : form.querySelector(".actions .btn")).focus();
};

form.addEventListener("change", (event) => {
  if (event.target.name === "registration" || event.target.name === "vin") lookUp();
  if (event.target.name === "customer_name" || event.target.name === "contact") askWho();
  if (event.target.name === "answer") openFollowing(true);
  if (event.target.name === "why_not_needed") {
    openFollowing(false);
    if (event.target.value === "other") field("answer_reason").focus();
  }
});
for (const name of ["customer_name", "contact"]) field(name).addEventListener("input", () => filledByUs.delete(name));

showKnown();
openFollowing(false);
if (!form.querySelector("[aria-invalid=true], .wrong, .refusal")) {
  const empty = ["registration", "vin", "customer_name"].map(field).filter((input) => !input.value);
  const start = panel.querySelector("[data-known]") && field("customer_name").value ? form.querySelector('.answer:not([hidden]) input[name="answer"]') : empty[0];
  start?.focus();
}
