// A phone that places dots: buttons beside each number, and how many are left. The numbers can be
// typed without it.
const phone = document.getElementById("phone");

const boxesOf = (form) => [...form.querySelectorAll("input[name^=item-]")];
const numberIn = (box) => Math.max(0, Number.parseInt(box.value, 10) || 0);
const placedIn = (form) => boxesOf(form).reduce((sum, box) => sum + numberIn(box), 0);

function sayLeft(form) {
  const left = Number(form.dataset.most) - placedIn(form);
  const dots = (number) => `${number} dot${number === 1 ? "" : "s"}`;
  const told = form.querySelector("[data-left]");
  if (left > 0) told.textContent = `You have ${dots(left)} left.`;
  else if (left === 0) told.textContent = "All your dots are placed.";
  else told.textContent = `These are ${dots(-left)} too many.`;
}

phone.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const form = button.closest("form");
  const box = document.getElementById(button.dataset.box);
  const step = Number(button.dataset.step);
  if (step > 0 && placedIn(form) >= Number(form.dataset.most)) {
    sayLeft(form);
    return;
  }
  box.value = Math.max(0, numberIn(box) + step);
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

phone.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.most) sayLeft(form);
});
