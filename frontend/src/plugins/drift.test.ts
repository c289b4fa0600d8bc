// @vitest-environment node
/** A change of the contract that the terminal does not follow does not compile, and the compiler says where. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const FRONTEND = path.resolve(__dirname, '../..');
const REST = path.join(FRONTEND, 'src/clients_generated/trader-client-broker/schema.ts');
const QUOTES = path.join(FRONTEND, 'src/clients_generated/trader-client-datafeed/schema.ts');
const STREAMS = path.join(FRONTEND, 'src/clients_generated/ws-types-broker/messages.ts');

const read = ts.readConfigFile(path.join(FRONTEND, 'tsconfig.app.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, FRONTEND);
const plugins = readdirSync(__dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => path.join(__dirname, name));

const parsed = new Map<string, ts.SourceFile | undefined>();
let last: ts.Program | undefined;

/** `file: message` of every error in plugins/ while the generated `file` has another text; all in memory. */
function errorsWith(file: string, change: (text: string) => string): string[] {
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, settings) => {
    if (path.resolve(name) === file) {
      return ts.createSourceFile(name, change(ts.sys.readFile(name) ?? ''), settings);
    }
    if (!parsed.has(name)) parsed.set(name, fromDisk(name, settings));
    return parsed.get(name);
  };
  last = ts.createProgram({
    rootNames: plugins,
    options: { ...options, types: [], incremental: false, tsBuildInfoFile: undefined },
    host,
    oldProgram: last,
  });
  return plugins.flatMap((plugin) =>
    (last?.getSemanticDiagnostics(last.getSourceFile(plugin)) ?? []).map(
      ({ messageText }) => `${path.basename(plugin)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  );
}

/** `replacement` in place of the line of `field` in the type `schema`. */
function changed(schema: string, field: string, replacement: string): (text: string) => string {
  return (text) => {
    const start = text.search(new RegExp(`^(export interface | +)${schema}:? {$`, 'm'));
    const line = new RegExp(`^ +${field}\\??: .*;\\n`, 'm');
    const found = line.exec(text.slice(start));
    if (start < 0 || found === null) throw new Error(`there is no ${schema}.${field}`);
    return text.slice(0, start) + text.slice(start).replace(line, replacement);
  };
}

describe('the plugins', { timeout: 20_000 }, () => {
  it('compile against the generated types as they are', () => {
    expect(errorsWith(REST, (text) => text)).toEqual([]);
  });

  it.each([
    ['a required field is gone', REST, changed('PlacedOrder', 'filledQty', ''), 'filledQty'],
    ['an optional field is gone', REST, changed('PlacedOrder', 'limitPrice', ''), 'limitPrice'],
    ['a field has another type', REST, changed('PlacedOrder', 'qty', 'qty: string;\n'), "'string'"],
    ['an optional field that is sent is gone', REST, changed('PreOrder', 'limitPrice', ''), 'limitPrice'],
    ['a field may be absent', REST, changed('Position', 'avgPrice', 'avgPrice?: number;\n'), 'undefined'],
    ['a field of a quote is gone', QUOTES, changed('QuoteValues', 'bid', ''), "'bid'"],
    ['what is sent has another field', REST, changed('PreOrder', 'qty', 'quantity: number;\n'), 'qty'],
    [
      'a choice is new',
      REST,
      (text: string) => text.replace(/( OrderStatus: )"/, '$1"suspended" | "'),
      "'suspended' is missing",
    ],
  ])('name mappers.ts when %s', (_, file, change, named) => {
    const errors = errorsWith(file, change);
    expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(/^mappers\.ts: /)]));
    expect(errors.join('\n')).toContain(named);
  });

  it.each([
    ['a parameter is gone', changed('bars', 'count_back', ''), 'count_back'],
    ['a path has another name', (text: string) => text.replace('"/search"', '"/find"'), '"/search"'],
  ])('name the adapter when %s', (_, change, named) => {
    const errors = errorsWith(QUOTES, change);
    expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(/^datafeedAdapter\.ts: /)]));
    expect(errors.join('\n')).toContain(named);
  });

  it.each([
    ['a field of streamed data is gone', changed('PlacedOrder', 'filledQty', ''), 'filledQty'],
    [
      'a request has another field',
      changed('OrdersSubscriptionRequest', 'accountId', 'account: string;\n'),
      'accountId',
    ],
  ])('do not compile when %s', (_, change, named) => {
    const errors = errorsWith(STREAMS, change);
    expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(/^brokerAdapter\.ts: /)]));
    expect(errors.join('\n')).toContain(named);
  });
});
