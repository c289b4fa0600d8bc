// Writes src/clients_generated/trader-client-<module>/schema.ts for every module that has an OpenAPI file.
// `--check` writes nothing, names what is out of date and exits with 1.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const frontend = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.resolve(frontend, '../backend/src/trading_api/modules');
const clients = path.join(frontend, 'src/clients_generated');
const prefix = 'trader-client-';

async function readOrNull(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}

async function generatedFiles() {
  const files = new Map();
  for (const name of (await readdir(modules)).sort()) {
    const specification = await readOrNull(path.join(modules, name, 'specs_generated/openapi.json'));
    if (specification === null) continue;
    const schema = await openapiTS(specification, { defaultNonNullable: false, alphabetize: true });
    const header = `// Made from the OpenAPI file of the module "${name}" by "npm run generate"; never edited.\n`;
    files.set(path.join(clients, prefix + name, 'schema.ts'), header + astToString(schema));
  }
  if (files.size === 0) throw new Error(`no specs_generated/openapi.json below ${modules}`);
  return files;
}

async function leftoverFolders(files) {
  const names = await readdir(clients).catch(() => []);
  const wanted = new Set([...files.keys()].map((file) => path.basename(path.dirname(file))));
  return names
    .filter((name) => name.startsWith(prefix) && !wanted.has(name))
    .map((name) => path.join(clients, name));
}

const files = await generatedFiles();
const leftover = await leftoverFolders(files);
const stale = [];
for (const [file, text] of files) if ((await readOrNull(file)) !== text) stale.push(file);

const shown = (file) => path.relative(process.cwd(), file);
if (process.argv.includes('--check')) {
  for (const file of [...stale, ...leftover]) {
    process.stderr.write(`out of date: ${shown(file)}; run "npm run generate -w frontend"\n`);
  }
  process.exitCode = stale.length + leftover.length > 0 ? 1 : 0;
} else {
  for (const file of stale) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, files.get(file));
    process.stdout.write(`wrote ${shown(file)}\n`);
  }
  for (const folder of leftover) {
    await rm(folder, { recursive: true });
    process.stdout.write(`removed ${shown(folder)}\n`);
  }
}
