/** An end that the server announces is a change of connections: nobody is told of it unless it takes a second. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fakeSocket';
import type { StreamState } from '@/trading/gateways';
import { LONGEST_DELAY_MS, SHORTEST_PLANNED_DELAY_MS } from './backoff';
import { UNMENTIONED_MS, WsClientBase } from './wsClientBase';

const ORDERS = 'orders:{"accountId":"DEMO"}';

let client: WsClientBase;
let states: StreamState['kind'][];
let refused: ReturnType<typeof vi.fn<(code: string, message: string) => void>>;

function socket(): FakeSocket {
  const newest = FakeSocket.opened.at(-1);
  if (newest === undefined) throw new Error('there is no socket');
  return newest;
}

function notice(code: string, retryAfterMs?: number): void {
  socket().say({ type: 'server.notice', payload: { code, message: 'said before', retryAfterMs } });
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened.length = 0;
  states = [];
  refused = vi.fn();
  client = new WsClientBase({
    url: 'ws://test/ws',
    createSocket: (url) => new FakeSocket(url),
    random: () => 0.5,
  });
  client.subscribe('orders', { accountId: 'DEMO' }, { snapshot: vi.fn(), update: vi.fn(), refused });
  socket().open();
  socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7 });
  client.onState(({ kind }) => states.push(kind));
});

afterEach(() => {
  client.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe.each([
  ['draining', 4410],
  ['end-of-life', 4401],
])('after the notice "%s"', (code, close) => {
  it('returns when it is told to, resumes, and nobody notices', () => {
    notice(code, 400);
    socket().lose(close);
    vi.advanceTimersByTime(599);
    expect(FakeSocket.opened).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.opened).toHaveLength(2);
    expect(client.state()).toEqual({ kind: 'live' });
    socket().open();
    expect(socket().sent).toMatchObject([{ options: { recover: { epoch: 'e1', offset: 7 } } }]);
    socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7, recovered: true });
    vi.advanceTimersByTime(5_000);
    expect(states).toEqual(['live']);
    expect(refused).not.toHaveBeenCalled();
  });

  it('says so when that takes a second, since when it is lost', () => {
    const lostAt = Date.now();
    notice(code, 10_000);
    socket().lose(close);
    vi.advanceTimersByTime(UNMENTIONED_MS - 1);
    expect(states).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(client.state()).toMatchObject({ kind: 'reconnecting', since: lostAt, attempt: 0 });
  });
});

it('tries again with growing delays where the next server is not there yet', () => {
  notice('draining', 100);
  socket().lose(4410);
  vi.advanceTimersByTime(150);
  socket().lose(1006);
  expect(states).toEqual([]);
  vi.advanceTimersByTime(749);
  expect(FakeSocket.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.opened).toHaveLength(3);
  socket().lose(1006);
  vi.advanceTimersByTime(100);
  expect(client.state()).toMatchObject({ kind: 'reconnecting', attempt: 2 });
  socket().open();
  expect(states).toEqual(['reconnecting']);
});

it.each([
  [0, 1.5 * SHORTEST_PLANNED_DELAY_MS],
  [undefined, 1.5 * SHORTEST_PLANNED_DELAY_MS],
  [2_000, 3_000],
  [1e9, LONGEST_DELAY_MS],
])('asked to return after %s ms it does so after %s', (told, waits) => {
  notice('draining', told);
  socket().lose(4410);
  vi.advanceTimersByTime(waits - 1);
  expect(FakeSocket.opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.opened).toHaveLength(2);
});

it('counts the time from the notice', () => {
  notice('draining', 2_000);
  vi.advanceTimersByTime(1_500);
  socket().lose(4410);
  vi.advanceTimersByTime(750);
  expect(FakeSocket.opened).toHaveLength(2);
});

it.each(['token-expiring', 'something-new'])('the notice "%s" announces no end', (code) => {
  notice(code, 0);
  socket().lose(1006);
  expect(states).toEqual(['reconnecting']);
});

it('a notice concerns its own connection alone', () => {
  notice('draining', 0);
  socket().lose(4410);
  vi.advanceTimersByTime(150);
  socket().open();
  socket().lose(1006);
  expect(states).toEqual(['live', 'reconnecting']);
});

it('a final code is final, and told at once', () => {
  notice('draining', 0);
  socket().lose(4501, 'not authenticated');
  expect(client.state()).toEqual({ kind: 'closed', code: 4501, reason: 'not authenticated' });
});
