import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  formatPercent,
  formatProfit,
  formatQuantity,
  formatSigned,
  formatVolume,
} from './numbers';
import { NO_VALUE, createPriceFormatter, decimalsOf, parseDecimal } from './price';
import { formatDateTime, formatDuration, formatTime } from './time';

describe('decimal prices', () => {
  it('have the places of their scale, whatever the tick', () => {
    expect(createPriceFormatter({ pricescale: 100, minmov: 1 }).format(189.2)).toBe('189.20');
    const future = createPriceFormatter({ pricescale: 100, minmov: 25 });
    expect(future.format(4321.25)).toBe('4321.25');
    expect(future.tick).toBe(0.25);
    expect(createPriceFormatter({ pricescale: 1, minmov: 5 }).format(35)).toBe('35');
    expect(createPriceFormatter({ pricescale: 10_000, minmov: 1 }).format(0.5)).toBe('0.5000');
  });

  it('are a dash where there is none, and zero where there is zero', () => {
    const { format } = createPriceFormatter({ pricescale: 100, minmov: 1 });
    expect(format(undefined)).toBe(NO_VALUE);
    expect(format(0)).toBe('0.00');
  });

  it('of forex set the fractional pip apart', () => {
    const { parts } = createPriceFormatter({ pricescale: 100_000, minmov: 1, minmove2: 10 });
    expect(parts(1.12345)).toEqual({ main: '1.1234', small: '5' });
    expect(parts(undefined)).toEqual({ main: NO_VALUE, small: '' });
    expect(createPriceFormatter({ pricescale: 100, minmov: 1 }).parts(1.5)).toEqual({
      main: '1.50',
      small: '',
    });
  });

  it.each([
    ['189.2', 189.2],
    [' 1,234.5 ', 1234.5],
    ['.5', 0.5],
    ['-3', -3],
    ['', undefined],
    ['abc', undefined],
    ['1.2.3', undefined],
    ['1e5', undefined],
    ["119'16", undefined],
    ['Infinity', undefined],
  ])('reads %o as %o', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });
});

describe('fractions', () => {
  const bond = createPriceFormatter({ pricescale: 32, minmov: 1, fractional: true });
  const quarters = createPriceFormatter({ pricescale: 128, minmov: 1, minmove2: 4, fractional: true });

  it.each([
    [119.5, "119'16"],
    [119, "119'00"],
    [119.03125, "119'01"],
    [119.96875, "119'31"],
    [119.99, "120'00"],
    [-0.5, "-0'16"],
    [0, "0'00"],
  ])('%d is %s in 32nds', (value, text) => {
    expect(bond.format(value)).toBe(text);
  });

  it.each([
    [119.5, "119'16'0"],
    [119 + 16.25 / 32, "119'16'2"],
    [119 + 16.5 / 32, "119'16'5"],
    [119 + 16.75 / 32, "119'16'7"],
  ])('%d is %s in quarters of 32nds', (value, text) => {
    expect(quarters.format(value)).toBe(text);
    expect(quarters.parse(text)).toBe(value);
  });

  it('are read in their own notation or as decimals', () => {
    expect(bond.parse("119'16")).toBe(119.5);
    expect(bond.parse("-0'16")).toBe(-0.5);
    expect(bond.parse('119-16')).toBe(119.5);
    expect(quarters.parse('119-16-2')).toBe(119 + 16.25 / 32);
    expect(bond.parse('119.5')).toBe(119.5);
    expect(bond.parse("119'32")).toBeUndefined();
    expect(bond.parse("119'16'2")).toBeUndefined();
    expect(bond.parse("119'")).toBeUndefined();
  });

  it('go both ways for every tick', () => {
    for (let units = 0; units < 64; units += 1) expect(bond.parse(bond.format(units / 32))).toBe(units / 32);
  });

  it('know the decimals of their tick', () => {
    expect(bond.decimals).toBe(5);
    expect(decimalsOf(0.00000001)).toBe(8);
    expect(decimalsOf(1000)).toBe(0);
    expect(decimalsOf(0.25)).toBe(2);
  });
});

describe('money and changes', () => {
  it('are grouped, with a true minus', () => {
    expect(formatMoney(1234567.891)).toBe('1,234,567.89');
    expect(formatMoney(-12.5)).toBe('\u221212.50');
    expect(formatMoney(-0.001)).toBe('0.00');
    expect(formatMoney(undefined)).toBe(NO_VALUE);
  });

  it('carry a sign unless they round to zero', () => {
    expect(formatProfit(3)).toBe('+3.00');
    expect(formatProfit(-3)).toBe('\u22123.00');
    expect(formatProfit(0.004)).toBe('0.00');
    expect(formatSigned(-0.62, 2)).toBe('\u22120.62');
    expect(formatSigned(-0.001, 2)).toBe('0.00');
    expect(formatPercent(0.634)).toBe('+0.63%');
  });

  it('quantities keep eight places, volumes three digits', () => {
    expect(formatQuantity(0.12345678)).toBe('0.12345678');
    expect(formatQuantity(1000)).toBe('1,000');
    expect(formatVolume(9_423_673)).toBe('9.42M');
  });
});

describe('times', () => {
  const opening = Date.UTC(2013, 9, 4, 13, 30, 0);

  it('are those of the zone, daylight saving included', () => {
    expect(formatTime(opening, 'America/New_York')).toBe('09:30:00');
    expect(formatDateTime(opening, 'America/New_York')).toBe('2013-10-04 09:30:00');
    expect(formatTime(Date.UTC(2013, 11, 4, 14, 30), 'America/New_York')).toBe('09:30:00');
    expect(formatDateTime(Date.UTC(2013, 9, 5), 'Etc/UTC')).toBe('2013-10-05 00:00:00');
  });

  it.each([
    [5_000, '5 s'],
    [65_000, '1 min'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('a duration of %d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
