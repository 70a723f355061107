// "Keep" at each place, and the link to the list with the number of places on it.
import { addressOf, CHANGED, keepThese, kept, MOST } from "./shortlist/kept.js";

const places = document.querySelectorAll("[data-shortlist-link]");
const words = places[0].dataset;

function link(slugs) {
  const made = document.createElement("a");
  made.className = "govuk-link";
  made.href = addressOf(words.address, slugs);
  made.textContent = `${words.words} (${slugs.length})`;
  return made;
}

function show() {
  const slugs = kept();
  for (const button of document.querySelectorAll("[data-keep]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(slugs.includes(button.dataset.keep)));
  }
  for (const place of places) place.replaceChildren(...(slugs.length ? [link(slugs)] : []));
}

// Where the thumb is: the link to the list, or why it takes no more.
function answer(button, said) {
  document.querySelector("[data-keep-answer]")?.remove();
  const answered = document.createElement("span");
  answered.className = "keep-answer";
  answered.dataset.keepAnswer = "";
  answered.setAttribute("role", "status");
  button.after(answered);
  answered.append(said); // after it is there, so that it is read aloud
}

function press(button) {
  const slugs = kept();
  const slug = button.dataset.keep;
  if (!slugs.includes(slug) && slugs.length === MOST) {
    answer(button, words.full);
    return;
  }
  keepThese(slugs.includes(slug) ? slugs.filter((other) => other !== slug) : [...slugs, slug]);
  answer(button, kept().length ? link(kept()) : "");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (button) press(button);
});
document.addEventListener("htmx:afterSwap", show); // cards that came later
window.addEventListener(CHANGED, show);
window.addEventListener("pageshow", show); // the page again, by the Back button
window.addEventListener("storage", show); // another tab
show();
