// Opening the till: which cooperative's, and what comes instead where it may not or cannot open.
// No page in here: `get` asks the server, and whoever calls draws what is found.
const REASONS = { 401: "signed-out", 403: "forbidden", 404: "unknown" };

/** What an address asks for: ?koperasi=…&unit=… */
export function wanted(search) {
  const query = new URLSearchParams(search);
  const code = query.get("koperasi") ?? "";
  return { code: /^[\w-]+$/.test(code) ? code : "", unit: query.get("unit") ?? "" };
}

/** Where the data of a cooperative's till is asked for. */
export function dataOf(addresses, code) {
  return addresses.data.replace("/_/", `/${code}/`);
}

/**
 * @param here {search}: the address of the page
 * @param get asks an address with a query; throws with a `status`
 * @returns {state}: "open" with what was `told`, "choose" between `places`, "elsewhere" with the
 *   `address` of the page in the other language, or "refused" with a `reason`
 */
export async function look({ here, language, addresses, get }) {
  const { code, unit } = wanted(here.search);
  try {
    if (!code) return await lookForPlace({ here, language, addresses, get });
    const told = await get(dataOf(addresses, code), unit ? { unit } : {});
    const other = addresses.languages[told.language];
    if (told.language !== language && other) return { state: "elsewhere", address: other + here.search };
    return { state: "open", told };
  } catch ({ status }) {
    return { state: "refused", reason: REASONS[status] ?? "unreachable" };
  }
}

/** Most cashiers sell in one place, and need not say in which. */
async function lookForPlace({ here, language, addresses, get }) {
  const { places } = await get(addresses.places, {});
  if (places.length > 1) return { state: "choose", places };
  if (!places.length) return { state: "refused", reason: "nowhere" };
  const query = new URLSearchParams(here.search);
  query.set("koperasi", places[0].code);
  return look({ here: { search: `?${query}` }, language, addresses, get });
}

/** @returns the way out of a refusal: an address, or "" where trying again is the way */
export function wayOut(reason, addresses, here) {
  if (reason === "signed-out") return signInAndComeBack(addresses, here);
  return reason === "unreachable" ? "" : addresses.home;
}

/** For whoever finds somebody else signed in. */
export function signOutAndComeBack({ signOut, signIn }, here) {
  return `${signOut}?${new URLSearchParams({ next: signInAndComeBack({ signIn }, here) })}`;
}

export function signInAndComeBack({ signIn }, { pathname, search }) {
  return `${signIn}?${new URLSearchParams({ next: pathname + search })}`;
}
