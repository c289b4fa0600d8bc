import { describe, expect, it } from 'vitest';

import { isDaily, periodOf } from '@/terminal/chart/klinePeriods';

describe('periodOf', () => {
  it.each([
    ['1', { type: 'minute', span: 1 }],
    ['15', { type: 'minute', span: 15 }],
    ['60', { type: 'hour', span: 1 }],
    ['240', { type: 'hour', span: 4 }],
    ['1D', { type: 'day', span: 1 }],
    ['D', { type: 'day', span: 1 }],
    ['6M', { type: 'month', span: 6 }],
  ])('reads %s', (resolution, period) => {
    expect(periodOf(resolution)).toEqual(period);
  });

  it.each(['', '0', '1h', '-5', 'x'])('refuses %s', (resolution) => {
    expect(() => periodOf(resolution)).toThrow();
  });

  it('knows which bars are named by their day', () => {
    expect(['1', '60', '1D', '1W'].map(isDaily)).toEqual([false, false, true, true]);
  });
});
