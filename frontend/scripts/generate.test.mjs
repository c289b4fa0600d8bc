// @vitest-environment node
// The generator as its users run it: a folder of specifications in, a folder of clients out.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './generate-run.mjs';

vi.setConfig({ testTimeout: 20_000 });

const SCRIPT = path.resolve(import.meta.dirname, 'generate.mjs');
const MODULES = path.resolve(import.meta.dirname, '../../backend/src/trading_api/modules');

let folder;
let specs;
let out;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'generate-'));
  specs = path.join(folder, 'specs');
  out = path.join(folder, 'clients');
});
afterEach(() => rm(folder, { recursive: true }));

async function generate(...only) {
  return made({ only: only.length > 0 ? only : undefined });
}

async function made(options) {
  const lines = [];
  const code = await run({ specs, out, say: (line) => lines.push(line), ...options });
  return { code, text: lines.join('\n') };
}

const note = {
  type: 'object',
  description: 'One note.',
  properties: {
    at: { type: 'integer', title: 'At' },
    text: { type: 'string' },
    mood: { anyOf: [{ $ref: '#/components/schemas/Mood' }, { type: 'null' }] },
    after: { $ref: '#/components/schemas/Note' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['at', 'text', 'tags'],
};
const mood = { type: 'string', enum: ['calm', 'wild'] };
const schemas = { Note: note, Mood: mood, 'Page[Note]': { type: 'object', properties: {} } };
const request = { type: 'object', properties: { symbol: { type: 'string' } } };

const openapi = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes/{id}': {
      get: {
        operationId: 'get_note',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
          },
        },
      },
    },
  },
  components: { schemas },
};

function frame(type, payload) {
  return { type: 'object', properties: { type: { const: type }, payload }, required: ['type', 'payload'] };
}

const asyncapi = {
  asyncapi: '3.0.0',
  info: { title: 'Notes', version: '1' },
  channels: {
    notes: {
      address: '/api/v1/market-notes/ws',
      messages: {
        'late-notes.subscribe': {
          payload: frame('late-notes.subscribe', { $ref: '#/components/schemas/NotesRequest' }),
        },
        'late-notes.update': {
          payload: frame('late-notes.update', {
            type: 'object',
            properties: { topic: { type: 'string' }, payload: { $ref: '#/components/schemas/Note' } },
            required: ['topic', 'payload'],
          }),
        },
        pong: { payload: frame('pong', { description: 'Anything.' }) },
      },
    },
  },
  operations: {
    'late-notes.subscribe': { action: 'receive', 'x-route': 'late-notes', 'x-delivery': 'journal' },
    'late-notes.update': { action: 'send', 'x-route': 'late-notes', 'x-delivery': 'journal' },
  },
  components: { schemas: { ...schemas, NotesRequest: request } },
};

async function writeSpecs(module, documents) {
  const place = path.join(specs, module, 'specs_generated');
  await mkdir(place, { recursive: true });
  for (const [name, document] of Object.entries(documents)) {
    await writeFile(path.join(place, `${name}.json`), JSON.stringify(document));
  }
}

const text = (...names) => readFile(path.join(out, ...names), 'utf8');

describe('a module', () => {
  beforeEach(() => writeSpecs('market_notes', { openapi, asyncapi }));

  it('gets a client and the types of its messages, under the name that its address has', async () => {
    expect((await generate()).code).toBe(0);
    expect(await readdir(out)).toEqual(['trader-client-market-notes', 'ws-types-market-notes']);
    const index = await text('trader-client-market-notes', 'index.ts');
    expect(index).toContain(
      'export function createMarketNotesClient(options: ClientOptions): MarketNotesClient',
    );
    expect(index).toContain("export type PageNote = components['schemas']['PageNote'];");
    const routes = await text('ws-types-market-notes', 'index.ts');
    expect(routes).toContain("'late-notes': { request: NotesRequest; data: Note; delivery: 'journal' };");
    expect(routes).toContain('export const MARKET_NOTES_ROUTES');
  });

  it('has messages of closed types, whose optional fields are left out and never null', async () => {
    await generate();
    const messages = await text('ws-types-market-notes', 'messages.ts');
    const type = /export interface Note \{[^}]*\}/.exec(messages)?.[0];
    expect(type).toBe(`export interface Note {
  at: number;
  text: string;
  mood?: Mood;
  after?: Note;
  tags: string[];
}`);
    expect(messages).toContain("export type Mood = 'calm' | 'wild';");
    expect(messages).toMatch(
      /export interface PongFrame \{\s+type: 'pong';\s+\/\*\* Anything. \*\/\s+payload: unknown;/,
    );
    expect(messages).not.toContain('[k: string]');
  });

  it('has a shape of what it answers, with unknown words and types that hold themselves left open', async () => {
    await generate();
    expect(await text('trader-client-market-notes', 'shapes.ts'))
      .toContain(`export const Note: Shape<types.Note> = {
  fields: { 'after?': 'any', at: 'number', 'mood?': 'any', tags: { item: 'string' }, text: 'string' },
};`);
  });

  it('is the same each time, and up to date afterwards', async () => {
    await generate();
    expect(await made({ check: true })).toEqual({ code: 0, text: '' });
    expect(await generate()).toEqual({ code: 0, text: '' });
  });

  it('that changed is shown as a difference, and nothing is written', async () => {
    await generate();
    const changed = structuredClone(openapi);
    changed.components.schemas.Note.properties.text.type = 'integer';
    await writeSpecs('market_notes', { openapi: changed });
    const before = await text('trader-client-market-notes', 'schema.ts');
    const { code, text: said } = await made({ check: true });
    expect(code).toBe(1);
    expect(said).toMatch(/^-\s+text: string;\n\+\s+text: number;$/m);
    expect(said).toMatch(/^out of date: .*schema\.ts; run "npm run generate"$/m);
    expect(await text('trader-client-market-notes', 'schema.ts')).toBe(before);
  });

  it('that is gone leaves nothing behind', async () => {
    await writeSpecs('other', { openapi });
    await generate();
    await rm(path.join(specs, 'market_notes'), { recursive: true });
    await writeFile(path.join(out, 'trader-client-other', 'old.ts'), '');
    const { code, text: said } = await made({ check: true });
    expect(code).toBe(1);
    expect(said.match(/left over: /g)).toHaveLength(3);
    await generate();
    expect(await readdir(out)).toEqual(['trader-client-other']);
    expect(await readdir(path.join(out, 'trader-client-other'))).toEqual([
      'index.ts',
      'schema.ts',
      'shapes.ts',
    ]);
  });

  it('named on the command line is made alone', async () => {
    await writeSpecs('other', { openapi });
    await generate('other');
    expect(await readdir(out)).toEqual(['trader-client-other']);
    await expect(generate('nothing')).rejects.toThrow(
      'there is no module "nothing" among market-notes, other',
    );
  });

  it('has a client for each version of its API', async () => {
    const place = path.join(specs, 'market_notes/specs_generated/v2');
    await mkdir(place);
    await writeFile(path.join(place, 'openapi.json'), JSON.stringify(openapi));
    await generate();
    expect(await readdir(out)).toContain('trader-client-market-notes-v2');
    expect(await text('trader-client-market-notes-v2', 'index.ts')).toContain('createMarketNotesV2Client');
  });

  it('with a broken file is named, and nothing is written', async () => {
    await writeFile(path.join(specs, 'market_notes/specs_generated/asyncapi.json'), '{');
    await expect(generate()).rejects.toThrow(/^the AsyncAPI file of "market-notes": /);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});

it('no difference is longer than 40 lines', async () => {
  await cp(MODULES, specs, {
    recursive: true,
    filter: (name) => !path.relative(MODULES, name).includes('.py') && !name.endsWith('__pycache__'),
  });
  await generate('broker');
  const file = path.join(out, 'trader-client-broker', 'schema.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('number', 'string'));
  const { text: said } = await made({ check: true, only: ['broker'] });
  expect(said.split('\n').length).toBeLessThanOrEqual(42);
  expect(said).toMatch(/^\.\.\. \d+ more lines$/m);
});

it('the command says what is wrong by its exit code', async () => {
  await writeSpecs('market_notes', { openapi });
  const command = (...more) =>
    new Promise((resolve) => {
      const options = [SCRIPT, '--specs', specs, '--out', out, ...more];
      execFile(process.execPath, options, (error, _, stderr) => resolve([error?.code ?? 0, stderr]));
    });
  expect(await command('--check')).toEqual([1, '']);
  expect(await command('market_notes')).toEqual([0, '']);
  expect(await command('nothing')).toEqual([2, 'there is no module "nothing" among market-notes\n']);
});

it('a watch makes again what changed, within 300 ms of the change', async () => {
  await writeSpecs('market_notes', { openapi, asyncapi });
  const watching = execFile(process.execPath, [SCRIPT, '--watch', '--specs', specs, '--out', out]);
  const ended = once(watching, 'exit');
  const lines = createInterface(watching.stdout)[Symbol.asyncIterator]();
  try {
    expect((await lines.next()).value).toMatch(/^\d\d:\d\d:\d\d market-notes: 6 written, 0 removed, \d+ ms$/);
    const changes = [];
    for (const title of ['one', 'two', 'three']) {
      const changed = performance.now();
      const paths = { '/changed': { description: title, ...openapi.paths['/notes/{id}'] } };
      await writeSpecs('market_notes', { openapi: { ...openapi, paths } });
      expect((await lines.next()).value).toMatch(/market-notes: \d written, 0 removed/);
      changes.push(performance.now() - changed);
    }
    expect(await text('trader-client-market-notes', 'schema.ts')).toContain('"/changed"');
    expect(Math.min(...changes)).toBeLessThan(300);
    await rm(path.join(specs, 'market_notes'), { recursive: true });
    expect((await lines.next()).value).toMatch(/market-notes: 0 written, 2 removed/);
  } finally {
    watching.kill();
    await ended;
  }
});
