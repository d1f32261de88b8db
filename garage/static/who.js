// Who is here? Tap the name, then type the PIN.
const form = document.querySelector("[data-who]");
const names = [...form.querySelectorAll("input[type=radio]")];
form.addEventListener("change", (event) => {
  if (event.target.type === "radio") form.elements.pin.focus();
});
if (!names.some((name) => name.checked)) names[0]?.focus();
