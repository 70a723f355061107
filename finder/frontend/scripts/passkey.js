// A form that asks a passkey before it is sent: data-passkey says whether to make one ("create") or to let one sign
// ("get"), data-challenge where the challenge comes from. The key's answer goes into the field "answer".
// Without this script the form is sent without an answer, and the page names the other ways.
const form = document.querySelector("form[data-passkey]");
const told = form.querySelector("[data-told]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

function asked(options) {
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = known(options.allowCredentials);
  return { publicKey: read };
}

function answered({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const sent = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(sent) });
}

async function challenge() {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.challenge, { method: "POST", body });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  told.hidden = true;
  try {
    const options = await challenge();
    if (!options) {
      location.reload(); // signed out, or too many tries: the page says more than we know
      return;
    }
    form.elements.answer.value = answered(await navigator.credentials[form.dataset.passkey](asked(options)));
    form.submit();
  } catch {
    // Somebody changed their mind, or the browser, the key or this address can't do it: it doesn't say which.
    told.hidden = false;
  }
});
