// Shapes: what of a schema can be checked of an answer at run time, in a few bytes.
import { propertyName, reachable, referenced } from './generate-schemas.mjs';

const SHAPE_TYPES = `type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}
`;

const KINDS = { boolean: 'boolean', integer: 'number', number: 'number', string: 'string' };

/** The text of a shape; what a shape cannot say is "any". `declared` has the texts of the schemas before. */
function shapeOf(schema, declared) {
  const name = referenced(schema);
  if (name !== undefined) return declared.get(name) ?? "'any'";
  if (schema?.type === 'array') return `{ item: ${shapeOf(schema.items, declared)} }`;
  if (schema?.type === 'object' && schema.properties !== undefined) return fieldsOf(schema, declared);
  const kind = KINDS[schema?.type] ?? KINDS[typeof (schema?.const ?? schema?.enum?.[0])];
  return `'${kind ?? 'any'}'`;
}

function fieldsOf(schema, declared) {
  const required = new Set(schema.required ?? []);
  const fields = Object.keys(schema.properties)
    .sort()
    .map((name) => {
      const key = propertyName(required.has(name) ? name : `${name}?`);
      return `${key}: ${shapeOf(schema.properties[name], declared)}`;
    });
  return `{ fields: { ${fields.join(', ')} } }`;
}

/** `names` and what they lead to, each after those that it holds. */
function innermostFirst(names, schemas) {
  const order = [];
  const visit = (name, path) => {
    if (order.includes(name) || path.includes(name)) return;
    for (const inner of [...reachable(schemas[name], schemas)].sort()) visit(inner, [...path, name]);
    order.push(name);
  };
  for (const name of [...names].sort()) visit(name, []);
  return order;
}

/** A module of constants: the shapes of the objects among `names` and of all that they hold. */
export function shapesModule(names, schemas, typesModule) {
  const declared = new Map();
  const constants = [];
  for (const name of innermostFirst(names, schemas)) {
    const shape = shapeOf(schemas[name], declared);
    const isObject = shape.startsWith('{ fields');
    declared.set(name, isObject ? name : shape);
    if (isObject) constants.push(`export const ${name}: Shape<types.${name}> = ${shape};\n`);
  }
  return [`import type * as types from '${typesModule}';\n`, SHAPE_TYPES, ...constants].join('\n');
}
