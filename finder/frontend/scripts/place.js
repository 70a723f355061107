// The field for a place: suggestions from our own list while somebody types, and where they are if they tap for it.
// An editable combobox with a list, as https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it.
import { locate } from "./place/locate.js";
import { suggestions } from "./place/suggestions.js";

for (const place of document.querySelectorAll("[data-place]")) {
  suggestions(place);
  locate(place);
}
