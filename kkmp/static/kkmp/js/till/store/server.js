// Talks to the server. A refusal comes back as a sentence; a sale without an answer is "unsure".
const PATIENCE_MS = 20_000;

/**
 * Send a sale. `state` is "made", "refused" (with a sentence), "not-allowed", "signed-out", or
 * "unsure" without a clear answer: the till then sends the same key again, and nothing is sold
 * twice.
 */
export async function sell(address, body, context) {
  const response = await post(address, body, context);
  if (!response || response.status >= 500) return { state: "unsure" };
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer.id ? { state: "made", sale: answer } : { state: "unsure" };
  if (response.status === 401 || answer.code === "not_authenticated") return { state: "signed-out" };
  if (response.status === 403 || response.status === 404) return { state: "not-allowed" };
  return { state: "refused", code: answer.code, message: sentence(answer) };
}

/** Send and wait; null where no answer came. */
export async function post(address, body, { cooperative, csrf, openedFor }) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": csrf,
        "X-Opened-For": openedFor,
        "X-Cooperative": cooperative,
      },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return null;
  }
}

/** Ask for JSON. @throws with a `status`; 401 also if the server leads to the sign-in page */
export async function get(address, query) {
  const response = await fetch(`${address}?${new URLSearchParams(query)}`, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const status = response.redirected ? 401 : response.status;
  if (status !== 200) throw Object.assign(new Error(`${status}`), { status });
  return response.json();
}

function sentence({ message, fields }) {
  const first = Object.values(fields ?? {}).flat();
  if (!message) return "";
  return first.includes(message) || !first.length ? message : `${message} ${first.join(" ")}`;
}
