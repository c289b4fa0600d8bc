// Prints what each generated client weighs alone; exits with 1 if one is over its limit.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from './bundle.mjs';

const LIMIT = 6_000;
const clients = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/clients_generated');

for (const name of (await readdir(clients)).sort()) {
  const { gzip } = await bundled(`export * from '@/clients_generated/${name}';`);
  process.stdout.write(`  ${name}: ${(gzip / 1000).toFixed(2)} kB gzipped of at most ${LIMIT / 1000} kB\n`);
  if (gzip > LIMIT) process.exitCode = 1;
}
