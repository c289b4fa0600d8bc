/** Whether what arrived is what the contract promises, as far as the generated shapes of its types tell. */

type Kind = 'any' | 'boolean' | 'number' | 'string';

type Fields = Readonly<Record<string, Kind | AnyShape>>;

interface AnyShape {
  readonly kind?: Kind;
  readonly fields?: Fields;
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
  return misfitIn(value, shape) === undefined;
}

/** What of `value` is not as `shape` has it: `orders[2].qty is missing`. */
export function misfit(value: unknown, shape: AnyShape): string | undefined {
  const found = misfitIn(value, shape);
  return found?.startsWith(' ') ? `it${found}` : found;
}

/** The place inside `value`, if it is deeper, then what is wrong there, after a space. */
function misfitIn(value: unknown, shape: Kind | AnyShape): string | undefined {
  if (value === undefined) return ' is missing';
  if (typeof shape === 'string') return misfitOfKind(value, shape);
  if (shape.item !== undefined) return misfitOfList(value, shape.item);
  if (shape.fields !== undefined) return misfitOfObject(value, shape.fields);
  return misfitOfKind(value, shape.kind ?? 'any');
}

function misfitOfKind(value: unknown, kind: Kind): string | undefined {
  return kind === 'any' || typeof value === kind ? undefined : ` is not a ${kind}`;
}

function misfitOfList(value: unknown, item: Kind | AnyShape): string | undefined {
  if (!Array.isArray(value)) return ' is not a list';
  for (let index = 0; index < value.length; index += 1) {
    const found = misfitIn(value[index], item);
    if (found !== undefined) return within(`[${String(index)}]`, found);
  }
  return undefined;
}

function misfitOfObject(value: unknown, fields: Fields): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ' is not an object';
  for (const { name, isOptional, shape } of listed(fields)) {
    const held: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    if (isOptional && held === undefined) continue;
    const found = misfitIn(held, shape);
    if (found !== undefined) return within(name, found);
  }
  return undefined;
}

function within(place: string, found: string): string {
  return /^[ []/.test(found) ? place + found : `${place}.${found}`;
}

interface Field {
  name: string;
  isOptional: boolean;
  shape: Kind | AnyShape;
}

const lists = new WeakMap<Fields, Field[]>();

/** The fields with their names read; kept, since a page of bars asks for them thousands of times. */
function listed(fields: Fields): Field[] {
  let list = lists.get(fields);
  if (list === undefined) {
    list = Object.entries(fields).map(([key, shape]) => {
      const isOptional = key.endsWith('?');
      return { name: isOptional ? key.slice(0, -1) : key, isOptional, shape };
    });
    lists.set(fields, list);
  }
  return list;
}
