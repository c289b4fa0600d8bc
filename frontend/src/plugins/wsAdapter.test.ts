import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fakeSocket';
import { openSocket, reconnectTogether, socketUrl, streamOf } from './wsAdapter';
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

it('a stream maps what arrives, and passes refusals on', () => {
  const client = new WsClientBase({ url: 'ws://test/ws', createSocket: (url) => new FakeSocket(url) });
  const heard: unknown[] = [];
  const listener = {
    snapshot: (items: string[]) => heard.push(items),
    update: (item: string) => heard.push(item),
    refused: (code: string, message: string) => heard.push([code, message]),
  };
  streamOf(client, 'x', {}, (wire: number) => `n${String(wire)}`, listener);
  const [socket] = FakeSocket.opened;
  socket?.open();
  socket?.confirm('x', { topic: 'x:{}', snapshot: [1, 2] });
  socket?.update('x', 'x:{}', 3);
  client.close();
  streamOf(client, 'x', {}, (wire: number) => `n${String(wire)}`, listener);
  FakeSocket.opened[1]?.open();
  FakeSocket.opened[1]?.confirm('x', { status: 'error', code: 'no', message: 'Not here.', topic: 'x:{}' });
  client.close();
  expect(heard).toEqual([['n1', 'n2'], 'n3', ['no', 'Not here.']]);
});
