// What every page does: the switch of light and dark; on a narrow screen the page's own name is in sight.
const here = document.querySelector(".top nav [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40;
const order = { auto: "dark", dark: "light", light: "auto" };
const root = document.documentElement;
const switcher = document.querySelector("[data-theme-switch]");
const tell = () => {
  const words = { auto: "Light or dark: as the machine is set", dark: "Light or dark: dark", light: "Light or dark: light" };
  switcher.setAttribute("aria-label", words[root.dataset.theme]);
  switcher.title = words[root.dataset.theme];
};
switcher.addEventListener("click", () => {
  root.dataset.theme = order[root.dataset.theme];
  document.cookie = `dateline_theme=${root.dataset.theme}; path=/; max-age=31536000; SameSite=Strict`;
  tell();
  document.dispatchEvent(new CustomEvent("theme"));
});
tell();
