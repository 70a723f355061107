// Builds the style sheet, the scripts and the icon into finder/static/build: named by their content, so that a browser
// may keep them for ever, and compressed once here instead of at each request. manifest.json maps the plain names to the
// built ones. Each file of scripts/ becomes a script of its own with what it imports.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { outlines } from "./outlines.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../static/build/");

const style = (path) => sass.compile(here(path), { style: "compressed", loadPaths: [here("../../node_modules")] }).css;
const files = {
  "site.css": Buffer.from(style("site.scss")),
  "admin.css": Buffer.from(style("pages/admin.scss")),
  // Without Leaflet's rules for pictures that our map doesn't have.
  "map.css": Buffer.from(style("pages/map.scss").replace(/[^{}]+\{[^{}]*url\([^{}]*\}/g, "")),
  "icon.svg": await readFile(here("icon.svg")),
};
for (const [name, text] of Object.entries(await outlines())) files[name] = Buffer.from(text);

const names = (await readdir(here("scripts"))).filter((name) => name.endsWith(".js"));
const scripts = await esbuild.build({
  entryPoints: names.map((name) => here(`scripts/${name}`)),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  outdir: target,
  write: false,
});
for (const { path, contents } of scripts.outputFiles) files[path.split("/").at(-1)] = Buffer.from(contents);

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const manifest = {};
for (const [name, content] of Object.entries(files)) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const built = name.replace(".", `.${digest}.`);
  await writeFile(target + built, content);
  await writeFile(`${target}${built}.gz`, gzipSync(content, { level: 9 }));
  await writeFile(`${target}${built}.br`, brotliCompressSync(content));
  manifest[name] = built;
}
await writeFile(`${target}manifest.json`, JSON.stringify(manifest, null, 2));
