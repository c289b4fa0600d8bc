// One run of the generator: everything that is wanted, then what of it has to change.
import path from 'node:path';
import { difference, leftovers, moduleFiles, remove, staleFiles, write } from './generate-output.mjs';
import { specifications } from './generate-sources.mjs';

async function generatedFiles({ specs, only }) {
  const found = await specifications(specs);
  const names = found.map(({ name }) => name);
  if (names.length === 0) throw new Error(`there is no specs_generated/openapi.json below ${specs}`);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`there is no module "${unknown}" among ${names.join(', ')}`);
  const files = new Map();
  for (const specification of found) {
    if (only !== undefined && !only.includes(specification.name)) continue;
    for (const [file, text] of await moduleFiles(specification)) files.set(file, text);
  }
  return files;
}

/**
 * Writes below `out` what the modules below `specs` (or `only` those named) need, or with `check` says what
 * differs. The exit code: 1 if a check found something. Throws for specifications that cannot be read.
 */
export async function run({ check = false, specs, out, only, say }) {
  const files = await generatedFiles({ specs, only });
  const stale = await staleFiles(files, out);
  const left = await leftovers(files, out, only);
  const shown = (name) => {
    const place = path.relative(process.cwd(), path.join(out, name));
    return place.startsWith('..') ? path.resolve(out, name) : place;
  };
  if (check) {
    for (const file of stale) say(difference(file));
    for (const { file } of stale) say(`out of date: ${shown(file)}; run "npm run generate"`);
    for (const name of left) say(`left over: ${shown(name)}; run "npm run generate"`);
    return stale.length + left.length > 0 ? 1 : 0;
  }
  await write(stale, out);
  await remove(left, out);
  for (const { file } of stale) say(`wrote ${shown(file)}`);
  for (const name of left) say(`removed ${shown(name)}`);
  return 0;
}
