// The outlines of the map, as TopoJSON, from us-atlas: the Census Bureau's boundaries for maps of 1:10,000,000, which are
// in the public domain.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

// states.json draws the land and the lines between states; counties.json, which is larger, the lines inside of states.
export async function outlines() {
  const states = await atlas("states-10m");
  for (const { geometries } of Object.values(states.objects)) for (const shape of geometries) delete shape.properties;
  const counties = inner(await atlas("counties-10m"));
  return { "states.json": JSON.stringify(states), "counties.json": JSON.stringify(counties) };
}

const atlas = async (name) => JSON.parse(await readFile(resolve(`us-atlas/${name}.json`), "utf8"));

// Only the lines between two counties of one state: half of the whole, since coasts are the longest lines.
function inner({ type, transform, arcs, objects }) {
  const beside = arcs.map(() => new Set());
  for (const { id, arcs: rings = [] } of objects.counties.geometries) {
    for (const arc of rings.flat(Infinity)) beside[arc < 0 ? ~arc : arc].add(id);
  }
  const kept = arcs.filter((_, number) => beside[number].size > 1 && states(beside[number]).size === 1);
  const lines = { type: "MultiLineString", arcs: kept.map((_, at) => [at]) };
  return { type, transform, arcs: kept, objects: { counties: lines } };
}

// A county's number begins with its state's two digits.
const states = (counties) => new Set([...counties].map((id) => id.slice(0, 2)));
