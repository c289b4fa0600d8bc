import { describe, expect, it } from 'vitest';

import { bond, forex, stock } from '@/testing/instruments';
import { checkTicket, isMultiple, problemsByField } from '@/terminal/panels/ticketCheck';

describe('checkTicket', () => {
  it('reads a market order, whatever stands in the price', () => {
    expect(checkTicket(stock, 'market', { qty: '1,000', limitPrice: 'x' })).toMatchObject({
      values: { qty: 1000 },
    });
  });

  it('points at nothing while a field is empty, and has no order yet', () => {
    expect(checkTicket(stock, 'limit', { qty: '', limitPrice: '' })).toEqual({ problems: {} });
  });

  it.each([
    ['0', 'At least 1.'],
    ['-5', 'At least 1.'],
    ['1.5', 'A multiple of 1.'],
    ['10001', 'At most 10000.'],
    ['1e400', 'Type a number.'],
    ['NaN', 'Type a number.'],
    ['ten', 'Type a number.'],
  ])('refuses the quantity %s', (qty, problem) => {
    const checked = checkTicket(stock, 'market', { qty, limitPrice: '' });
    expect(checked.problems.qty).toBe(problem);
    expect(checked.values).toBeUndefined();
  });

  it('holds a limit price to the tick of its instrument', () => {
    const price = (text: string): string | undefined =>
      checkTicket(forex, 'limit', { qty: '1000', limitPrice: text }).problems.limitPrice;
    expect(price('1.03713')).toBeUndefined();
    expect(price('1.037135')).toContain('0.00001');
    expect(price('0')).toBe('A price above zero.');
  });

  it("reads fractions: 111'16 is 111.5", () => {
    const { values } = checkTicket(bond, 'limit', { qty: '2', limitPrice: "111'16" });
    expect(values).toEqual({ qty: 2, limitPrice: 111.5 });
    expect(checkTicket(bond, 'limit', { qty: '2', limitPrice: "111'32" }).values).toBeUndefined();
  });
});

describe('isMultiple', () => {
  it('forgives the error of binary fractions and nothing more', () => {
    expect(isMultiple(0.3, 0.1)).toBe(true);
    expect(isMultiple(107.19, 0.01)).toBe(true);
    expect(isMultiple(107.195, 0.01)).toBe(false);
  });
});

describe('problemsByField', () => {
  it('puts each problem beside its field and joins those of one place', () => {
    const fields = [
      { field: 'qty', message: 'too large' },
      { field: 'symbol', message: 'closed' },
      { field: 'duration', message: 'odd' },
    ];
    expect(problemsByField(fields, 'refused')).toEqual({ qty: 'too large', order: 'closed odd' });
  });

  it('says the whole reason where no field is named', () => {
    expect(problemsByField([], 'refused')).toEqual({ order: 'refused' });
  });
});
