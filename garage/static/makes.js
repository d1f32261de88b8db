// The list of makes: only those stay that the box names; Enter opens the first.
const box = document.querySelector("[data-filter]");
const items = [...document.getElementById(box.dataset.filter).children];
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]/g, "");

box.addEventListener("input", () => {
  const wanted = plain(box.value);
  for (const item of items) item.hidden = !plain(item.dataset.names).includes(wanted);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  items.find((item) => !item.hidden)?.querySelector("a").click();
});
