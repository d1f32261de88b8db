// Show the part of a form that belongs to the chosen answer.
const show = () => {
  for (const part of document.querySelectorAll("[data-follows]")) {
    const name = part.dataset.followsField ?? "ground";
    const chosen = document.querySelector(`input[name="${name}"]:checked, select[name="${name}"]`);
    part.hidden = chosen?.value !== part.dataset.follows;
  }
};
document.addEventListener("change", show);
show();
