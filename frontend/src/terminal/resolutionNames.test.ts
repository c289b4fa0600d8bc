import { describe, expect, it } from 'vitest';

import { grouped, inSight, nearestOffered, resolutionName } from '@/terminal/resolutionNames';
import { isResolution } from '@/trading/datafeed';

const OFFERED = ['1S', '15S', '1', '5', '45', '60', '240', '1D', '1W', '3M'];

describe('resolutionName', () => {
  it.each([
    ['15S', '15s'],
    ['45', '45m'],
    ['60', '1h'],
    ['240', '4h'],
    ['90', '90m'],
    ['1D', '1D'],
    ['1W', '1W'],
    ['3M', '3M'],
  ])('calls %s %s', (resolution, name) => {
    expect(resolutionName(resolution)).toBe(name);
  });
});

describe('the choice of resolutions', () => {
  it('keeps favourites in sight, and what was chosen beside them', () => {
    expect(inSight(OFFERED, '5')).toEqual(['1', '5', '60', '1D']);
    expect(inSight(OFFERED, '240')).toEqual(['1', '5', '60', '240', '1D']);
  });

  it('holds everything in the menu, by kind', () => {
    expect(grouped(OFFERED).map((group) => [group.title, group.resolutions.length])).toEqual([
      ['Seconds', 2],
      ['Minutes', 3],
      ['Hours', 2],
      ['Days and longer', 3],
    ]);
  });

  it('goes to one that a new symbol has', () => {
    expect(nearestOffered(OFFERED, '1W')).toBe('1W');
    expect(nearestOffered(['1D', '1W'], '5')).toBe('1D');
    expect(nearestOffered(['1W'], '5')).toBe('1W');
    expect(nearestOffered([], '5')).toBe('5');
  });

  it('takes from storage only what can be a resolution', () => {
    expect(['1S', '7', '12M', '1D'].every(isResolution)).toBe(true);
    expect(['', '0', '1H', 'D', 5, null, '1S '].some(isResolution)).toBe(false);
  });
});
