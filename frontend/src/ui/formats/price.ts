/** Prices in the instrument's own notation: decimals, pips with a small last digit, fractions of a power of two. */

export interface PriceNotation {
  pricescale: number;
  minmov: number;
  minmove2?: number;
  fractional?: boolean;
}

export interface PriceFormatter {
  format(value: number | undefined): string;
  /** The text in two parts: what is written large, and the fractional pip that is written small. */
  parts(value: number | undefined): { main: string; small: string };
  /** A number from what a trader types; undefined if it is none. */
  parse(text: string): number | undefined;
  /** Decimal places of the tick, for charts and inputs. */
  readonly decimals: number;
  readonly tick: number;
}

export const NO_VALUE = '–';

export function createPriceFormatter(notation: PriceNotation): PriceFormatter {
  return notation.fractional ? fractionFormatter(notation) : decimalFormatter(notation);
}

export function parseDecimal(text: string): number | undefined {
  const plain = text.trim().replaceAll(',', '');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return undefined;
  return Number(plain);
}

export function decimalsOf(step: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(String(step)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

function decimalFormatter({ pricescale, minmov, minmove2 = 0 }: PriceNotation): PriceFormatter {
  const decimals = Math.round(Math.log10(pricescale));
  const smallDigits = minmove2 > 1 ? Math.round(Math.log10(minmove2)) : 0;
  const format = (value: number | undefined): string =>
    value === undefined ? NO_VALUE : value.toFixed(decimals);
  return {
    decimals,
    tick: minmov / pricescale,
    format,
    parts(value) {
      const text = format(value);
      if (smallDigits === 0 || value === undefined) return { main: text, small: '' };
      return { main: text.slice(0, -smallDigits), small: text.slice(-smallDigits) };
    },
    parse: parseDecimal,
  };
}

/**
 * `119'16` is 119 and 16/32; with minmove2 a truncated digit follows: `119'16'2` is 119 and 16.25/32. A hyphen
 * is read as an apostrophe, as both are in use.
 */
function fractionFormatter({ pricescale, minmov, minmove2 = 0 }: PriceNotation): PriceFormatter {
  const parts = minmove2 > 1 ? minmove2 : 1;
  const denominator = pricescale / parts;
  const width = String(denominator - 1).length;

  const format = (value: number | undefined): string => {
    if (value === undefined) return NO_VALUE;
    const units = Math.round(Math.abs(value) * pricescale);
    const whole = Math.floor(units / pricescale);
    const rest = units - whole * pricescale;
    const numerator = Math.floor(rest / parts);
    const sign = value < 0 && units > 0 ? '-' : '';
    const text = `${sign}${whole}'${String(numerator).padStart(width, '0')}`;
    return parts === 1 ? text : `${text}'${Math.floor(((rest % parts) * 10) / parts)}`;
  };

  const parse = (text: string): number | undefined => {
    const match = /^\s*(-?)(\d+)['-](\d+)(?:['-](\d))?\s*$/.exec(text);
    if (match === null) return parseDecimal(text);
    const [, sign, whole, numerator, digit] = match;
    if (Number(numerator) >= denominator || (digit !== undefined && parts === 1)) return undefined;
    const part = Math.ceil((Number(digit ?? 0) * parts) / 10);
    const value = Number(whole) + (Number(numerator) * parts + part) / pricescale;
    return sign === '-' ? -value : value;
  };

  return {
    decimals: decimalsOf(minmov / pricescale),
    tick: minmov / pricescale,
    format,
    parts: (value) => ({ main: format(value), small: '' }),
    parse,
  };
}
