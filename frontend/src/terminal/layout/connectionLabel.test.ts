import { describe, expect, it } from 'vitest';

import { connectionLabel, STALE_AFTER_MS, worse } from '@/terminal/layout/connectionLabel';

const lost = { kind: 'reconnecting', since: 1000, lastHeard: 400, attempt: 2 } as const;

describe('connectionLabel', () => {
  it('calls a lost connection reconnecting at first, and stale after a while', () => {
    expect(connectionLabel(lost, 1000).state).toBe('reconnecting');
    expect(connectionLabel(lost, 1000 + STALE_AFTER_MS - 1).state).toBe('reconnecting');
    expect(connectionLabel(lost, 1000 + STALE_AFTER_MS).state).toBe('stale');
  });

  it('dates staleness by what was heard last, not by when the loss was noticed', () => {
    const heard = new Date(400).toLocaleTimeString('en-GB');
    expect(connectionLabel(lost, 1_000_000).text).toBe(`Stale since ${heard}`);
  });

  it('gives the reason of a final close', () => {
    const label = connectionLabel({ kind: 'closed', code: 4501, reason: 'not authenticated' }, 0);
    expect(label).toMatchObject({ state: 'closed', explanation: 'not authenticated (4501)' });
  });
});

describe('worse', () => {
  it('is the state that needs attention, whichever socket has it', () => {
    expect(worse({ kind: 'live' }, lost)).toBe(lost);
    expect(worse(lost, { kind: 'live' })).toBe(lost);
    expect(worse({ kind: 'live' }, { kind: 'connecting' }).kind).toBe('connecting');
  });
});
