// Prepare several cards: ask for the next few until all are done; without this module the button does it.
const shown = () => document.querySelector("#several");
let stopped = false;
document.addEventListener("submit", (event) => {
  if (!event.target.querySelector(".go-on")) stopped = true; // "Cancel" was pressed: its own page follows
});

const next = async () => {
  const form = shown().querySelector(".go-on")?.form;
  if (!form || stopped) return;
  form.hidden = true;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (stopped) return;
  if (!answer?.ok) {
    form.hidden = false; // pressed by hand, it leads to what is wrong
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#several");
  if (!fresh) return location.reload(); // signed out meanwhile: the door says so
  shown().replaceWith(document.adoptNode(fresh));
  if ("running" in shown().dataset) await next();
};
if ("running" in shown().dataset) await next();
