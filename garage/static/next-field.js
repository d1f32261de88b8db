// A scanner ends with Enter: in a field that is scanned, Enter goes to the next field and never submits.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || !input.form || !("next" in input.dataset)) return;
  event.preventDefault();
  const inputs = [...input.form.querySelectorAll("input:not([type=hidden]), select, button")].filter(
    (other) => other.offsetParent && !other.disabled,
  );
  inputs[inputs.indexOf(input) + 1]?.focus();
});
