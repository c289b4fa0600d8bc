// JSON schemas as the generators need them: without noise, with names that TypeScript takes.

const REFERENCE = /^#\/components\/schemas\/(.+)$/;
/** What these hold is data, not schemas. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** `market-notes` and `Bar[int]` as `MarketNotes` and `BarInt`. */
export function pascalCase(text) {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** `market-notes` as `MARKET_NOTES`. */
export function constantCase(text) {
  return text.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** The name in a `$ref` of a document's components, or undefined for any other schema. */
export function referenced(schema) {
  const found = REFERENCE.exec(schema?.$ref ?? '');
  return found === null ? undefined : found[1].replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A document's component schemas by their TypeScript names. */
function namedSchemas(document) {
  const originals = new Map();
  for (const original of Object.keys(document.components?.schemas ?? {}).sort()) {
    const name = pascalCase(original);
    const other = originals.get(name);
    if (other !== undefined) throw new Error(`the schemas "${other}" and "${original}" are both "${name}"`);
    originals.set(name, original);
  }
  return Object.fromEntries(
    [...originals].map(([name, original]) => [name, document.components.schemas[original]]),
  );
}

/** The same without titles, which only repeat names, and with `edit` applied to every object, innermost first. */
export function rewritten(value, edit) {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, edit));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== 'title' || typeof item !== 'string')
    .map(([key, item]) => [key, DATA.has(key) ? item : rewritten(item, edit)]);
  return edit(Object.fromEntries(entries));
}

/** Names of all schemas that `schema` leads to, through those of `schemas` too. */
export function reachable(schema, schemas, found = new Set()) {
  const name = referenced(schema);
  if (name !== undefined) {
    if (schemas[name] === undefined) throw new Error(`there is no schema "${name}"`);
    return found.has(name) ? found : reachable(schemas[name], schemas, found.add(name));
  }
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, item] of Object.entries(schema)) if (!DATA.has(key)) reachable(item, schemas, found);
  return found;
}

/** `name` as it is written in an object literal. */
export function propertyName(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** The document without noise, its schemas under names that TypeScript takes. */
export function readable(document) {
  const clean = rewritten(document, (schema) => {
    const name = referenced(schema);
    return name === undefined ? schema : { ...schema, $ref: `#/components/schemas/${pascalCase(name)}` };
  });
  const components = { ...clean.components, schemas: namedSchemas(clean) };
  return { ...clean, info: document.info, components };
}
