// The list below the field. The focus stays in the field; the arrows move what is marked in the list.
const PAUSE = 150; // milliseconds without a key before we ask
const FEWEST = 2; // letters

export function suggestions(place) {
  const input = place.querySelector("input");
  const list = made("ul", { id: `${input.id}-places`, role: "listbox", className: "place__list", hidden: true });
  const count = made("div", { role: "status", className: "govuk-visually-hidden" });
  list.setAttribute("aria-label", place.dataset.listLabel);
  input.after(list, count);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off"; // the browser's own list would lie over ours
  let timer, asking, marked;

  const options = () => [...list.children];

  function mark(option) {
    marked?.setAttribute("aria-selected", "false");
    marked = option;
    marked?.setAttribute("aria-selected", "true");
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) input.setAttribute("aria-activedescendant", marked.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) mark(undefined);
  }

  // What was asked for may come when it is no longer wanted.
  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  function close() {
    stop();
    show(false);
    count.textContent = "";
  }

  function fill(places) {
    const texts = place.dataset;
    list.replaceChildren(
      ...places.map(({ label, kind }, number) => {
        const option = made("li", { id: `${list.id}-${number}`, role: "option", className: "place__option" });
        option.setAttribute("aria-selected", "false");
        option.dataset.label = label;
        const what = made("span", { className: "place__kind", textContent: texts[kind] });
        option.append(made("span", { textContent: label }), " ", what);
        return option;
      }),
    );
    mark(undefined);
    show(places.length > 0);
    count.textContent = [texts.none, texts.one][places.length] ?? texts.many.replace("{count}", places.length);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < FEWEST) {
      close();
      return;
    }
    asking = new AbortController();
    try {
      const address = `${place.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asking.signal });
      fill((await answer.json()).places);
    } catch {
      show(false); // without an answer it is a field like any other
    }
  }

  function choose(option) {
    input.value = option.dataset.label;
    close();
  }

  function move(step) {
    const all = options();
    if (list.hidden && all.length) show(true);
    // Beyond either end lies the field itself, where nothing is marked.
    const at = all.indexOf(marked) + step;
    mark(marked || step > 0 ? all[at] : all.at(-1));
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(marked),
    Escape: () => (list.hidden ? (input.value = "") : close()),
  };

  // Whether a key is ours now: Enter with nothing marked sends the form, Escape in an empty field does nothing.
  const isOurs = {
    ArrowDown: () => options().length > 0,
    ArrowUp: () => options().length > 0,
    Enter: () => Boolean(marked),
    Escape: () => !list.hidden || input.value !== "",
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !isOurs[event.key]?.()) return;
    keys[event.key]();
    event.preventDefault();
  });
  input.addEventListener("input", () => {
    stop();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  // Otherwise the field would lose its focus, and the list be gone, before the tap is over.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  show(false);
}

function made(tag, { role, ...properties }) {
  const element = Object.assign(document.createElement(tag), properties);
  if (role) element.setAttribute("role", role);
  return element;
}
