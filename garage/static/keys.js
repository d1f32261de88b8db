// Keys and small manners of every page: one key per answer, no form sent twice, back where one came from.
const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "/" && !typing(event.target)) {
    event.preventDefault();
    document.getElementById("first-box")?.focus();
    return;
  }
  const answers = event.target.closest?.("[data-answer-keys]");
  if (answers && /^[1-9]$/.test(event.key) && !typing(event.target)) {
    const shown = [...answers.querySelectorAll(".answer:not([hidden])")];
    const input = shown.find((answer) => answer.querySelector("kbd")?.textContent === event.key)?.querySelector("input");
    if (!input || input.disabled) return;
    event.preventDefault();
    input.focus(); // before the change is told: the page may put the focus further on
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  if (form.target === "_blank") setTimeout(() => delete form.dataset.sent, 3000); // the page stays: it may print again
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

document.querySelector("[data-back]")?.addEventListener("click", (event) => {
  if (history.length > 1 && document.referrer.startsWith(location.origin)) {
    event.preventDefault();
    history.back();
  }
});

// Focus where the next entry is: the first field that is wrong, once the page's own script has hidden what is not offered.
document.addEventListener("DOMContentLoaded", () => {
  const wrong = [...document.querySelectorAll("[aria-invalid=true], .answers:has(.wrong) input")];
  wrong.find((input) => !input.disabled && input.offsetParent)?.focus();
});
