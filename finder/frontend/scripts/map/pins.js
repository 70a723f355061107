// The pins: asked for anew whenever the map has moved, each a button of its own.
import { divIcon, marker } from "leaflet/dist/leaflet-src.esm.js";
import { chosenPlaces } from "./chosen.js";
import { pointOf } from "./drawing.js";
import { area } from "./list.js";
import { onEarth } from "./longitudes.js";
import { namesOn } from "./towns.js";

const PAUSE = 120; // milliseconds in which a map that moves on asks for nothing
const SIZES = [
  [100, 42],
  [2, 36],
  [0, 26],
]; // pixels by least count; the server keeps the middles 44 apart
const LETTER = 30;

export function pinLayer(map, section, options, list) {
  const { words } = options;
  const status = section.querySelector(".map__status");
  const choose = chosenPlaces(map, section, options, list);
  let pins = new Map();
  let towns = [];
  let timer, asking;

  function draw({ features, towns: names }) {
    const before = pins;
    pins = new Map(features.map((found) => [keyOf(found), before.get(keyOf(found)) ?? pinOf(found)]));
    const focused = document.activeElement;
    const isLost = [...before].some(([key, pin]) => !pins.has(key) && pin.button === focused);
    for (const [key, pin] of before) if (!pins.has(key)) pin.marker.remove();
    // In the order in which a map is read, which is the order of the Tab key too; those that stay are put back in it.
    for (const pin of pins.values()) {
      if (!before.has(keyOf(pin.found))) pin.marker.addTo(map);
      pin.marker.getElement().parentNode.append(pin.marker.getElement());
    }
    if (isLost) map.getContainer().focus({ preventScroll: true });
    else if (focused?.isConnected && map.getContainer().contains(focused)) focused.focus({ preventScroll: true });
    for (const town of towns) town.remove();
    towns = namesOn(map, names, pins.values());
  }

  function pinOf(found) {
    const { count, places } = found.properties;
    const cards = list.of(found);
    const button = document.createElement("button");
    const size = count === 1 && cards.length ? LETTER : SIZES.find(([least]) => count >= least)[1];
    button.type = "button";
    button.className = places.length && places.every(({ note }) => note) ? "map-pin map-pin--rough" : "map-pin";
    button.textContent = count > 1 ? shortened(count) : (cards[0]?.letter ?? "");
    button.setAttribute("aria-label", labelOf(count, places, cards, words));
    const pin = { found, cards, button, size };
    pin.marker = marker(pointOf(found.geometry.coordinates), {
      icon: divIcon({ className: "map-place", html: button, iconSize: [size, size] }),
      interactive: false,
      keyboard: false,
    });
    button.addEventListener("click", (event) => {
      event.stopPropagation(); // else the map would move there
      if (!map.dragging.moved()) choose(pin);
    });
    for (const type of ["mouseenter", "focus"]) button.addEventListener(type, () => list.light(cards, true));
    for (const type of ["mouseleave", "blur"]) button.addEventListener(type, () => list.light(cards, false));
    return pin;
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${options.pins}&bbox=${boxOf(map)}&zoom=${map.getZoom()}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      draw(found);
      status.textContent = told(found.features, words);
    } catch (fault) {
      if (fault.name !== "AbortError") status.textContent = words.failed;
    }
  }

  list.watch((one, isLit) => {
    const around = [...pins.values()].filter(({ cards }) => cards.includes(one));
    // Of two pins around it, the one that reaches less far is its own.
    const [pin] = around.sort((some, other) => area(some.found.bbox) - area(other.found.bbox));
    pin?.button.classList.toggle("map-pin--lit", isLit);
  });
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

const keyOf = ({ geometry, properties }) => `${geometry.coordinates} ${properties.count}`;

const shortened = (count) => (count < 1000 ? String(count) : `${Math.floor(count / 100) / 10}k`);

function labelOf(count, places, cards, words) {
  if (count === 1 && !places.length) return words.one;
  if (count === 1) {
    const [{ name, note }] = places;
    return [cards.length ? words.inList.replace("{name}", name) : name, note].filter(Boolean).join(". ");
  }
  const many = (places.length ? words.spot : words.many).replace("{count}", count);
  return places.length ? `${many}: ${places.map(({ name }) => name).join(", ")}` : many;
}

function told(features, words) {
  const count = features.reduce((sum, { properties }) => sum + properties.count, 0);
  const number = count.toLocaleString(document.documentElement.lang);
  return [words.shownNone, words.shownOne][count] ?? words.shown.replace("{count}", number);
}

// What is in view, as the server understands it: west of the date line and east of it at once where it must be.
function boxOf(map) {
  const bounds = map.getBounds();
  const whole = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = whole ? [-180, 180] : [onEarth(bounds.getWest()), onEarth(bounds.getEast())];
  const [south, north] = [Math.max(bounds.getSouth(), -90), Math.min(bounds.getNorth(), 90)];
  return [west, south, east, north].map((degrees) => degrees.toFixed(6)).join(",");
}

