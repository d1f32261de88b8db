// Small manners of the staff room: initials and sign-in name follow the name; a link is copied with one tap.
const words = (name) => name.trim().split(/[^\p{L}]+/u).filter(Boolean);
const initials = (name) => words(name).slice(0, 3).map((word) => word[0].toUpperCase()).join("");
const umlauts = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ø: "o", ł: "l", æ: "ae" };
const signInName = (name) =>
  (words(name)[0] ?? "")
    .toLowerCase()
    .replace(/[äöüßøłæ]/g, (letter) => umlauts[letter])
    .normalize("NFKD")
    .replace(/[^a-z0-9]/g, "");

for (const form of document.querySelectorAll("[data-names]")) {
  const name = form.elements.name;
  for (const [field, propose] of [[form.elements.initials, initials], [form.elements.sign_in_name, signInName]]) {
    let own = field.value !== "" && field.value !== propose(name.value); // what somebody typed stays
    field.addEventListener("input", () => { own = field.value !== ""; });
    name.addEventListener("input", () => { if (!own) field.value = propose(name.value); });
  }
}

for (const field of document.querySelectorAll("[data-select]")) {
  field.addEventListener("focus", () => field.select());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.focus();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy"); // the clipboard needs https; the workshop's own network has none
    button.textContent = button.dataset.copied;
  });
}
