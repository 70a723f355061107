// The map itself: what lies under the pins, and how it moves.
import {
  control,
  divIcon,
  geoJSON,
  latLng,
  latLngBounds,
  map as leaflet,
  marker,
  svg,
  tileLayer,
} from "leaflet/dist/leaflet-src.esm.js";
import { feature, mesh } from "topojson-client";
import { onMap } from "./longitudes.js";

const LARGEST_ZOOM = 16;
const NO_CLOSER_AT_FIRST = 12; // a few streets of unknown surroundings tell nobody where they are
const COUNTIES_FROM = 7;
const WHOLE_COUNTRY = latLngBounds([18, -128], [52, -65]);
const REACH = latLngBounds([-50, -270], [82, 0]);

export function drawing(frame, options) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = leaflet(frame, {
    attributionControl: false,
    doubleClickZoom: "center",
    fadeAnimation: !still,
    inertia: !still,
    markerZoomAnimation: !still,
    maxBounds: REACH,
    maxZoom: LARGEST_ZOOM,
    minZoom: 2,
    renderer: svg({ padding: 0.5 }),
    scrollWheelZoom: false,
    zoomAnimation: !still,
    zoomControl: false,
  });
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", options.words.label);
  control.zoom({ zoomInTitle: options.words.zoomIn, zoomOutTitle: options.words.zoomOut }).addTo(map);
  const first = options.bounds ? boundsOf(options.bounds) : WHOLE_COUNTRY;
  map.fitBounds(first, { animate: false, maxZoom: NO_CLOSER_AT_FIRST, padding: [30, 30] });
  moves(map, frame, still);
  if (options.tiles) tileLayer(options.tiles, { maxZoom: LARGEST_ZOOM }).addTo(map);
  else outlines(map, options);
  if (options.near) ring(map, options.near);
  return map;
}

export const pointOf = ([longitude, latitude]) => latLng(latitude, onMap(longitude));

export function boundsOf([west, south, east, north]) {
  const left = onMap(west);
  return latLngBounds([south, left], [north, left + ((east - west + 360) % 360)]);
}

function moves(map, frame, still) {
  // Who scrolls the page past the map doesn't want it to change; who uses the map may.
  frame.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  frame.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  // For those who can't drag: a tap brings that point to the middle.
  map.on("click", ({ latlng }) => map.panTo(latlng, { animate: !still }));
}

// Something of the map that is only drawn: nobody can press it, and screen readers pass it by.
export function mark(point, className, size, html = "") {
  const icon = divIcon({ className, html, iconSize: size });
  const made = marker(point, { icon, interactive: false, keyboard: false, pane: "shadowPane" });
  made.on("add", () => made.getElement().setAttribute("aria-hidden", "true"));
  return made;
}

function ring(map, near) {
  mark(pointOf(near), "map-near", [22, 22]).addTo(map);
}

async function outlines(map, { states, counties }) {
  const shapes = await fetched(states);
  if (shapes) {
    lines(map, feature(shapes, shapes.objects.nation), "map-land");
    lines(map, mesh(shapes, shapes.objects.states, (one, other) => one !== other), "map-states");
  }
  const closer = async () => {
    if (map.getZoom() < COUNTIES_FROM) return;
    map.off("zoomend", closer);
    const finer = await fetched(counties);
    if (finer) lines(map, feature(finer, finer.objects.counties), "map-counties");
  };
  map.on("zoomend", closer);
  closer();
}

function lines(map, shape, className) {
  const coordsToLatLng = ([longitude, latitude]) => latLng(latitude, onMap(longitude));
  geoJSON(shape, { coordsToLatLng, interactive: false, style: { className } }).addTo(map);
}

// Without outlines there are still the pins and the names of towns.
async function fetched(address) {
  try {
    return await (await fetch(address)).json();
  } catch {
    return undefined;
  }
}
