// Show the part of a form that belongs to the chosen answer.
const show = () => {
  for (const part of document.querySelectorAll("[data-follows]")) {
    const name = part.dataset.followsField ?? "ground";
    part.hidden = document.querySelector(`input[name="${name}"]:checked`)?.value !== part.dataset.follows;
  }
};
document.addEventListener("change", show);
show();
