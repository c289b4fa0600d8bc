/** How often newest values are wanted, and what is asked for listeners who differ. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fakeSocket';
import type { StreamListener } from '@/trading/gateways';
import { streamOf, type ModuleStreams } from './wsAdapter';
import { WsClientBase } from './wsClientBase';

const QUOTES = 'quotes:{"symbol":"SPY"}';
const request = { symbol: 'SPY' };

let client: WsClientBase;

function socket(): FakeSocket {
  const newest = FakeSocket.opened.at(-1);
  if (newest === undefined) throw new Error('there is no socket');
  return newest;
}

const asked = (): unknown[] =>
  socket()
    .sentOf('quotes.subscribe')
    .map(({ options }) => options);
const confirm = (value = 1): void => socket().confirm('quotes', { topic: QUOTES, snapshot: [value] });

function listen(maxRateHz?: number) {
  const heard: unknown[] = [];
  const listener: StreamListener<unknown> = {
    snapshot: (items) => heard.push(items),
    update: (item) => heard.push(item),
  };
  return { heard, stop: client.subscribe('quotes', request, listener, { maxRateHz }) };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened.length = 0;
  client = new WsClientBase({
    url: 'ws://test/ws',
    createSocket: (url) => new FakeSocket(url),
    random: () => 0,
  });
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
});

it('the rate is asked for on every connection', () => {
  listen(5);
  for (let n = 0; n < 3; n += 1) {
    socket().open();
    confirm();
    expect(asked()).toEqual([{ maxRateHz: 5 }]);
    socket().lose(1006);
    vi.advanceTimersByTime(500);
  }
});

it('no rate is asked for where none is wanted', () => {
  listen();
  socket().open();
  expect(asked()).toEqual([undefined]);
});

it.each([
  [5, 2, { maxRateHz: 5 }],
  [2, 5, { maxRateHz: 5 }],
  [5, undefined, undefined],
  [undefined, 5, undefined],
])('listeners who want %s and %s share what the highest need asks for', (first, second, options) => {
  const listeners = [listen(first), listen(second)];
  socket().open();
  confirm();
  socket().update('quotes', QUOTES, 2);
  expect(asked()).toEqual([options]);
  expect(listeners.map(({ heard }) => heard)).toEqual([
    [[1], 2],
    [[1], 2],
  ]);
});

it('a late listener raises the rate only if it needs more', () => {
  listen(5);
  socket().open();
  confirm();
  listen(2);
  expect(asked()).toEqual([{ maxRateHz: 5 }]);
  const eager = listen(9);
  expect(eager.heard).toEqual([[1]]);
  confirm(2);
  socket().update('quotes', QUOTES, 3);
  expect(asked()).toEqual([{ maxRateHz: 5 }, { maxRateHz: 9 }]);
  expect(eager.heard).toEqual([[1], [2], 3]);
});

it('the rate falls when the highest need has gone, also while an answer is awaited', () => {
  const eager = listen();
  listen(5);
  const quick = listen(50);
  socket().open();
  eager.stop();
  expect(asked()).toEqual([undefined]);
  confirm();
  expect(asked()).toEqual([undefined, { maxRateHz: 50 }]);
  confirm();
  quick.stop();
  expect(asked()).toEqual([undefined, { maxRateHz: 50 }, { maxRateHz: 5 }]);
  expect(socket().sentOf('quotes.unsubscribe')).toEqual([]);
});

it('only newest values can be had at a rate', () => {
  interface TestRoutes {
    quotes: { request: { symbol: string }; data: { n: number }; delivery: 'latest' };
    orders: { request: { symbol: string }; data: { n: number }; delivery: 'journal' };
  }
  const streams: ModuleStreams<TestRoutes> = {
    socket: client,
    routes: {
      quotes: { delivery: 'latest', shape: { fields: { n: 'number' } } },
      orders: { delivery: 'journal', shape: { fields: { n: 'number' } } },
    },
  };
  const listener: StreamListener<number> = { snapshot: vi.fn(), update: vi.fn() };
  streamOf(streams, 'quotes', request, ({ n }) => n, listener, { maxRateHz: 5 });
  socket().open();
  expect(asked()).toEqual([{ maxRateHz: 5 }]);
  const wrong = (): unknown =>
    // @ts-expect-error every event of a journal is delivered
    streamOf(streams, 'orders', request, ({ n }) => n, listener, { maxRateHz: 5 });
  expect(wrong).toBeTypeOf('function');
});
