/** Words for what orders, positions and executions have in common. */
import { Side } from './constants';

interface Sided {
  side: Side;
  unknown?: { readonly side?: string };
}

/** The side in one of `words`, or as a newer server calls it. */
export function sideWord(of: Sided, words: readonly [buy: string, sell: string] = ['Buy', 'Sell']): string {
  if (of.side === Side.Unknown) return of.unknown?.side ?? '?';
  return of.side === Side.Buy ? words[0] : words[1];
}
