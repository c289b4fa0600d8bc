import { describe, expect, it } from 'vitest';
import { LONGEST_DELAY_MS, SHORTEST_DELAY_MS, reconnectDelay } from './backoff';

describe('reconnectDelay', () => {
  it('lies between the shortest delay and a bound that doubles up to the longest', () => {
    const bounds = [0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => reconnectDelay(attempt, 1));
    expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(reconnectDelay(5, 0)).toBe(SHORTEST_DELAY_MS);
    expect(reconnectDelay(1_000, 0.999)).toBeLessThan(LONGEST_DELAY_MS);
  });
});
