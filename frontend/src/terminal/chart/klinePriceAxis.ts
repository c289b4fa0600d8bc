/**
 * A price axis per chart: it writes prices in the instrument's own format, and for instruments that
 * trade in fractions puts its ticks on multiples of the fraction.
 */
import { registerYAxis, type AxisTick } from 'klinecharts';

/** The part of the shown instrument that its axis needs. */
export interface PriceScale {
  tickSize: number;
  fractional: boolean;
  formatPrice: (price: number) => string;
}

let registered = 0;

/** Registers an axis that always asks `scale` anew, and returns its name. */
export function registerPriceAxis(scale: () => PriceScale | null): string {
  registered += 1;
  const name = `price-${registered}`;
  registerYAxis({
    name,
    displayValueToText: (value, precision) => scale()?.formatPrice(value) ?? value.toFixed(precision),
    createTicks: ({ range, bounding, defaultTicks }) => {
      const current = scale();
      if (current === null || !current.fractional) return defaultTicks;
      return fractionTicks(current, range.from, range.to, bounding.height);
    },
  });
  return name;
}

const PIXELS_BETWEEN_TICKS = 36;

/** Ticks at multiples of tick size times a power of two, no closer than labels can stand. */
export function fractionTicks(scale: PriceScale, from: number, to: number, height: number): AxisTick[] {
  const span = to - from;
  if (!(span > 0) || !(height > 0)) return [];
  let step = scale.tickSize;
  while ((step / span) * height < PIXELS_BETWEEN_TICKS) step *= 2;
  const ticks: AxisTick[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    ticks.push({ coord: height - ((value - from) / span) * height, value, text: scale.formatPrice(value) });
  }
  return ticks;
}
