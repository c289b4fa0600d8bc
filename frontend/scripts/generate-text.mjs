// How generated TypeScript is laid out.
import { format } from 'prettier';

export const STYLE = { singleQuote: true, printWidth: 110, trailingComma: 'all' };

export function formatted(text) {
  return format(text, { ...STYLE, parser: 'typescript' });
}
