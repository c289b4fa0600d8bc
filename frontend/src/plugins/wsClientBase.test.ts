import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamListener } from '@/trading/gateways';
import { FakeSocket } from '@/testing/fakeSocket';
import { WsClientBase } from './wsClientBase';
import { FRAMES_A_SECOND } from './wsOutbox';

const ORDERS = 'orders:{"accountId":"DEMO"}';
const QUOTES = 'quotes:{"symbol":"SPY"}';
const account = { accountId: 'DEMO' };

function listener() {
  const heard = { snapshots: [] as unknown[][], updates: [] as unknown[], refusals: [] as string[] };
  const listens: StreamListener<unknown> = {
    snapshot: (items) => heard.snapshots.push(items),
    update: (item) => heard.updates.push(item),
    refused: (code) => heard.refusals.push(code),
  };
  return { heard, listens };
}

function socket(index = FakeSocket.opened.length - 1): FakeSocket {
  const found = FakeSocket.opened[index];
  if (found === undefined) throw new Error(`there is no socket ${index}`);
  return found;
}

let client: WsClientBase;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened.length = 0;
  client = new WsClientBase({
    url: 'ws://test/ws',
    createSocket: (url) => new FakeSocket(url),
    random: () => 0.5,
  });
});

afterEach(() => {
  client.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A journal topic, live at offset 7 of epoch e1. */
function liveOrders() {
  const { heard, listens } = listener();
  const stop = client.subscribe('orders', account, listens);
  socket().open();
  socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7, snapshot: ['a', 'b'] });
  return { heard, stop };
}

describe('subscriptions', () => {
  it('opens one socket for all topics, and subscribes once it is open', () => {
    client.subscribe('orders', account, listener().listens);
    client.subscribe('quotes', { symbol: 'SPY' }, listener().listens);
    expect(FakeSocket.opened).toHaveLength(1);
    expect(socket().sent).toEqual([]);
    socket().open();
    expect(socket().sent.map(({ type, payload }) => ({ type, payload }))).toEqual([
      { type: 'orders.subscribe', payload: account },
      { type: 'quotes.subscribe', payload: { symbol: 'SPY' } },
    ]);
  });

  it('hands on the snapshot, then updates, and nothing before the confirmation', () => {
    const { heard, listens } = listener();
    client.subscribe('orders', account, listens);
    socket().open();
    socket().update('orders', ORDERS, 'early', 1);
    expect(heard.updates).toEqual([]);
    socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7, snapshot: ['a', 'b'] });
    socket().update('orders', ORDERS, 'c', 8, 7);
    expect(heard).toEqual({ snapshots: [['a', 'b']], updates: ['c'], refusals: [] });
  });

  it('matches replies by id', () => {
    const { heard } = liveOrders();
    const payload = { status: 'ok', message: '', topic: ORDERS, snapshot: ['other'] };
    socket().say({ type: 'orders.subscribe.response', id: 'not-ours', payload });
    expect(heard.snapshots).toEqual([['a', 'b']]);
  });

  it('counts listeners: the first subscribes, the last unsubscribes', () => {
    const first = listener();
    const second = listener();
    const stopFirst = client.subscribe('quotes', { symbol: 'SPY' }, first.listens);
    socket().open();
    socket().confirm('quotes', { topic: QUOTES, snapshot: [1] });
    const stopSecond = client.subscribe('quotes', { symbol: 'SPY' }, second.listens);
    expect(socket().sentOf('quotes.subscribe')).toHaveLength(1);
    expect(second.heard.snapshots).toEqual([[1]]);
    stopFirst();
    stopFirst();
    expect(socket().sentOf('quotes.unsubscribe')).toEqual([]);
    socket().update('quotes', QUOTES, 2);
    expect([first.heard.updates, second.heard.updates]).toEqual([[], [2]]);
    stopSecond();
    expect(socket().sentOf('quotes.unsubscribe')).toHaveLength(1);
    socket().update('quotes', QUOTES, 3);
    expect(second.heard.updates).toEqual([2]);
  });

  it('asks for a new snapshot for a late listener of a journal topic', () => {
    const { heard } = liveOrders();
    const late = listener();
    client.subscribe('orders', account, late.listens);
    expect(socket().sentOf('orders.subscribe')).toHaveLength(2);
    expect(socket().sentOf('orders.subscribe').at(-1)?.options).toBeUndefined();
    socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 9, snapshot: ['z'] });
    expect(late.heard.snapshots).toEqual([['z']]);
    expect(heard.snapshots).toEqual([['a', 'b'], ['z']]);
  });

  it('tells of a refusal', () => {
    const { heard, listens } = listener();
    client.subscribe('quotes', { symbol: 'NONE' }, listens);
    socket().open();
    socket().confirm('quotes', {
      status: 'error',
      code: 'symbol-unknown',
      message: 'no',
      snapshot: undefined,
    });
    expect(heard.refusals).toEqual(['symbol-unknown']);
  });

  it('asks again for what was refused, and tells of the same refusal once', () => {
    const { heard, listens } = listener();
    const refusal = { status: 'error', code: 'internal-error', message: 'no', snapshot: undefined };
    client.subscribe('quotes', { symbol: 'SPY' }, listens);
    socket().open();
    socket().confirm('quotes', refusal);
    vi.advanceTimersByTime(15_000);
    socket().say({ type: 'ping', payload: {} });
    vi.advanceTimersByTime(15_000);
    expect(socket().sentOf('quotes.subscribe')).toHaveLength(2);
    socket().confirm('quotes', refusal);
    expect(heard.refusals).toEqual(['internal-error']);
    vi.advanceTimersByTime(15_000);
    socket().say({ type: 'ping', payload: {} });
    vi.advanceTimersByTime(15_000);
    socket().confirm('quotes', { topic: QUOTES, snapshot: [1] });
    expect(heard.snapshots).toEqual([[1]]);
    vi.advanceTimersByTime(20_000);
    expect(socket().sentOf('quotes.subscribe')).toHaveLength(3);
  });

  it('takes an error message that names its id for a refusal', () => {
    const { heard, listens } = listener();
    client.subscribe('quotes', { symbol: '' }, listens);
    socket().open();
    const id = socket().sentOf('quotes.subscribe')[0]?.id;
    const payload = { code: 'validation-failed', message: 'symbol is empty' };
    socket().say({ type: 'error', payload });
    socket().say({ type: 'error', id: 'another', payload });
    expect(heard.refusals).toEqual([]);
    socket().say({ type: 'error', id, payload });
    expect(heard.refusals).toEqual(['validation-failed']);
    vi.advanceTimersByTime(10_000);
    expect(client.state().kind).toBe('live');
  });

  it('stay below the rate that the server allows, in order, however many there are', () => {
    for (let n = 0; n < 100; n += 1)
      client.subscribe('quotes', { symbol: `S${String(n)}` }, listener().listens);
    socket().open();
    const counts = [socket().sent.length];
    for (let second = 0; second < 3; second += 1) {
      vi.advanceTimersByTime(1_000);
      counts.push(socket().sent.length);
    }
    expect(counts).toEqual([FRAMES_A_SECOND, 2 * FRAMES_A_SECOND, 100, 100]);
    expect(socket().sent.map(({ id }) => Number(id))).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('that wait for their turn are gone with the connection', () => {
    for (let n = 0; n < 60; n += 1)
      client.subscribe('quotes', { symbol: `S${String(n)}` }, listener().listens);
    socket().open();
    socket().lose(1006);
    vi.advanceTimersByTime(750);
    socket().open();
    vi.advanceTimersByTime(2_000);
    const asked = socket().sent.map(({ payload }) => JSON.stringify(payload));
    expect(new Set(asked).size).toBe(60);
    expect(asked).toHaveLength(60);
  });

  it('does not subscribe to what was given up before the socket opened', () => {
    client.subscribe('orders', account, listener().listens)();
    socket().open();
    expect(socket().sent).toEqual([]);
  });
});

describe('gaps', () => {
  it('resumes when an update does not follow the last one', () => {
    const { heard } = liveOrders();
    socket().update('orders', ORDERS, 'later', 12, 11);
    expect(heard.updates).toEqual([]);
    expect(socket().sentOf('orders.subscribe').at(-1)?.options).toEqual({
      recover: { epoch: 'e1', offset: 7 },
    });
    socket().update('orders', ORDERS, 'while resuming', 13, 12);
    socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7, recovered: true });
    socket().update('orders', ORDERS, 'missed', 11, 7);
    socket().update('orders', ORDERS, 'later', 12, 11);
    expect(heard).toEqual({ snapshots: [['a', 'b']], updates: ['missed', 'later'], refusals: [] });
  });

  it('drops what it has seen already', () => {
    const { heard } = liveOrders();
    socket().update('orders', ORDERS, 'c', 8, 7);
    socket().update('orders', ORDERS, 'c', 8, 7);
    expect(heard.updates).toEqual(['c']);
    expect(socket().sentOf('orders.subscribe')).toHaveLength(1);
  });

  it('notices by the heartbeat that it is behind', () => {
    liveOrders();
    socket().say({ type: 'ping', payload: { serverTime: 1, offsets: { [ORDERS]: 7, unknown: 99 } } });
    expect(socket().sentOf('orders.subscribe')).toHaveLength(1);
    socket().say({ type: 'ping', payload: { serverTime: 2, offsets: { [ORDERS]: 8 } } });
    expect(socket().sentOf('orders.subscribe')).toHaveLength(2);
  });

  it('survives frames that are not of the protocol', () => {
    const { heard } = liveOrders();
    socket().onmessage?.(new MessageEvent('message', { data: 'not json' }));
    socket().onmessage?.(new MessageEvent('message', { data: new ArrayBuffer(1) }));
    socket().say([]);
    socket().say({ type: 'orders.update', payload: null });
    socket().update('orders', ORDERS, 'c', 8, 7);
    expect(heard.updates).toEqual(['c']);
  });
});

describe('a lost connection', () => {
  it('returns after the jittered delay and resumes where it was', () => {
    const { heard } = liveOrders();
    socket().lose(1006);
    expect(client.state()).toMatchObject({ kind: 'reconnecting', attempt: 1 });
    vi.advanceTimersByTime(749);
    expect(FakeSocket.opened).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.opened).toHaveLength(2);
    socket().open();
    expect(client.state()).toEqual({ kind: 'live' });
    expect(socket().sent).toMatchObject([{ options: { recover: { epoch: 'e1', offset: 7 } } }]);
    socket().confirm('orders', { topic: ORDERS, epoch: 'e1', offset: 7, recovered: true });
    socket().update('orders', ORDERS, 'missed', 9, 7);
    expect(heard).toEqual({ snapshots: [['a', 'b']], updates: ['missed'], refusals: [] });
  });

  it('takes the snapshot where a recovery is not possible', () => {
    const { heard } = liveOrders();
    socket().lose(1001);
    vi.advanceTimersByTime(1_000);
    socket().open();
    socket().confirm('orders', {
      topic: ORDERS,
      epoch: 'e2',
      offset: 2,
      recovered: false,
      snapshot: ['new'],
    });
    socket().update('orders', ORDERS, 'next', 3, 2);
    expect(heard).toEqual({ snapshots: [['a', 'b'], ['new']], updates: ['next'], refusals: [] });
  });

  it('tries without end, with growing delays, and keeps since when it is lost', () => {
    liveOrders();
    const lostAt = Date.now();
    socket().lose(1006);
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      vi.advanceTimersByTime(30_000);
      expect(FakeSocket.opened).toHaveLength(attempt + 1);
      socket().lose(1006);
    }
    expect(client.state()).toMatchObject({ kind: 'reconnecting', since: lostAt, attempt: 21 });
    vi.advanceTimersByTime(15_000);
    expect(FakeSocket.opened).toHaveLength(21);
    vi.advanceTimersByTime(250);
    expect(FakeSocket.opened).toHaveLength(22);
  });

  it('starts with the shortest delay again once a frame has come', () => {
    liveOrders();
    for (const delay of [750, 1_250]) {
      socket().lose(1006);
      vi.advanceTimersByTime(delay);
    }
    socket().open();
    socket().say({ type: 'ping', payload: {} });
    socket().lose(1006);
    vi.advanceTimersByTime(750);
    expect(FakeSocket.opened).toHaveLength(4);
  });

  it('ignores what a superseded socket still says', () => {
    const { heard } = liveOrders();
    const old = socket();
    old.lose(1006);
    vi.advanceTimersByTime(750);
    socket().open();
    old.update('orders', ORDERS, 'ghost', 8, 7);
    old.lose(4501, 'too late');
    expect(client.state()).toEqual({ kind: 'live' });
    expect(heard.updates).toEqual([]);
  });

  it('tries at once when told that the network is back', () => {
    liveOrders();
    socket().lose(1006);
    client.retryNow();
    expect(FakeSocket.opened).toHaveLength(2);
    client.retryNow();
    vi.advanceTimersByTime(5_000);
    expect(FakeSocket.opened).toHaveLength(2);
  });

  it('ends for good on a final close code', () => {
    liveOrders();
    socket().lose(4503, 'not allowed');
    expect(client.state()).toEqual({ kind: 'closed', code: 4503, reason: 'not allowed' });
    client.subscribe('quotes', { symbol: 'SPY' }, listener().listens);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.opened).toHaveLength(1);
  });

  it('comes back from a close code that asks to try again', () => {
    liveOrders();
    socket().lose(4408, 'too slow');
    vi.advanceTimersByTime(750);
    expect(FakeSocket.opened).toHaveLength(2);
  });
});

describe('heartbeats', () => {
  it('answers a ping with its payload', () => {
    liveOrders();
    socket().say({ type: 'ping', payload: { serverTime: 5, offsets: {} } });
    expect(socket().sentOf('pong')).toEqual([{ type: 'pong', payload: { serverTime: 5, offsets: {} } }]);
  });

  it('pings when it has sent nothing for 25 s', () => {
    liveOrders();
    vi.advanceTimersByTime(20_000);
    socket().update('orders', ORDERS, 'c', 8, 7);
    expect(socket().sentOf('ping')).toHaveLength(0);
    vi.advanceTimersByTime(5_000);
    expect(socket().sentOf('ping')).toHaveLength(1);
  });

  it('pings by what it hears where the timers of the page sleep', () => {
    liveOrders();
    vi.setSystemTime(Date.now() + 26_000);
    socket().update('orders', ORDERS, 'c', 8, 7);
    expect(socket().sentOf('ping')).toHaveLength(1);
  });

  it('takes 30 s of silence for a dead connection, also while opening', () => {
    liveOrders();
    vi.advanceTimersByTime(29_000);
    expect(client.state().kind).toBe('live');
    vi.advanceTimersByTime(1_000);
    expect(client.state()).toMatchObject({ kind: 'reconnecting' });
    expect(socket(0).readyState).toBe(3);
    vi.advanceTimersByTime(750 + 30_000);
    expect(client.state()).toMatchObject({ attempt: 2 });
  });

  it('waits for an answer while others come', () => {
    client.subscribe('orders', account, listener().listens);
    client.subscribe('quotes', { symbol: 'SPY' }, listener().listens);
    socket().open();
    vi.advanceTimersByTime(6_000);
    socket().confirm('quotes', { topic: QUOTES });
    vi.advanceTimersByTime(9_000);
    expect(client.state().kind).toBe('live');
    vi.advanceTimersByTime(1_000);
    expect(client.state().kind).toBe('reconnecting');
  });

  it('takes a subscription without an answer for a dead connection', () => {
    client.subscribe('orders', account, listener().listens);
    socket().open();
    vi.advanceTimersByTime(5_000);
    socket().say({ type: 'ping', payload: {} });
    vi.advanceTimersByTime(5_000);
    expect(client.state()).toMatchObject({ kind: 'reconnecting' });
  });
});

it('tells of each state, until it is told to stop', () => {
  const states: string[] = [];
  const stop = client.onState((state) => states.push(state.kind));
  liveOrders();
  socket().lose(1006);
  stop();
  vi.advanceTimersByTime(750);
  socket().open();
  expect(states).toEqual(['connecting', 'live', 'reconnecting']);
});
