// A scanner is a keyboard faster than any hand that ends with Enter. A scan on any page goes through the first
// box; in a field it stays there, sends nothing, and what would be typed twice is filled in twice.
const average = 50; // milliseconds from key to key; hands need more
const longest = 120; // one slow key between quick ones
const fewest = 4; // keys; fewer are a person answering quickly
const number = 6; // characters; shorter ones are typed twice by hand
const box = document.getElementById("first-box");
const isText = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=file]), textarea");
const nothing = { text: "", last: -Infinity };
let burst = nothing;
let typed = false; // something on this page would be lost by leaving it

const begin = (event) => {
  const choices = [...document.querySelectorAll("input[type=radio], input[type=checkbox], select")];
  return {
    text: "",
    start: event.timeStamp,
    field: isText(event.target) ? event.target : null,
    before: choices.map((choice) => [choice, choice.checked, choice.value]),
  };
};

const putBack = (before) => {
  for (const [choice, checked, value] of before) {
    if (choice.matches("select")) choice.value = value;
    else if (choice.checked !== checked) {
      choice.checked = checked;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
};

const throughTheBox = ({ text, before }) => {
  putBack(before); // its first digits may have chosen an answer
  box.value = text;
  box.focus();
  if (!typed) box.form.requestSubmit();
};

const intoField = ({ text, field }) => {
  const again = field.form?.elements.namedItem(field.dataset.again ?? "");
  if (!again || text.length < number) return;
  again.value = field.value;
  again.dataset.scanned = ""; // Enter goes past it
};

const typedByHand = (field) => {
  const again = field.form?.elements.namedItem(field.dataset?.again ?? "");
  if (!again || !("scanned" in again.dataset) || again.value === field.value) return;
  again.value = "";
  delete again.dataset.scanned;
};

const isScan = ({ text, start, last }) => last - start <= average * (text.length - 1);

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Shift") return;
    const follows = event.timeStamp - burst.last <= longest && !event.repeat;
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (!follows || (burst.field && burst.field !== event.target)) burst = begin(event);
      burst.text += event.key;
      burst.last = event.timeStamp;
      if (burst.field || burst.text.length < 3 || !isScan(burst)) return;
      event.preventDefault(); // the focus may have moved into a field meanwhile
      event.stopImmediatePropagation();
      return;
    }
    const done = burst;
    burst = nothing;
    if (event.key !== "Enter" || !follows || done.text.length < fewest || !isScan(done)) return;
    if (done.field) return intoField(done);
    event.preventDefault();
    event.stopImmediatePropagation();
    throughTheBox(done);
  },
  { capture: true },
);

document.addEventListener("input", (event) => {
  if (event.target === box) return;
  typed = true;
  typedByHand(event.target);
});
