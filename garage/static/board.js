// The board keeps itself current while nobody is typing.
const minute = 60_000;
setInterval(() => {
  const box = document.getElementById("first-box");
  const busy = box?.value || document.querySelector("details[open], .dropdown-menu.show");
  if (!busy && document.visibilityState === "visible") location.reload();
}, minute);
