// A fragment that did not arrive says so; a session that ended shows the sign-in page as a page.
export const selector = "body[hx-headers]";

export function bind(body) {
  const labels = () => document.querySelector("[data-toasts]")?.dataset ?? {};
  const say = (text) => {
    const detail = { text, level: "error" };
    if (text) document.dispatchEvent(new CustomEvent("kkmp:toast", { detail }));
  };
  body.addEventListener("htmx:sendError", () => say(labels().offlineLabel));
  body.addEventListener("htmx:timeout", () => say(labels().offlineLabel));
  // A refusal of the whole page, as of one that was opened for somebody else, is a plain sentence.
  body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    const isSentence = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
    say(isSentence ? xhr.responseText : labels().failedLabel);
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    if (!xhr.responseURL || !/^\s*<!doctype/i.test(xhr.responseText)) return;
    const arrived = new URL(xhr.responseURL).pathname;
    if (arrived === new URL(pathInfo.finalRequestPath, document.baseURI).pathname) return;
    event.preventDefault();
    window.location.assign(xhr.responseURL);
  });
}
