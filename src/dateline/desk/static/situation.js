// Filters move map and list together without leaving the page; the address always says what is shown.
import { SituationMap } from "./map.js";

const form = document.getElementById("filters");
const parser = new DOMParser();

const circle = () => {
  const point = /^\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*$/.exec(form.elements.place.value);
  return point ? { at: [Number(point[1]), Number(point[2])], km: Number(form.elements.radius.value) || 30 } : null;
};
const address = () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  if (!asked.has("place")) asked.delete("radius");
  return `/?${asked}`;
};

let map = null;
let turn = 0;

// What the map should be fitted to; other filters leave it where it is.
const framed = () => ["text", "country", "type", "actor", "place", "radius"].map((name) => form.elements[name].value).join("|");
let frame = framed();

async function show(where, keep = false) {
  const mine = ++turn;
  document.querySelector(".list-side").setAttribute("aria-busy", "true");
  const answer = await fetch(where, { headers: { Accept: "text/html" } });
  const page = parser.parseFromString(await answer.text(), "text/html");
  if (mine !== turn) return;
  if (!keep) history.pushState(null, "", where);
  const swap = (selector) => {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && fresh) old.replaceWith(fresh);
    else if (old) old.remove();
    else if (fresh) document.querySelector(".map-side").append(fresh);
  };
  swap(".list-side");
  swap(".timescale");
  for (const old of document.querySelectorAll("p.problem")) old.remove();
  for (const fresh of page.querySelectorAll("p.problem")) form.after(fresh);
  const marks = page.getElementById("map").dataset.marks;
  bind();
  const stay = frame === framed();
  frame = framed();
  await map.show(marks, circle(), stay);
}

function fill(where) {
  const asked = new URL(where, location.href).searchParams;
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = asked.has(field.name);
    else if (field.name) field.value = asked.get(field.name) ?? "";
  }
}

function bindTimescale() {
  const box = document.querySelector(".timescale");
  if (!box) return;
  const days = box.querySelector("template").dataset.days.trim().split(" ").map((pair) => pair.split("/"));
  const [from, to] = [box.querySelector(".from"), box.querySelector(".to")];
  const bars = [...box.querySelectorAll("[data-bar]")];
  const ends = () => [Math.min(from.value, to.value), Math.max(from.value, to.value)];
  const shade = () => {
    const [first, last] = ends();
    bars.forEach((bar, number) => bar.classList.toggle("out", number < first || number > last));
    box.querySelector("output").textContent = `${days[first][0]} to ${days[last][1]}`;
  };
  const ask = () => {
    const [first, last] = ends();
    form.elements.since.value = first === 0 ? "" : days[first][0];
    form.elements.until.value = last === days.length - 1 ? "" : days[last][1];
    show(address());
  };
  for (const range of [from, to]) {
    range.addEventListener("input", shade);
    range.addEventListener("change", ask);
  }
  shade();
}

function bind() {
  bindTimescale();
  for (const row of document.querySelectorAll(".incident[data-id]")) {
    const light = (on) => () => map.light(row.dataset.id, on);
    row.addEventListener("mouseenter", light(true));
    row.addEventListener("mouseleave", light(false));
    row.addEventListener("focusin", light(true));
    row.addEventListener("focusout", light(false));
  }
  for (const link of document.querySelectorAll(".chip, .pager a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      fill(link.href);
      show(link.href);
    });
  }
}

map = new SituationMap(document.getElementById("map"), ({ lat, lng }, km) => {
  form.elements.place.value = `${lat.toFixed(3)},${lng.toFixed(3)}`;
  form.elements.radius.value = Math.round(km);
  show(address());
});
bind();
map.show(document.getElementById("map").dataset.marks, circle());
form.addEventListener("submit", (event) => { event.preventDefault(); show(address()); });
form.addEventListener("change", (event) => { if (event.target.name !== "radius" || form.elements.place.value) show(address()); });
addEventListener("popstate", () => { fill(location.href); show(location.href, true); });
