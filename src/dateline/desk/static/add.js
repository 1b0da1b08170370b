// A text is read as it is pasted or typed, files as they are dropped; the page stays where it is.
const form = document.getElementById("add");
const status = form.querySelector("[data-status]");
const drop = form.querySelector("[data-drop]");
let turn = 0;
let waiting = 0;

async function read() {
  const mine = ++turn;
  const began = performance.now();
  status.textContent = "reading…";
  const answer = await fetch("/add", { method: "POST", body: new FormData(form), headers: { "X-Part": "draft" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn) return;
  document.getElementById("draft").replaceWith(page.getElementById("draft") ?? Object.assign(document.createElement("div"), { id: "draft", textContent: `It could not be read (${answer.status}).` }));
  status.textContent = `read in ${((performance.now() - began) / 1000).toFixed(1)} s`;
  light();
}

// Hover and focus light a fact and its words; the text is new each time, so the listeners stand on its holder.
function light() {
  const draft = document.getElementById("draft");
  const keys = (node) => (node.dataset.facts ?? node.dataset.fact ?? "").split(" ").filter(Boolean);
  const all = [...draft.querySelectorAll("[data-facts], [data-fact]")];
  const set = (event) => {
    const holder = event.target.closest?.("[data-facts], [data-fact]");
    const lit = new Set(holder ? keys(holder) : []);
    for (const node of all) node.classList.toggle("lit", keys(node).some((key) => lit.has(key)));
  };
  draft.addEventListener("mouseover", set);
  draft.addEventListener("focusin", set);
}

form.addEventListener("submit", (event) => { event.preventDefault(); read(); });
form.elements.text.addEventListener("input", () => {
  clearTimeout(waiting);
  if (form.elements.text.value.trim().length > 20) waiting = setTimeout(read, 350);
});
form.elements.files.addEventListener("change", read);
for (const name of ["dragover", "dragleave", "drop"]) {
  addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      form.elements.files.files = event.dataTransfer.files;
      read();
    }
  });
}
