/** How the prices and quantities of one instrument are written and read. */
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import { formatQuantity, formatSigned } from '@/ui/formats/numbers';
import { createPriceFormatter, decimalsOf, NO_VALUE, parseDecimal } from '@/ui/formats/price';

export interface InstrumentFormat {
  price: (value: number | undefined) => string;
  /** A price in two parts, of which the fractional pip is written small. */
  priceParts: (value: number | undefined) => { main: string; small: string };
  /** A difference of prices with its sign. */
  change: (value: number | undefined) => string;
  /** A width of prices: in pips where the instrument has them. */
  spread: (value: number) => string;
  quantity: (value: number | undefined) => string;
  /** Without separators, as it is typed. */
  plainQuantity: (value: number) => string;
  parsePrice: (text: string) => number | undefined;
  parseQuantity: (text: string) => number | undefined;
}

const known = new WeakMap<LibrarySymbolInfo, InstrumentFormat>();

/** The format of an instrument, made once for each. */
export function formatOf(info: LibrarySymbolInfo): InstrumentFormat {
  let format = known.get(info);
  if (format === undefined) {
    format = createFormat(info);
    known.set(info, format);
  }
  return format;
}

function createFormat(info: LibrarySymbolInfo): InstrumentFormat {
  const prices = createPriceFormatter(info);
  const { pipSize, tickSize, qty } = info.library_custom_fields.trading;
  const quantityDecimals = decimalsOf(qty.step);
  return {
    price: prices.format,
    priceParts: prices.parts,
    change(value) {
      if (value === undefined) return NO_VALUE;
      if (!info.fractional) return formatSigned(value, prices.decimals);
      const size = prices.format(Math.abs(value));
      return value === 0 ? size : `${value > 0 ? '+' : '\u2212'}${size}`;
    },
    spread: (value) => (pipSize > tickSize ? `${(value / pipSize).toFixed(1)} pips` : prices.format(value)),
    quantity: formatQuantity,
    plainQuantity: (value) =>
      value
        .toFixed(quantityDecimals)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    parsePrice: prices.parse,
    parseQuantity: parseDecimal,
  };
}
