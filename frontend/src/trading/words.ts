/** Words for what orders, positions and executions have in common. */
import { OrderType, Side, StopType } from './constants';

interface Sided {
  side: Side;
  unknown?: { readonly side?: string };
}

/** The side in one of `words`, or as a newer server calls it. */
export function sideWord(of: Sided, words: readonly [buy: string, sell: string] = ['Buy', 'Sell']): string {
  if (of.side === Side.Unknown) return of.unknown?.side ?? '?';
  return of.side === Side.Buy ? words[0] : words[1];
}

interface Priced {
  type: OrderType;
  stopType?: StopType;
  limitPrice?: number;
  stopPrice?: number;
  unknown?: { readonly type?: string };
}

const STOP_WORDS: Record<StopType, string> = {
  [StopType.StopLoss]: 'stop',
  [StopType.TrailingStop]: 'trailing stop',
  [StopType.GuaranteedStop]: 'guaranteed stop',
};

/** The kind of an order: `market`, `limit`, `trailing stop`, or as a newer server calls it. */
export function typeWord(of: Priced): string {
  if (of.type === OrderType.Unknown) return of.unknown?.type ?? '?';
  if (of.type === OrderType.StopLimit) return 'stop limit';
  if (of.type === OrderType.Stop) return STOP_WORDS[of.stopType ?? StopType.StopLoss];
  return of.type === OrderType.Limit ? 'limit' : 'market';
}

/** Where an order may fill: `at market`, `limit 189.20`, `stop limit 190.00, 190.20`. */
export function priceWords(of: Priced, format: (price: number) => string): string {
  if (of.type === OrderType.Market) return 'at market';
  const prices = [of.stopPrice, of.limitPrice].flatMap((price) =>
    price === undefined ? [] : [format(price)],
  );
  return `${typeWord(of)} ${prices.join(', ')}`.trim();
}
