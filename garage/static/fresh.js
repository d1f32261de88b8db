// A piece of the page is fetched again every half minute and handed over as "fresh"; a lost connection is said.
const EVERY = 30_000;
const piece = document.querySelector("[data-fresh]");
const lost = document.getElementById("lost");
let shown = null;
let seen = new Date();

const say = (words) => {
  if (lost.textContent !== words) lost.textContent = words;
  lost.hidden = !words;
};

const fetchAgain = async () => {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(piece.dataset.fresh, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (answer.status === 401) return say(lost.dataset.signedOut);
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (html !== shown) piece.dispatchEvent(new CustomEvent("fresh", { detail: html, bubbles: true }));
    shown = html;
    seen = new Date();
    say("");
  } catch {
    say(`${lost.dataset.lost} ${seen.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}.`);
  }
};

setInterval(fetchAgain, EVERY);
document.addEventListener("visibilitychange", fetchAgain);
