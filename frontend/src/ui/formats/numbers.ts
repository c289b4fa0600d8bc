/** Quantities, money, profits and changes: always the same notation, whatever the browser's language. */
import { NO_VALUE } from './price';

const LOCALE = 'en-US';
const quantity = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 8 });
const money = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 2 });

/** The true minus sign is as wide as a plus and a digit, so that columns stay in line. */
const MINUS = '\u2212';

export function formatQuantity(value: number | undefined): string {
  return value === undefined ? NO_VALUE : quantity.format(value);
}

/** `9.42M`. */
export function formatVolume(value: number | undefined): string {
  return value === undefined ? NO_VALUE : compact.format(value);
}

export function formatMoney(value: number | undefined): string {
  return value === undefined ? NO_VALUE : money.format(withoutNegativeZero(value)).replace('-', MINUS);
}

/** `+1,250.00`, `−3.50`, and `0.00` without a sign. */
export function formatProfit(value: number | undefined): string {
  if (value === undefined) return NO_VALUE;
  const text = formatMoney(value);
  return value > 0 && text !== formatMoney(0) ? `+${text}` : text;
}

export function formatSigned(value: number | undefined, decimals: number): string {
  if (value === undefined) return NO_VALUE;
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value > 0 ? '+' : MINUS}${text}`;
}

/** `value` is in percent: 0.63 is written `+0.63%`. */
export function formatPercent(value: number | undefined): string {
  return value === undefined ? NO_VALUE : `${formatSigned(value, 2)}%`;
}

/** What rounds to zero cents is written without a sign. */
function withoutNegativeZero(value: number): number {
  return Math.abs(value) < 0.005 ? 0 : value;
}
