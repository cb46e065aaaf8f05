// A phone's keyboard covers the page where the browser does not make the page smaller: then sheets
// are as high as what is still seen of it.
export function followKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  const { style } = document.documentElement;
  function follow() {
    // Whoever has zoomed in sees a part of the page, with no keyboard over the rest.
    const isZoomed = Math.abs(seen.scale - 1) > 0.01;
    style.setProperty("--seen-height", isZoomed ? "100dvh" : `${Math.round(seen.height)}px`);
    style.setProperty("--seen-top", isZoomed ? "0px" : `${Math.round(seen.offsetTop)}px`);
  }
  seen.addEventListener("resize", follow);
  seen.addEventListener("scroll", follow);
  follow();
}
