// What happens when somebody chooses a pin: closer, to the card in the list, or the names below the map.
import { boundsOf } from "./drawing.js";

const SAME_SPOT = 1e-4; // degrees, as on the server
const LARGEST_ZOOM = 16;
const NEARBY_MILES = 5;

export function chosenPlaces(map, section, options, list) {
  const panel = section.querySelector(".map__chosen");
  const [title, names] = [panel.querySelector("h3"), panel.querySelector("ul")];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  panel.querySelector("button").addEventListener("click", () => {
    panel.hidden = true;
    map.getContainer().focus();
  });

  return ({ found, cards }) => {
    const { count, places } = found.properties;
    panel.hidden = true;
    if (!places.length && map.getZoom() < LARGEST_ZOOM && !isOneSpot(found.bbox)) {
      const bounds = boundsOf(found.bbox);
      const closer = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, [40, 40]));
      map.setView(bounds.getCenter(), Math.min(closer, LARGEST_ZOOM), { animate: !still });
      map.getContainer().focus({ preventScroll: true });
    } else if (cards.length && cards.length >= count) {
      list.goTo(cards[0]);
    } else {
      tell(count, places, found.geometry.coordinates);
    }
  };

  function tell(count, places, [longitude, latitude]) {
    title.textContent = options.words.spot.replace("{count}", count);
    if (count === 1) title.textContent = options.words.here;
    names.replaceChildren(...(places.length ? places.map(item) : [nearby(longitude, latitude)]));
    panel.hidden = false;
    panel.focus();
  }

  function item({ name, address, note }) {
    const line = document.createElement("li");
    const why = Object.assign(document.createElement("span"), { className: "map__note", textContent: note });
    line.append(link(address, name), why);
    return line;
  }

  function nearby(longitude, latitude) {
    const address = new URL(options.list, location.href);
    address.searchParams.set("near", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);
    address.searchParams.set("radius", NEARBY_MILES);
    const line = document.createElement("li");
    line.append(`${options.words.tooMany} `, link(address.href, options.words.nearby));
    return line;
  }
}

const isOneSpot = ([west, south, east, north]) => Math.max(Math.abs(east - west), north - south) <= SAME_SPOT;

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent });
}
