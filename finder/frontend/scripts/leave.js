// Leaving quickly: the button, or Escape pressed three times, puts an ordinary page in place of this one.
// Without this script the button is a plain link to the same page.
const PRESSES = 3;
const WITHIN = 5000; // milliseconds, so that an Escape now and then stays what it is elsewhere

const link = document.querySelector("[data-leave]");
let pressed = [];

function forget() {
  for (const storage of ["sessionStorage", "localStorage"]) {
    try {
      window[storage].clear();
    } catch {
      // The browser lets us keep nothing, so there is nothing to clear.
    }
  }
}

function leave() {
  const target = link.href;
  document.documentElement.replaceChildren(); // nothing stays to be read, however slowly the other page comes
  forget();
  window.location.replace(target);
}

function count(event) {
  if (event.repeat) return;
  const recent = pressed.filter((time) => event.timeStamp - time < WITHIN);
  pressed = event.key === "Escape" ? [...recent, event.timeStamp] : [];
  if (pressed.length === PRESSES) leave();
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
// Before any part of the page that takes Escape for itself, as an open list does.
document.addEventListener("keydown", count, { capture: true });
document.querySelector("[data-leave-keys]").hidden = false;
