"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const holders = all("[data-facts]");
  const rows = all("[data-fact]");
  const light = (keys, on) => {
    for (const piece of holders) {
      if (piece.dataset.facts.split(" ").some((key) => keys.has(key))) piece.classList.toggle("lit", on);
    }
    for (const row of rows) {
      if (row.dataset.fact.split(" ").some((key) => keys.has(key))) row.classList.toggle("lit", on);
    }
  };
  const bind = (node, keys) => {
    const set = new Set(keys.split(" ").filter(Boolean));
    if (!set.size) return;
    node.addEventListener("mouseenter", () => light(set, true));
    node.addEventListener("mouseleave", () => light(set, false));
    node.addEventListener("focusin", () => light(set, true));
    node.addEventListener("focusout", () => light(set, false));
  };
  for (const row of rows) bind(row, row.dataset.fact);
  for (const piece of holders) bind(piece, piece.dataset.facts);
})();
