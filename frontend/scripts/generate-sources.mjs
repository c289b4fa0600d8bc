// The specifications that clients are made from.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const ABSENT = new Set(['ENOENT', 'ENOTDIR']);

export async function readOrNull(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (ABSENT.has(error.code)) return null;
    throw error;
  }
}

export async function foldersIn(folder) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (ABSENT.has(error.code)) return [];
    throw error;
  }
}

/**
 * `name`, `openapi` and `asyncapi` (texts, or null) of every module below `folder`, by name. A further version
 * of a module, in a folder of its own beside the first one's files, is `<module>-<version>`.
 */
export async function specifications(folder) {
  const found = [];
  for (const module of await foldersIn(folder)) {
    const specs = path.join(folder, module, 'specs_generated');
    for (const version of ['', ...(await foldersIn(specs))]) {
      const openapi = await readOrNull(path.join(specs, version, 'openapi.json'));
      const asyncapi = await readOrNull(path.join(specs, version, 'asyncapi.json'));
      const name = [module.replaceAll('_', '-'), version].filter((part) => part !== '').join('-');
      if (openapi !== null || asyncapi !== null) found.push({ name, openapi, asyncapi });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
