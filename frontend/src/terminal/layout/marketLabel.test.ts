import { describe, expect, it } from 'vitest';

import { kindLabel, symbolLabel } from '@/terminal/layout/marketLabel';

const lastEventTime = Date.UTC(2026, 10, 20, 15, 0, 30);

describe('kindLabel', () => {
  it.each([
    ['simulated', 'Simulated', 'warn'],
    ['replayed', 'Replayed', 'warn'],
    ['live', 'Live', 'up'],
    ['delayed', 'Delayed', 'warn'],
    ['end-of-day', 'EOD', 'warn'],
  ] as const)('calls %s data %s', (kind, text, tone) => {
    expect(kindLabel(kind)).toMatchObject({ text, tone });
  });
});

describe('symbolLabel', () => {
  it.each(['simulated', 'replayed', 'live', 'delayed', 'end-of-day', 'something newer'])(
    'says nothing while the data is %s',
    (status) => {
      expect(symbolLabel({ symbol: 'SPY', status })).toBeUndefined();
    },
  );

  it('says nothing of a symbol of which nothing is known', () => {
    expect(symbolLabel(undefined)).toBeUndefined();
  });

  it('tells since when a silent symbol is silent', () => {
    expect(symbolLabel({ symbol: 'SPY', status: 'stale', lastEventTime })).toEqual({
      text: 'Stale',
      tone: 'down',
      explanation: 'SPY has been silent for too long. The last data is of 2026-11-20 15:00:30 UTC.',
    });
  });

  it('tells why nothing comes', () => {
    const problem = 'the exchange refuses it: 429';
    expect(symbolLabel({ symbol: 'SPY', status: 'failed', problem })).toMatchObject({
      text: 'No data',
      explanation: problem,
    });
    expect(symbolLabel({ symbol: 'SPY', status: 'stale', problem })?.explanation).toBe(problem);
  });

  it('does not alarm about a closed exchange or one that has yet to speak', () => {
    expect(symbolLabel({ symbol: 'SPY', status: 'closed', lastEventTime })).toMatchObject({
      text: 'Closed',
      tone: 'neutral',
    });
    expect(symbolLabel({ symbol: 'SPY', status: 'waiting' })).toMatchObject({
      text: 'Waiting',
      explanation: 'SPY is waited for. Nothing has come yet.',
    });
  });
});
