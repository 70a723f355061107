// "Use my location": asked only on a tap, and rounded here, before anything leaves the device.
const DECIMALS = 2; // of a degree: about a kilometer, half of which is the most that rounding can be off
const PATIENCE = { enableHighAccuracy: false, timeout: 15_000, maximumAge: 600_000 };
const FAULTS = ["unknown", "denied", "unknown", "slow"]; // by GeolocationPositionError.code

export function locate(place) {
  const input = place.querySelector("input");
  const button = place.querySelector(".place__locate");
  const message = place.querySelector(".place__message");
  if (!navigator.geolocation || !window.isSecureContext) {
    button.remove();
    return;
  }
  let isAsking = false;

  const say = (text, isFault = false) => {
    message.textContent = text;
    message.classList.toggle("place__message--fault", isFault);
  };

  const take = ({ coords }) => {
    isAsking = false;
    input.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(DECIMALS)).join(", ");
    say(place.dataset.located);
  };

  const fail = ({ code }) => {
    isAsking = false;
    say(place.dataset[FAULTS[code] ?? "unknown"], true);
  };

  button.addEventListener("click", () => {
    if (isAsking) return;
    isAsking = true;
    say(place.dataset.finding);
    navigator.geolocation.getCurrentPosition(take, fail, PATIENCE);
  });
  input.addEventListener("input", () => say(""));
  place.classList.add("place--ready");
}
