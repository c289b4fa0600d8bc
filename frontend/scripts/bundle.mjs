// Bundles a few lines of source as the terminal's build would, in memory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const frontend = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = 'virtual:entry';

/** The code of `source`, which may import "@/...", and its size after gzip. */
export async function bundled(source) {
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === ENTRY ? path.join(frontend, 'src', 'entry.ts') : undefined),
    load: (id) => (id === path.join(frontend, 'src', 'entry.ts') ? source : undefined),
  };
  const result = await build({
    configFile: false,
    root: frontend,
    logLevel: 'error',
    plugins: [entry],
    resolve: { alias: { '@': path.join(frontend, 'src') } },
    build: { write: false, rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'strict' } },
  });
  const code = result.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
  return { code, gzip: gzipSync(code).length };
}
