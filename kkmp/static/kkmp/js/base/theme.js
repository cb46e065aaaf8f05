// Runs before the first paint: a classic script, so that nobody sees a flash of the wrong theme.
(function () {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return window.localStorage.getItem("kkmp-theme") || "auto";
    } catch {
      return "auto"; // storage may be forbidden; the page still works
    }
  }

  let printing = false; // paper is white

  function apply() {
    const theme = printing ? "light" : chosen();
    root.setAttribute("data-bs-theme", theme === "auto" ? (dark.matches ? "dark" : "light") : theme);
    root.setAttribute("data-theme-choice", chosen());
    document.dispatchEvent(new CustomEvent("kkmp:theme"));
  }

  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  window.addEventListener("beforeprint", () => { printing = true; apply(); });
  window.addEventListener("afterprint", () => { printing = false; apply(); });
  document.addEventListener("kkmp:theme-choice", apply);
})();
