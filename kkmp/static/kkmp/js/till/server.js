// Talking to the server. What it refuses comes back as a sentence; what is not certain says so.
const PATIENCE_MS = 20_000;

/** A sale is made, refused (with a sentence), or uncertain: then the same key is sent again. */
export async function sell(address, body, { cooperative, csrf }) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": csrf,
        "X-Cooperative": cooperative,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { state: "unsure" };
  }
  if (response.status >= 500) return { state: "unsure" };
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return { state: "made", id: answer.id };
  if (response.status === 401 || (response.status === 403 && answer.code === "not_authenticated")) {
    return { state: "signed-out" };
  }
  return { state: "refused", code: answer.code, message: sentence(answer) };
}

export async function get(address, query) {
  const response = await fetch(`${address}?${new URLSearchParams(query)}`, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function sentence({ message, fields }) {
  const first = Object.values(fields ?? {}).flat();
  return first.includes(message) || !first.length ? message : `${message} ${first.join(" ")}`;
}
