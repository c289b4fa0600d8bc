/** Topic strings, equal to those of the server: `route:` and the request as compact JSON with sorted keys. */

/** A subscription's request: values that JSON has, and undefined for those left out. */
export type TopicRequest = object;

/** Written by hand because an object of JavaScript moves keys that look like numbers to its front. */
function compactJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries<unknown>({ ...value }).filter(
    ([, item]) => item !== null && item !== undefined,
  );
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
