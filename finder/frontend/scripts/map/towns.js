// The names of towns: where the town is, or below the pin that would hide the name; left out where there is no room.
import { mark, pointOf } from "./drawing.js";

const ACROSS = 50; // pixels: half of what a name takes
const ALONG = 9;

export function namesOn(map, towns, pins) {
  const around = [...pins].map(({ marker, size }) => {
    const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
    return { x, y, across: size / 2, along: size / 2 };
  });
  const placed = [];
  for (const { name, coordinates } of towns) {
    const at = map.latLngToLayerPoint(pointOf(coordinates));
    const pin = around.find((each) => hides(each, at));
    if (pin) at.y = pin.y + pin.along + ALONG;
    if ([...around, ...placed].some((each) => hides(each, at))) continue;
    placed.push({ x: at.x, y: at.y, across: ACROSS, along: ALONG, shown: shown(map, name, at) });
  }
  return placed.map((each) => each.shown);
}

function hides({ x, y, across, along }, at) {
  return Math.abs(x - at.x) < across + ACROSS && Math.abs(y - at.y) < along + ALONG;
}

function shown(map, name, at) {
  const text = document.createElement("span");
  text.textContent = name;
  return mark(map.layerPointToLatLng(at), "map-town", [0, 0], text).addTo(map);
}
