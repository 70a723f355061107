// The map beside the list: outlines of our own, pins that the server makes for what is in view, list and map in step.
import { drawing } from "./map/drawing.js";
import { inStep } from "./map/list.js";
import { pinLayer } from "./map/pins.js";

const section = document.querySelector("[data-map]");
if (section) start(section, JSON.parse(section.dataset.map));

function start(section, options) {
  section.classList.add("map--ready");
  const map = drawing(section.querySelector(".map__frame"), options);
  const list = inStep(document.querySelectorAll("#places .card"), options.listed);
  pinLayer(map, section, options, list);
}
