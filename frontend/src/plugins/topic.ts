/** Topic strings, equal to those of the server: `route:` and the request as compact JSON with sorted keys. */

export type TopicValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly TopicValue[]
  | { readonly [key: string]: TopicValue };
export type TopicRequest = Readonly<Record<string, TopicValue>>;

function isList(value: TopicValue): value is readonly TopicValue[] {
  return Array.isArray(value);
}

/** Written by hand because an object of JavaScript moves keys that look like numbers to its front. */
function compactJson(value: TopicValue): string {
  if (isList(value)) return `[${value.map((item) => compactJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  entries.sort(([a], [b]) => compareCodePoints(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${compactJson(item)}`).join(',')}}`;
}

/** Python sorts keys by code point; the comparison of JavaScript goes by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
  const index = left.findIndex((point, position) => point !== right[position]);
  return index < 0 ? left.length - right.length : (left[index] ?? 0) - (right[index] ?? -1);
}

export function topicName(route: string, request: TopicRequest): string {
  return `${route}:${compactJson(request)}`;
}
