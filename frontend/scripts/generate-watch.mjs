// Generates again as soon as a specification changes, for as long as it runs.
import { setTimeout as pause } from 'node:timers/promises';
import { leftovers, moduleFiles, remove, staleFiles, write } from './generate-output.mjs';
import { specifications } from './generate-sources.mjs';

/** A look at a few small files costs a millisecond, and unlike notices of the system it misses none. */
const LOOK_EVERY_MS = 50;

/** Brings the files of one module up to date; one line says what was done, or what is wrong with its files. */
async function renew(specification, out, say) {
  const started = performance.now();
  const { name } = specification;
  try {
    const files = await moduleFiles(specification);
    const stale = await staleFiles(files, out);
    const left = await leftovers(files, out, [name]);
    await write(stale, out);
    await remove(left, out);
    const took = Math.round(performance.now() - started);
    say(`${name}: ${stale.length} written, ${left.length} removed, ${took} ms`);
  } catch (error) {
    say(error.message);
  }
}

/** Ends when `signal` is aborted. `only`: names of modules, or undefined for all. */
export async function watch({ specs, out, only, say, signal }) {
  const seen = new Map();
  while (!signal.aborted) {
    const found = await specifications(specs);
    const wanted = found.filter(({ name }) => only === undefined || only.includes(name));
    for (const name of [...seen.keys()].filter((known) => !wanted.some((each) => each.name === known))) {
      seen.delete(name);
      await renew({ name, openapi: null, asyncapi: null }, out, say);
    }
    for (const specification of wanted) {
      const text = JSON.stringify([specification.openapi, specification.asyncapi]);
      if (seen.get(specification.name) === text) continue;
      seen.set(specification.name, text);
      await renew(specification, out, say);
    }
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
