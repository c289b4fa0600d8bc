import { describe, expect, it } from 'vitest';

import { bond } from '@/testing/instruments';
import { fractionTicks } from '@/terminal/chart/klinePriceAxis';
import { formatOf } from '@/terminal/instrumentFormat';

const scale = { tickSize: 1 / 32, fractional: true, formatPrice: formatOf(bond).price };

describe('fractionTicks', () => {
  it('stands on multiples of the tick and leaves room for the labels', () => {
    const ticks = fractionTicks(scale, 111.1, 112.3, 400);
    expect(ticks.length).toBeGreaterThan(3);
    for (const { value } of ticks) expect(Number.isInteger(Number(value) * 32)).toBe(true);
    const gaps = ticks.slice(1).map((tick, index) => (ticks[index]?.coord ?? 0) - tick.coord);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(36);
  });

  it('puts a price at the height at which it is drawn', () => {
    const [lowest] = fractionTicks(scale, 111, 112, 320);
    expect(lowest).toEqual({ coord: 320, value: 111, text: "111'00" });
  });

  it('has none for an axis without extent', () => {
    expect(fractionTicks(scale, 111, 111, 400)).toEqual([]);
    expect(fractionTicks(scale, 111, 112, 0)).toEqual([]);
  });
});
