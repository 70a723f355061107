// How far an import is, without loading the page again; and a file that is too large, told before it is sent.
// Without this script the page loads itself again every few seconds, and the server refuses the file.
const MEGABYTE = 1_000_000;
const MILLISECONDS = 1000;
const QUARTER = 0.25;

const live = document.querySelector("[data-live]");
if (live) follow(live, document.querySelector("[data-said]"));

const form = document.querySelector("form[data-upload]");
if (form) form.addEventListener("submit", refuseTooLarge);

// Each step of the work is a page of its own: that is loaded, since everything on it is new.
async function follow(shown, said) {
  let told = "";
  for (;;) {
    await new Promise((done) => setTimeout(done, MILLISECONDS));
    const answer = await page();
    if (!answer) continue;
    const next = answer.document.querySelector("[data-live]");
    if (!next || answer.redirected) return location.replace(answer.url);
    shown.replaceChildren(...next.childNodes);
    const words = spoken(shown);
    if (words !== told) said.textContent = told = words;
  }
}

async function page() {
  try {
    const answer = await fetch(location.href);
    const text = await answer.text();
    if (!answer.ok) return null;
    const parsed = new DOMParser().parseFromString(text, "text/html");
    return { document: parsed, redirected: answer.redirected, url: answer.url };
  } catch {
    return null; // the line is gone for a moment
  }
}

// Who listens isn't told each row, but what is done now, and each quarter of it.
function spoken(shown) {
  const bar = shown.querySelector("progress");
  const quarters = bar.position < 0 ? 0 : Math.floor(bar.position / QUARTER);
  const name = bar.getAttribute("aria-label");
  return quarters ? `${name}: ${quarters * 100 * QUARTER} %` : name;
}

function refuseTooLarge(event) {
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const problem = form.querySelector("[data-too-large]");
  problem.hidden = bytes <= Number(form.dataset.upload) * MEGABYTE;
  if (problem.hidden) return;
  event.preventDefault();
  problem.focus();
}
