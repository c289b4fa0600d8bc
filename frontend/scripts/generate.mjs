// Writes the TypeScript clients of all modules, or of those named: trader-client-<module> from its OpenAPI file,
// ws-types-<module> from its AsyncAPI file. What no module makes any more is removed.
//   node scripts/generate.mjs [MODULE...] [--check | --watch] [--specs DIR] [--out DIR]
// --check writes nothing, shows what is out of date and exits with 1. --watch goes on until it is stopped.
// --specs is a folder with <module>/specs_generated/{openapi,asyncapi}.json, --out that of the clients.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { difference, leftovers, moduleFiles, remove, staleFiles, write } from './generate-output.mjs';
import { specifications } from './generate-sources.mjs';
import { watch } from './generate-watch.mjs';

const frontend = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (line) => process.stdout.write(`${line}\n`);

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      specs: { type: 'string', default: path.resolve(frontend, '../backend/src/trading_api/modules') },
      out: { type: 'string', default: path.join(frontend, 'src/clients_generated') },
    },
  });
  const only = positionals.length > 0 ? positionals.map((name) => name.replaceAll('_', '-')) : undefined;
  return { ...values, only };
}

async function generatedFiles({ specs, only }) {
  const found = await specifications(specs);
  const names = found.map(({ name }) => name);
  if (names.length === 0) throw new Error(`there is no specs_generated/openapi.json below ${specs}`);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`there is no module "${unknown}" among ${names.join(', ')}`);
  }
  const wanted = found.filter(({ name }) => only === undefined || only.includes(name));
  const files = new Map();
  for (const specification of wanted) {
    for (const [file, text] of await moduleFiles(specification)) files.set(file, text);
  }
  return files;
}

async function run({ check, specs, out, only }) {
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

try {
  const chosen = options();
  if (chosen.watch) {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
    const timed = (line) => say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    await watch({ ...chosen, say: timed, signal: stop.signal });
  } else {
    process.exitCode = await run(chosen);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
