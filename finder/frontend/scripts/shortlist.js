// What the page of a list does beyond showing it: keep it, forget it, copy its link, print it.
import { addressOf, clear, isOnDevice, keepOnDevice, keepThese, kept, MOST } from "./shortlist/kept.js";

const page = document.querySelector("[data-shortlist]");
const find = (name) => page.querySelector(`[data-${name}]`);
const slugsIn = (text) => text.split(",").filter(Boolean);
const shown = slugsIn(page.dataset.shortlist);
const asked = slugsIn(page.dataset.asked);

function open(slugs) {
  window.location.replace(addressOf(page.dataset.address, slugs));
}

function showWhose() {
  const slugs = kept();
  const isOwn = shown.every((slug) => slugs.includes(slug));
  find("own").hidden = !isOwn;
  find("foreign").hidden = isOwn;
  find("on-device").checked = isOnDevice();
}

function say(words) {
  find("status").textContent = words;
}

async function copy(button) {
  const field = find("share");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.done);
  } catch {
    say(button.dataset.failed);
  }
}

const actions = {
  copy,
  print: () => window.print(),
  clear: () => {
    clear();
    open([]);
  },
  "keep-all": (button) => {
    const all = [...new Set([...kept(), ...shown])];
    if (all.length > MOST) {
      say(button.dataset.full);
      return;
    }
    keepThese(all);
    showWhose();
    say(button.dataset.done);
  },
};

function enliven() {
  for (const [name, act] of Object.entries(actions)) find(name).addEventListener("click", (event) => act(event.target));
  find("on-device").addEventListener("change", (event) => keepOnDevice(event.target.checked));
  for (const link of page.querySelectorAll("[data-take-off]"))
    link.addEventListener("click", () => keepThese(kept().filter((slug) => slug !== link.dataset.takeOff)));
  find("with-scripts").hidden = false;
  showWhose();
}

// What is no longer listed doesn't stay in the browser either.
const gone = asked.filter((slug) => !shown.includes(slug));
if (gone.length) keepThese(kept().filter((slug) => !gone.includes(slug)));

if (shown.length) enliven();
else if (!asked.length && kept().length) open(kept());
