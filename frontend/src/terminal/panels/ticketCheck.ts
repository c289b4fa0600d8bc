/** Reads and checks what is typed into the ticket before anything is sent; the server checks all of it again. */
import type { FieldProblem } from '@/trading/apiError';
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import { formatOf } from '@/terminal/instrumentFormat';

export type TicketField = 'qty' | 'limitPrice' | 'order';

export interface TicketText {
  qty: string;
  limitPrice: string;
}

export interface CheckedTicket {
  /** Present when nothing is wrong. */
  values?: { qty: number; limitPrice?: number };
  problems: Partial<Record<TicketField, string>>;
}

/** True if `value` is a whole multiple of `step`, up to the error of binary fractions. */
export function isMultiple(value: number, step: number): boolean {
  const count = value / step;
  return Math.abs(count - Math.round(count)) < 1e-6;
}

function problemOfQuantity(qty: number | undefined, info: LibrarySymbolInfo): string | undefined {
  const { min, max, step } = info.library_custom_fields.trading.qty;
  const write = formatOf(info).plainQuantity;
  if (qty === undefined) return 'Type a number.';
  if (qty < min) return `At least ${write(min)}.`;
  if (qty > max) return `At most ${write(max)}.`;
  return isMultiple(qty, step) ? undefined : `A multiple of ${write(step)}.`;
}

function problemOfPrice(price: number | undefined, info: LibrarySymbolInfo): string | undefined {
  const { tickSize } = info.library_custom_fields.trading;
  if (price === undefined) return `Type a price such as ${formatOf(info).price(exampleOf(info))}.`;
  if (price <= 0) return 'A price above zero.';
  return isMultiple(price, tickSize)
    ? undefined
    : `A multiple of the tick, ${formatOf(info).price(tickSize)}.`;
}

function exampleOf(info: LibrarySymbolInfo): number {
  return info.library_custom_fields.trading.tickSize * 100;
}

/** An empty field is not a problem to point at: it is simply not an order yet. */
export function checkTicket(
  info: LibrarySymbolInfo,
  type: 'market' | 'limit',
  text: TicketText,
): CheckedTicket {
  const format = formatOf(info);
  const problems: CheckedTicket['problems'] = {};
  const qty = format.parseQuantity(text.qty);
  const limitPrice = type === 'limit' ? format.parsePrice(text.limitPrice) : undefined;
  const qtyProblem = problemOfQuantity(qty, info);
  const priceProblem = type === 'limit' ? problemOfPrice(limitPrice, info) : undefined;
  if (text.qty.trim() !== '' && qtyProblem !== undefined) problems.qty = qtyProblem;
  if (text.limitPrice.trim() !== '' && priceProblem !== undefined) problems.limitPrice = priceProblem;
  if (qty === undefined || qtyProblem !== undefined || priceProblem !== undefined) return { problems };
  return { problems, values: limitPrice === undefined ? { qty } : { qty, limitPrice } };
}

/** A refusal's problems beside the fields they are about; the rest, or the whole reason, concerns the order. */
export function problemsByField(
  fields: readonly FieldProblem[],
  reason: string,
): Partial<Record<TicketField, string>> {
  const problems: Partial<Record<TicketField, string>> = {};
  for (const { field, message } of fields) {
    const place: TicketField = field === 'qty' || field === 'limitPrice' ? field : 'order';
    problems[place] = problems[place] === undefined ? message : `${problems[place]} ${message}`;
  }
  return fields.length === 0 ? { order: reason } : problems;
}
