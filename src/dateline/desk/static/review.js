// Review by keyboard: one letter decides on the item that has the focus; name and reason stand above.
const items = [...document.querySelectorAll("[data-item]")];
const sign = document.getElementById("decide");
const place = "dateline-review-at";

const go = (number) => {
  const item = items[Math.max(0, Math.min(items.length - 1, number))];
  item?.focus();
  item?.scrollIntoView({ block: "center" });
};
const at = () => items.findIndex((item) => item.contains(document.activeElement));
const signed = (form) => {
  for (const name of ["who", "why"]) form.elements[name].value = sign.elements[name].value;
  if (sign.reportValidity()) return true;
  [...sign.elements].find((field) => !field.checkValidity())?.focus();
  return false;
};

for (const form of document.querySelectorAll("[data-act]")) {
  form.addEventListener("submit", (event) => {
    if (!signed(form)) event.preventDefault();
    else sessionStorage.setItem(place, String(items.findIndex((item) => item.contains(form))));
  });
}
sign.addEventListener("submit", (event) => { event.preventDefault(); go(0); });

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (typing && event.key === "Escape") return go(0);
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const moves = { j: 1, ArrowDown: 1, p: -1, ArrowUp: -1 };
  if (event.key in moves) {
    event.preventDefault();
    go(at() < 0 ? 0 : at() + moves[event.key]);
  } else if (event.key === "w") {
    event.preventDefault();
    sign.elements.why.select();
  } else if (event.key === "u") {
    location.assign("/review/decisions?undo=last");
  } else {
    const button = items[at()]?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  }
});

const kept = sessionStorage.getItem(place);
if (kept !== null && document.querySelector(".done")) go(Number(kept));
sessionStorage.removeItem(place);
