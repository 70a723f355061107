// The pin of a listing's form: dragged, or moved with the arrow keys, it writes its place into the form's fields; what is
// typed there moves it. Without this script the fields do the same.
import { divIcon, marker } from "leaflet/dist/leaflet-src.esm.js";
import { drawing, pointOf } from "./map/drawing.js";
import { onEarth } from "./map/longitudes.js";
import { namesOn } from "./map/towns.js";

const CLOSE = 13;
const SIZE = 44; // pixels: what a fingertip can hold
const STEP = 2; // pixels of the map, with the Shift key ten times as many
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const EXACT = "address";

const section = document.querySelector("[data-pin]");
if (section) start(section, JSON.parse(section.dataset.pin));

function start(place, options) {
  const form = place.closest("form").elements;
  const status = place.querySelector(".map__status");
  place.classList.add("map--ready");
  const map = drawing(place.querySelector(".map__frame"), options);
  const icon = divIcon({ className: "listing-pin", iconSize: [SIZE, SIZE], iconAnchor: [SIZE / 2, SIZE] });
  const pin = marker(map.getCenter(), { autoPan: true, draggable: true, icon });
  pin.on("add", () => pin.getElement().setAttribute("aria-label", options.words.pin));

  function typed() {
    const [latitude, longitude] = [form.latitude.value, form.longitude.value].map((text) => parseFloat(text));
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return;
    pin.setLatLng(pointOf([longitude, latitude])).addTo(map);
    map.setView(pin.getLatLng(), Math.max(map.getZoom(), CLOSE), { animate: false });
    status.textContent = "";
  }

  function moved() {
    const { lat, lng } = pin.getLatLng();
    form.latitude.value = lat.toFixed(6);
    form.longitude.value = onEarth(lng).toFixed(6);
    form.precision.value = EXACT;
    status.textContent = options.words.moved
      .replace("{latitude}", form.latitude.value)
      .replace("{longitude}", form.longitude.value);
  }

  function step(event) {
    const way = STEPS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // nor may the page scroll
    event.stopPropagation(); // nor the map move
    const pixels = STEP * (event.shiftKey ? 10 : 1);
    const at = map.project(pin.getLatLng());
    pin.setLatLng(map.unproject([at.x + way[0] * pixels, at.y + way[1] * pixels]));
    if (!map.getBounds().contains(pin.getLatLng())) map.panTo(pin.getLatLng(), { animate: false });
    moved();
  }

  // In the order in which somebody may do it: press on the map where there is no pin yet, then move it.
  map.on("click", ({ latlng }) => {
    if (map.hasLayer(pin)) return;
    pin.setLatLng(latlng).addTo(map);
    moved();
  });
  pin.on("dragend", moved);
  towns(map, pin, options.towns);
  pin.on("add", () => pin.getElement().addEventListener("keydown", step));
  for (const field of [form.latitude, form.longitude]) field.addEventListener("change", typed);
  typed();
}

// The names of towns in view, as the public map has them; without them there are still the outlines.
function towns(map, pin, address) {
  let [names, newest] = [[], ""];
  map.on("moveend", async () => {
    const asked = `${address}?${inView(map)}`;
    newest = asked;
    const found = await townsAt(asked);
    if (asked !== newest) return; // the map has moved on
    for (const name of names) name.remove();
    names = namesOn(map, found, map.hasLayer(pin) ? [{ marker: pin, size: SIZE }] : []);
  });
}

function inView(map) {
  const [bounds, { lat, lng }] = [map.getBounds(), map.getCenter()];
  const box = [onEarth(bounds.getWest()), bounds.getSouth(), onEarth(bounds.getEast()), bounds.getNorth()];
  const near = `${lat.toFixed(6)}, ${onEarth(lng).toFixed(6)}`;
  return new URLSearchParams({ near, bbox: box.map((degrees) => degrees.toFixed(6)), zoom: map.getZoom() });
}

async function townsAt(address) {
  try {
    return (await (await fetch(address)).json()).towns ?? [];
  } catch {
    return [];
  }
}
