// The places that this browser keeps: their slugs, nothing else. By default until the tab is closed (sessionStorage), by
// choice on the device (localStorage). Nothing is written before somebody keeps a place, nothing stays of an empty list.
const KEY = "finder.shortlist";
const SLUG = /^[a-z0-9-]{1,160}$/;
export const MOST = 20;
export const CHANGED = "finder:list"; // told to the window after each change

// A browser may refuse its storage, even to be named: then a list is what its address says.
function storage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

const ofTab = storage("sessionStorage");
const ofDevice = storage("localStorage");

const isSlug = (value) => typeof value === "string" && SLUG.test(value);

function read(store) {
  try {
    const found = JSON.parse(store?.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isSlug).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(store, slugs) {
  try {
    if (slugs.length) store?.setItem(KEY, JSON.stringify(slugs));
    else store?.removeItem(KEY);
  } catch {
    // Full or refused: the list is not kept, and the buttons go on saying so.
  }
  window.dispatchEvent(new Event(CHANGED));
}

export const isOnDevice = () => read(ofDevice).length > 0;
export const kept = () => (isOnDevice() ? read(ofDevice) : read(ofTab));

export function keepThese(slugs) {
  write(isOnDevice() ? ofDevice : ofTab, slugs.slice(0, MOST));
}

export function keepOnDevice(wanted) {
  const slugs = kept();
  write(ofTab, wanted ? [] : slugs);
  write(ofDevice, wanted ? slugs : []);
}

export function clear() {
  write(ofTab, []);
  write(ofDevice, []);
}

// The page of these places. Commas may stand in an address as they are, and keep it short enough to send.
export const addressOf = (page, slugs) => (slugs.length ? `${page}?ids=${slugs.join(",")}` : page);
