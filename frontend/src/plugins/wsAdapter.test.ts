import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fakeSocket';
import { openSocket, reconnectTogether, socketUrl, streamOf, type ModuleStreams } from './wsAdapter';
import { WsClientBase } from './wsClientBase';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  FakeSocket.opened.length = 0;
});

describe('the address of a socket', () => {
  it.each([
    ['http://127.0.0.1:8000/status', 'ws://127.0.0.1:8000/api/v1/broker/ws'],
    ['https://desk.example/', 'wss://desk.example/api/v1/broker/ws'],
  ])('of a page at %s is %s', (page, url) => {
    expect(socketUrl('/api/v1', 'broker', page)).toBe(url);
  });
});

it('a socket reconnects as soon as the network is back', () => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  const client = openSocket('/api/v1', 'broker');
  client.subscribe('orders', { accountId: 'DEMO' }, { snapshot: vi.fn(), update: vi.fn() });
  FakeSocket.opened[0]?.lose(1006);
  expect(FakeSocket.opened).toHaveLength(1);
  window.dispatchEvent(new Event('online'));
  expect(FakeSocket.opened).toHaveLength(2);
  client.close();
});

it('sockets of one server come back together', () => {
  vi.useFakeTimers();
  const clients = [0, 0.99].map((random) => {
    const url = `ws://test/${String(random)}`;
    return new WsClientBase({ url, createSocket: () => new FakeSocket(url), random: () => random });
  });
  reconnectTogether(...clients);
  for (const client of clients) client.subscribe('x', {}, { snapshot: vi.fn(), update: vi.fn() });
  for (const socket of [...FakeSocket.opened]) socket.lose(1006);
  vi.advanceTimersByTime(600);
  expect(FakeSocket.opened.slice(2).map(({ url }) => url)).toEqual(['ws://test/0']);
  FakeSocket.opened[2]?.open();
  expect(FakeSocket.opened.slice(2).map(({ url }) => url)).toEqual(['ws://test/0', 'ws://test/0.99']);
  clients.forEach((client) => client.close());
});

interface TestRoutes {
  plain: { request: { symbol?: string }; data: { n: number }; delivery: 'latest' };
  other: { request: { accountId: string }; data: { n: string }; delivery: 'journal' };
}

describe('a stream', () => {
  const write = ({ n }: { n: number }): string => `n${String(n)}`;
  const heard: unknown[] = [];
  const listener = {
    snapshot: (items: string[]) => heard.push(items),
    update: (item: string) => heard.push(item),
    refused: (code: string, message: string) => heard.push([code, message]),
  };
  let streams: ModuleStreams<TestRoutes>;

  beforeEach(() => {
    heard.length = 0;
    const socket = new WsClientBase({ url: 'ws://test/ws', createSocket: (url) => new FakeSocket(url) });
    streams = {
      socket,
      routes: {
        plain: { delivery: 'latest', shape: { fields: { n: 'number' } } },
        other: { delivery: 'journal', shape: { fields: { n: 'string' } } },
      },
    };
  });

  afterEach(() => streams.socket.close());

  function subscribed(): FakeSocket {
    streamOf(streams, 'plain', {}, write, listener);
    const socket = FakeSocket.opened[0];
    if (socket === undefined) throw new Error('no socket was opened');
    socket.open();
    return socket;
  }

  it('maps what arrives', () => {
    const socket = subscribed();
    socket.confirm('plain', { topic: 'plain:{}', snapshot: [{ n: 1 }, { n: 2, later: 'field' }] });
    socket.update('plain', 'plain:{}', { n: 3 });
    expect(heard).toEqual([['n1', 'n2'], 'n3']);
  });

  it('passes refusals on', () => {
    const refusal = { status: 'error', code: 'no', message: 'Not here.', topic: 'plain:{}' };
    subscribed().confirm('plain', refusal);
    expect(heard).toEqual([['no', 'Not here.']]);
  });

  it('says once that data is not of the contract, and passes on what is', () => {
    const socket = subscribed();
    socket.confirm('plain', { topic: 'plain:{}', snapshot: [{ n: 1 }, {}] });
    socket.update('plain', 'plain:{}', { n: 'two' });
    socket.update('plain', 'plain:{}', { n: 3 });
    socket.update('plain', 'plain:{}', null);
    expect(heard).toEqual([
      [
        'answer-invalid',
        'Data of the stream "plain" is not of the contract: [1].n is missing. Reload the page.',
      ],
      'n3',
      [
        'answer-invalid',
        'Data of the stream "plain" is not of the contract: it is not an object. Reload the page.',
      ],
    ]);
  });

  it('is known to the compiler by its route', () => {
    const wrong = [
      // @ts-expect-error there is no such route
      () => streamOf(streams, 'plane', {}, write, listener),
      // @ts-expect-error the request has no such field
      () => streamOf(streams, 'plain', { accountId: 'DEMO' }, write, listener),
      // @ts-expect-error the request lacks a field
      () => streamOf(streams, 'other', {}, ({ n }) => n, listener),
      // @ts-expect-error the mapper is of other data
      () => streamOf(streams, 'other', { accountId: 'DEMO' }, write, listener),
      // @ts-expect-error the listener is of another type
      () => streamOf(streams, 'plain', {}, ({ n }) => n, listener),
    ];
    expect(wrong).toHaveLength(5);
  });
});
