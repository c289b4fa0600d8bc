// How generated TypeScript is laid out.
import { format } from 'prettier';

const STYLE = { parser: 'typescript', singleQuote: true, printWidth: 110, trailingComma: 'all' };
/** Most of what a watch makes is what it made before. */
const known = new Map();
const KEPT = 200;

export async function formatted(text) {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= KEPT) known.clear();
  const after = await format(text, STYLE);
  known.set(text, after);
  return after;
}
