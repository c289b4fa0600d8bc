// Writes the TypeScript clients of all modules, or of those named: trader-client-<module> from its OpenAPI file,
// ws-types-<module> from its AsyncAPI file. What no module makes any more is removed.
//   node scripts/generate.mjs [MODULE...] [--check | --watch] [--specs DIR] [--out DIR]
// --check writes nothing, shows what is out of date and exits with 1. --watch goes on until it is stopped.
// --specs is a folder with <module>/specs_generated/{openapi,asyncapi}.json, --out that of the clients.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './generate-run.mjs';
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

try {
  const chosen = options();
  if (chosen.watch) {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
    const timed = (line) => say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    await watch({ ...chosen, say: timed, signal: stop.signal });
  } else {
    process.exitCode = await run({ ...chosen, say });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
