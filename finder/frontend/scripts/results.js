// The page of results: a change of the filters shows at once, and the list can be copied as a link and printed.
// Without this script, the form's button and plain links do the same.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false, // our security policy allows none
  includeIndicatorStyles: false, // nor styles inside the page
  historyEnabled: false, // htmx would keep what somebody looked for in the browser's storage
});
try {
  sessionStorage.removeItem("htmx-current-path-for-history"); // which it has done already, when it was loaded
} catch {
  // A browser that refuses its storage keeps nothing.
}

const page = () => location.pathname + location.search;
const filters = document.querySelector("#filters");
let shown = page();
let folds = new Map();

// Whatever the reader unfolded stays so.
function rememberFolds() {
  folds = new Map([...filters.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]));
}

function restoreFolds() {
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
}

// A choice that is there no more, since it would give nothing, leaves the focus to the heading of its group.
function keepFocus(group) {
  if (document.activeElement === document.body) document.getElementById(group)?.querySelector("summary").focus();
}

let group = "";

document.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.formData;
  for (const name of [...asked.keys()]) if (!asked.get(name)) asked.delete(name);
});

document.addEventListener("htmx:beforeSwap", () => {
  rememberFolds();
  group = document.activeElement?.closest("#facets details")?.id ?? "";
});

document.addEventListener("htmx:afterSwap", (event) => {
  restoreFolds();
  keepFocus(group);
  const { pathname, search } = new URL(event.detail.xhr.responseURL);
  if (pathname + search !== page()) history.pushState(null, "", pathname + search);
  shown = page();
  document.querySelector("#told").textContent = document.querySelector("#count").textContent;
});

// A mistake or a line that broke: the page itself says more than a script could.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, () => document.querySelector("#search").submit());
}

window.addEventListener("popstate", () => {
  if (page() !== shown) location.reload();
});

// Where a page has come without encryption, browsers have no clipboard but this.
function copyOfOld(text) {
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  document.execCommand("copy");
  field.remove();
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  await (navigator.clipboard?.writeText(copy.dataset.copy) ?? copyOfOld(copy.dataset.copy));
  copy.textContent = copy.dataset.copied;
  document.querySelector("#told").textContent = copy.dataset.copied;
});
