// What the server's answer to a sale means for the dialog and the basket; no page in here.
const SAID = { unsure: "unsure", "signed-out": "signedOut", "not-allowed": "notAllowed" };
const WAYS = { no_shift: "openShift", key_reused: "myReceipts", opened_by_another: "signOut" };

/**
 * Send a sale. A cashier who signed in again in another window has a new token: it is fetched, and
 * the sale is sent once more. Where somebody else has signed in, nothing is sent in their name.
 *
 * @param sell sends, and answers {state, …} as store/server.js does
 * @param refresh fetches anew what the till was told; throws with a `status`, or with `isAnother`
 */
export async function send(sell, refresh) {
  const first = await sell();
  if (first.state !== "not-allowed") return first;
  try {
    await refresh();
  } catch ({ status, isAnother }) {
    if (isAnother) return { state: "refused", code: "opened_by_another", message: "" };
    return status === 401 ? { state: "signed-out" } : first;
  }
  // The till is still told of its goods, so it was the token that did not fit, or nothing that
  // helps here.
  return sell();
}

/**
 * @param paying the state of flow/paying.js
 * @returns {paying, isUnsure, isStale}: `isUnsure` is what the basket must remember, null for as
 *   it was; `isStale` says that prices, stock or shift were not those of this till
 */
export function answered(paying, { state, code, message }) {
  const idle = { ...paying, isBusy: false };
  if (state === "made") return { paying: { ...idle, refusal: null }, isUnsure: null, isStale: false };
  const said = SAID[state] ? { word: SAID[state] } : message ? { text: message } : { word: "refused" };
  const way = state === "signed-out" ? "signIn" : (WAYS[code] ?? "");
  return {
    // The next try must send the very same: nothing more is written beside it.
    paying: {
      ...idle,
      amount: state === "unsure" ? null : idle.amount,
      confirmed: "",
      pin: "",
      refusal: { ...said, way },
    },
    isUnsure: { unsure: true, refused: false }[state] ?? null,
    isStale: state === "refused",
  };
}
