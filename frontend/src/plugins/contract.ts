/** Whether what arrived is what the contract promises, as far as the generated shapes of its types tell. */

type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly kind?: Kind;
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}

export const NUMBER: Shape<number> = { kind: 'number' };

export function listOf<T>(item: Shape<T>): Shape<T[]> {
  return { item };
}

/** Fields beyond the shape, and texts that no enumeration has yet, are those of a newer server, and fit. */
export function fits<T>(value: unknown, shape: Shape<T>): value is T {
  return misfit(value, shape) === undefined;
}

/** What of `value` is not as `shape` has it: `orders[2].qty is missing`. */
export function misfit(value: unknown, shape: Kind | AnyShape, place = ''): string | undefined {
  if (typeof shape === 'string') return misfitOfKind(value, shape, place);
  if (shape.item !== undefined) return misfitOfList(value, shape.item, place);
  if (shape.fields !== undefined) return misfitOfObject(value, shape.fields, place);
  return misfitOfKind(value, shape.kind ?? 'any', place);
}

function misfitOfKind(value: unknown, kind: Kind, place: string): string | undefined {
  if (value === undefined) return told(place, 'is missing');
  return kind === 'any' || typeof value === kind ? undefined : told(place, `is not a ${kind}`);
}

function misfitOfList(value: unknown, item: Kind | AnyShape, place: string): string | undefined {
  if (!Array.isArray(value)) return told(place, value === undefined ? 'is missing' : 'is not a list');
  for (let index = 0; index < value.length; index += 1) {
    const found = misfit(value[index], item, `${place}[${String(index)}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function misfitOfObject(
  value: unknown,
  fields: Readonly<Record<string, Kind | AnyShape>>,
  place: string,
): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return told(place, value === undefined ? 'is missing' : 'is not an object');
  }
  const held = new Map<string, unknown>(Object.entries(value));
  for (const [field, shape] of Object.entries(fields)) {
    const isOptional = field.endsWith('?');
    const name = isOptional ? field.slice(0, -1) : field;
    if (isOptional && held.get(name) === undefined) continue;
    const found = misfit(held.get(name), shape, place === '' ? name : `${place}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function told(place: string, what: string): string {
  return `${place === '' ? 'it' : place} ${what}`;
}
