// A form with data-keep sent after the sign-in ended, or answered by a page of error, is not lost: what was typed
// waits in this tab until the form is opened again. Forms that take a PIN, a password or a dealer's answer are never kept; codes in the others neither.
const slot = "typed";
const never = /password|pin|code|csrf|form_key|version/;
const words = document.getElementById("main").dataset.keptWords; // only where somebody is signed in and all went well
const here = location.pathname;
const sameForm = (form, kept) => form.getAttribute("action") === kept.action;

document.addEventListener("submit", ({ target: form }) => {
  if (!words || !("keep" in form.dataset)) return;
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !never.test(name));
  sessionStorage.setItem(slot, JSON.stringify({ here, action: form.getAttribute("action"), fields }));
});

const putBack = (form, fields) => {
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.matches("[type=radio], [type=checkbox]")) {
        if (field.value !== value) continue;
        field.checked = true;
      } else if (!field.matches("[type=hidden], [type=password], [type=file]")) field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  const told = document.createElement("div");
  told.className = "said";
  told.setAttribute("role", "status");
  told.textContent = words;
  form.before(told);
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

const kept = JSON.parse(sessionStorage.getItem(slot) ?? "null");
if (kept && !words) sessionStorage.setItem(slot, JSON.stringify({ ...kept, lost: true })); // at the door, or on a page of error
if (kept && words) {
  const form = [...document.querySelectorAll("form[data-keep]")].find((other) => sameForm(other, kept));
  if (kept.lost && kept.here === here && form) putBack(form, kept.fields);
  sessionStorage.removeItem(slot);
}
