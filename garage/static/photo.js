// A photo goes off as soon as it was taken or chosen; without this module its button sends it.
for (const form of document.querySelectorAll("form[data-photo]")) {
  const send = form.querySelector("[data-send]");
  send.hidden = true;
  form.querySelector("input[type=file]").addEventListener("change", () => {
    form.querySelector("[data-sending]").hidden = false;
    form.requestSubmit(send);
  });
}
