// The list beside the map. A card's pin is found by where its place is, since a pin may stand for several places.
const HAIR = 1e-5; // degrees: what rounding may be off

export function inStep(cards, points) {
  const all = [...cards].map((card, at) => ({ card, point: points[at], letter: String.fromCharCode(65 + at) }));

  return {
    // The cards of the places that a pin stands for.
    of: ({ bbox }) => all.filter(({ point }) => point && isIn(point, bbox)),

    light: (chosen, isLit) => {
      for (const { card } of chosen) card.classList.toggle("card--lit", isLit);
    },

    // Calls back with the card under the mouse or with the focus, and whether it is that still.
    watch: (report) => {
      for (const one of all) {
        for (const type of ["mouseenter", "focusin"]) one.card.addEventListener(type, () => report(one, true));
        for (const type of ["mouseleave", "focusout"]) one.card.addEventListener(type, () => report(one, false));
      }
    },

    goTo: ({ card }) => {
      card.scrollIntoView({ block: "nearest" });
      card.querySelector("h3 a, h2 a, a").focus();
    },
  };
}

function isIn([longitude, latitude], [west, south, east, north]) {
  const along = latitude >= south - HAIR && latitude <= north + HAIR;
  const [after, before] = [longitude >= west - HAIR, longitude <= east + HAIR];
  return along && (west <= east ? after && before : after || before);
}

export const area = ([west, south, east, north]) => ((east - west + 360) % 360) * (north - south);
