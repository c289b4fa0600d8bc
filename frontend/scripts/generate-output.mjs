// What is to be written below the folder of the clients, and what of it is not there yet.
import { createTwoFilesPatch } from 'diff';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clientFiles } from './generate-client.mjs';
import { messageFiles } from './generate-messages.mjs';
import { foldersIn, readOrNull } from './generate-sources.mjs';

const CLIENT = 'trader-client-';
const MESSAGES = 'ws-types-';
const LINES_SHOWN = 40;

async function filesFrom(make, name, text, what) {
  try {
    return await make(name, JSON.parse(text));
  } catch (error) {
    throw new Error(`${what} of "${name}": ${error.message}`, { cause: error });
  }
}

/** Text by path below the folder of the clients, of one module. */
export async function moduleFiles({ name, openapi, asyncapi }) {
  const files = new Map();
  const add = (folder, texts) => {
    for (const [file, text] of Object.entries(texts)) files.set(path.join(folder, file), text);
  };
  if (openapi !== null) add(CLIENT + name, await filesFrom(clientFiles, name, openapi, 'the OpenAPI file'));
  if (asyncapi !== null)
    add(MESSAGES + name, await filesFrom(messageFiles, name, asyncapi, 'the AsyncAPI file'));
  return files;
}

/** Those of `files` that have another text below `out`, with the text that is there (null: none). */
export async function staleFiles(files, out) {
  const stale = [];
  for (const [file, text] of files) {
    const present = await readOrNull(path.join(out, file));
    if (present !== text) stale.push({ file, text, present });
  }
  return stale;
}

/** Paths below `out` of files that nothing makes any more; of all modules, or of those named `only`. */
export async function leftovers(files, out, only) {
  const isOurs = (folder) =>
    only === undefined
      ? folder.startsWith(CLIENT) || folder.startsWith(MESSAGES)
      : only.some((name) => folder === CLIENT + name || folder === MESSAGES + name);
  const found = [];
  for (const folder of (await foldersIn(out)).filter(isOurs).sort()) {
    const names = (await readdir(path.join(out, folder))).sort().map((name) => path.join(folder, name));
    const left = names.filter((name) => !files.has(name));
    found.push(...(left.length === names.length ? [folder] : left));
  }
  return found;
}

export async function write(stale, out) {
  for (const { file, text } of stale) {
    await mkdir(path.join(out, path.dirname(file)), { recursive: true });
    await writeFile(path.join(out, file), text);
  }
}

export async function remove(left, out) {
  for (const name of left) await rm(path.join(out, name), { recursive: true });
}

/** A unified difference, cut where it is long; one line if there is no file yet. */
export function difference({ file, text, present }) {
  if (present === null) return `missing: ${file}`;
  const patch = createTwoFilesPatch(file, file, present, text, 'on disk', 'generated', { context: 2 });
  const lines = patch.trimEnd().split('\n').slice(2);
  const rest = lines.length - LINES_SHOWN;
  return rest > 0
    ? [...lines.slice(0, LINES_SHOWN - 1), `... ${rest + 1} more lines`].join('\n')
    : lines.join('\n');
}
