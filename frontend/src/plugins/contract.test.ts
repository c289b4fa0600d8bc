import { describe, expect, it } from 'vitest';
import { NUMBER, fits, listOf, misfit } from './contract';

const line = { fields: { text: 'string', 'price?': 'number' } } as const;
const order = { fields: { id: 'string', open: 'boolean', lines: { item: line }, data: 'any' } } as const;
const whole = { id: 'O1', open: true, lines: [{ text: 'a' }, { text: 'b', price: 1 }], data: null };

describe('a value fits its shape', () => {
  it.each([
    ['with all its fields', whole],
    ['with fields and words of a newer server', { ...whole, id: 'a new word', later: 1 }],
    ['with an empty list', { ...whole, lines: [] }],
  ])('%s', (_, value) => {
    expect(misfit(value, order)).toBeUndefined();
    expect(fits(value, order)).toBe(true);
  });

  it.each([
    ['not even an object', 'text', 'it is not an object'],
    ['nothing', undefined, 'it is missing'],
    ['null', null, 'it is not an object'],
    ['a list', [], 'it is not an object'],
    ['without a field', { ...whole, id: undefined }, 'id is missing'],
    ['with a field of another kind', { ...whole, open: 'yes' }, 'open is not a boolean'],
    ['with null in a field', { ...whole, id: null }, 'id is not a string'],
    ['with no list where one is due', { ...whole, lines: {} }, 'lines is not a list'],
    [
      'deep inside',
      { ...whole, lines: [{ text: 'a' }, { text: 'b', price: '1' }] },
      'lines[1].price is not a number',
    ],
    ['without what may be anything', { ...whole, data: undefined }, 'data is missing'],
    ['with a field that every object inherits', { ...whole, id: undefined, toString: 'x' }, 'id is missing'],
  ])('but not %s', (_, value, what) => {
    expect(misfit(value, order)).toBe(what);
    expect(fits(value, order)).toBe(false);
  });
});

it('lists and numbers have shapes too', () => {
  expect(misfit([whole, { ...whole, id: 1 }], listOf(order))).toBe('[1].id is not a string');
  expect(misfit('12', NUMBER)).toBe('it is not a number');
  expect(fits(12, NUMBER)).toBe(true);
});
