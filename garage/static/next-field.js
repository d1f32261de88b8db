// In a form with numbers that are scanned, Enter goes to the next field and never submits; Ctrl+Enter does.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || event.altKey || !input.form?.querySelector("[data-next]")) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    input.form.requestSubmit();
    return;
  }
  if (!input.matches("input:not([type=radio], [type=checkbox], [type=file], [type=submit])")) return;
  event.preventDefault();
  const next = [...input.form.querySelectorAll("input:not([type=hidden]), select, textarea, button")].filter(
    (other) => other.offsetParent && !other.disabled && !("scanned" in other.dataset),
  );
  next[next.indexOf(input) + 1]?.focus();
});
