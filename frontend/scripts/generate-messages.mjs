// The files of ws-types-<module>, from its AsyncAPI document.
import { compile } from 'json-schema-to-typescript';
import {
  constantCase,
  pascalCase,
  propertyName,
  reachable,
  readable,
  referenced,
  rewritten,
} from './generate-schemas.mjs';
import { shapesModule } from './generate-shapes.mjs';
import { formatted } from './generate-text.mjs';

const ALL = 'AllMessages';
/** What says nothing of a value's type. */
const ABOUT = new Set(['default', 'deprecated', 'description', 'examples']);

/** What the field `name` of `schema` holds. */
function fieldOf(schema, name, schemas) {
  const reference = referenced(schema);
  if (reference !== undefined) return fieldOf(schemas[reference], name, schemas);
  const parts = [schema?.properties?.[name]];
  for (const part of schema?.allOf ?? []) parts.unshift(fieldOf(part, name, schemas));
  return parts.find((part) => part !== undefined);
}

/** The type of a schema that is named, or one of several that are. */
function typeName(schema, place) {
  const options = schema?.oneOf ?? schema?.anyOf ?? [schema];
  const names = options.map(referenced);
  if (names.includes(undefined)) throw new Error(`${place} has no schema with a name`);
  return names.join(' | ');
}

/** All messages of the document's channels, by name. */
function messagesOf({ channels }) {
  return Object.assign({}, ...Object.values(channels).map(({ messages }) => messages));
}

/** Route, request, data and delivery of each operation that sends updates. */
function routesOf({ operations, channels, components: { schemas } }) {
  const messages = messagesOf({ channels });
  const payloadOf = (message) => {
    if (messages[message] === undefined) throw new Error(`there is no message "${message}"`);
    return fieldOf(messages[message].payload, 'payload', schemas);
  };
  return Object.values(operations)
    .filter((operation) => operation.action === 'send' && operation['x-route'] !== undefined)
    .map((operation) => ({ route: operation['x-route'], delivery: operation['x-delivery'] }))
    .sort((a, b) => (a.route < b.route ? -1 : 1))
    .map(({ route, delivery }) => {
      const data = fieldOf(payloadOf(`${route}.update`), 'payload', schemas);
      const request = typeName(payloadOf(`${route}.subscribe`), `the request of "${route}"`);
      return { route, delivery, request, data, dataType: typeName(data, `the data of "${route}"`) };
    });
}

/** Schemas of whole frames, as `OrdersUpdateFrame`. */
function framesOf(document) {
  const entries = Object.entries(messagesOf(document)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, { payload }]) => [`${pascalCase(name)}Frame`, payload]));
}

/** Types of all schemas and frames: closed objects, optional fields left out and never null. */
async function messagesModule(schemas) {
  const local = rewritten(schemas, (schema) => {
    const name = referenced(schema);
    if (name !== undefined) return { $ref: `#/definitions/${name}` };
    const properties = withoutNulls(schema.properties, schema.required ?? []);
    const isOpen = schema.additionalProperties === true || schema.additionalProperties === undefined;
    return {
      ...schema,
      ...(properties === undefined ? {} : { properties }),
      ...(isOpen && properties !== undefined ? { additionalProperties: false } : {}),
    };
  });
  const definitions = Object.fromEntries(
    Object.entries(local).map(([name, schema]) => [name, { ...schema, title: name }]),
  );
  const properties = Object.fromEntries(
    Object.keys(definitions).map((name) => [name, { $ref: `#/definitions/${name}` }]),
  );
  const root = { title: ALL, type: 'object', properties, additionalProperties: false, definitions };
  const text = await compile(root, ALL, { bannerComment: '', ignoreMinAndMaxItems: true, format: false });
  return text
    .replace(new RegExp(`^export interface ${ALL} {\\n[^}]*}\\n`, 'm'), '')
    .replace(/\/\*\*\n +\* (.*)\n +\*\//g, '/** $1 */')
    .replace(/^((?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export )/gm, '\n$1');
}

/** Optional properties are left out instead of being null. */
function withoutNulls(properties, required) {
  if (typeof properties !== 'object' || properties === null) return undefined;
  const entries = Object.entries(properties).map(([name, schema]) => {
    if (Object.keys(schema).every((key) => ABOUT.has(key))) return [name, { ...schema, tsType: 'unknown' }];
    const options = schema.anyOf?.filter((option) => option.type !== 'null');
    if (required.includes(name) || options === undefined) return [name, schema];
    const rest = Object.entries(schema).filter(([key]) => key !== 'anyOf' && key !== 'default');
    const kept = options.length === 1 ? options[0] : { anyOf: options };
    return [name, { ...Object.fromEntries(rest), ...kept }];
  });
  return Object.fromEntries(entries);
}

function indexModule(name, routes, shaped) {
  const Routes = `${pascalCase(name)}Routes`;
  const types = [...new Set(routes.flatMap(({ request, dataType }) => [request, ...dataType.split(' | ')]))];
  const members = routes.map(
    ({ route, request, dataType, delivery }) =>
      `  ${propertyName(route)}: { request: ${request}; data: ${dataType}; delivery: '${delivery}' };\n`,
  );
  const facts = routes.map(({ route, delivery, dataType }) => {
    const shape = shaped.has(dataType) ? `shapes.${dataType}` : '{}';
    return `  ${propertyName(route)}: { delivery: '${delivery}', shape: ${shape} },\n`;
  });
  return `import type { ${types.sort().join(', ')} } from './messages';
import * as shapes from './shapes';

export type * from './messages';

/** What each stream of the module "${name}" is asked with, and what it brings. */
export interface ${Routes} {
${members.join('')}}

/** The same where types are gone: how each stream is delivered, and what its data holds at least. */
export const ${constantCase(name)}_ROUTES: {
  readonly [R in keyof ${Routes}]: {
    readonly delivery: ${Routes}[R]['delivery'];
    readonly shape: shapes.Shape<${Routes}[R]['data']>;
  };
} = {
${facts.join('')}};
`;
}

/** Text by file name. */
export async function messageFiles(name, asyncapi) {
  const document = readable(asyncapi);
  const { schemas } = document.components;
  const routes = routesOf(document);
  if (routes.length === 0) throw new Error('no operation has an "x-route"');
  const data = new Set();
  for (const { data: schema } of routes) reachable(schema, schemas, data);
  const shapes = shapesModule(data, schemas, './messages');
  const header = `// Made from the AsyncAPI file of the module "${name}" by "npm run generate"; never edited.\n\n`;
  return {
    'messages.ts': await formatted(header + (await messagesModule({ ...schemas, ...framesOf(document) }))),
    'shapes.ts': await formatted(header + shapes),
    'index.ts': await formatted(
      header + indexModule(name, routes, new Set(shapes.match(/(?<=export const )\w+/g))),
    ),
  };
}
