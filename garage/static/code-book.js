// A book is taken over piece by piece: the next piece is asked for as soon as the last one is on record.
const goOn = async () => {
  for (let form; (form = document.querySelector("form[data-go-on]")); ) {
    form.querySelector("button").disabled = true;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const state = page.getElementById("book-state");
    if (!state) throw new Error(answer.status);
    if (answer.redirected && !page.querySelector("form[data-go-on]")) return location.assign(answer.url);
    document.getElementById("book-state").replaceWith(document.adoptNode(state));
  }
};

// Whatever goes wrong: the button stays, and a person goes on with it.
goOn().catch(() => {
  for (const button of document.querySelectorAll("form[data-go-on] button")) button.disabled = false;
});
