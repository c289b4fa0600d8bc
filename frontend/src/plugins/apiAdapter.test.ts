import { describe, expect, it, vi } from 'vitest';
import { ApiError, NoAnswerError } from '@/trading/apiError';
import { createDatafeedGateway } from './datafeedAdapter';
import { createBrokerGateway } from './brokerAdapter';
import { WsClientBase } from './wsClientBase';
import { OrderType, Side } from '@/trading/constants';

const socket = new WsClientBase({ url: 'ws://test/ws' });

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

function answering(response: Response | Promise<never>) {
  const requests: Request[] = [];
  const options = {
    baseUrl: 'http://test/api/v1',
    fetch: (request: Request) => {
      requests.push(request);
      return Promise.resolve(response);
    },
  };
  return {
    requests,
    datafeed: createDatafeedGateway(options, socket),
    broker: createBrokerGateway(options, socket),
  };
}

const refusal = {
  type: 'urn:trading-pro:quantity-step',
  title: 'Quantity step',
  status: 422,
  detail: 'qty=10.5 must be a multiple of step=1.',
  code: 'quantity-step',
  requestId: 'r-1',
  retryable: false,
  fields: [
    { field: 'qty', message: 'qty=10.5 must be a multiple of step=1', code: 'quantity-step', value: 10.5 },
  ],
};
const order = { symbol: 'SPY', type: OrderType.Limit, side: Side.Buy, qty: 10.5, limitPrice: 1 } as const;

it('makes a problem an ApiError with everything that the screen needs', async () => {
  const { broker } = answering(json(refusal, 422, { 'Content-Type': 'application/problem+json' }));
  const error = await broker.placeOrder('DEMO', order).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: 'quantity-step',
    detail: refusal.detail,
    message: refusal.detail,
    status: 422,
    retryable: false,
    requestId: 'r-1',
    fields: [{ field: 'qty', message: refusal.fields[0]?.message, code: 'quantity-step' }],
  });
});

it('takes a problem of the server itself for an answer: nothing was done, try again', async () => {
  const unavailable = {
    ...refusal,
    status: 503,
    code: 'storage-unavailable',
    retryable: true,
    fields: undefined,
  };
  const { broker } = answering(json(unavailable, 503));
  await expect(broker.orders('DEMO')).rejects.toMatchObject({
    name: 'ApiError',
    code: 'storage-unavailable',
    retryable: true,
    fields: [],
  });
});

it('names an answer of the 400s that is no problem by its status', async () => {
  const { datafeed } = answering(new Response('nope', { status: 404, headers: { 'X-Request-Id': 'r-2' } }));
  await expect(datafeed.time()).rejects.toMatchObject({ code: 'http-404', status: 404, requestId: 'r-2' });
});

it.each([
  ['a gateway without its server', new Response('<html>Bad gateway</html>', { status: 502 })],
  ['a page in place of an answer', new Response('', { status: 200, headers: { 'Content-Length': '0' } })],
])('does not guess the outcome behind %s', async (_, response) => {
  const { broker } = answering(response);
  await expect(broker.placeOrder('DEMO', order)).rejects.toBeInstanceOf(NoAnswerError);
});

it('does not guess the outcome of a request that failed on its way', async () => {
  const { broker } = answering(Promise.reject(new TypeError('Failed to fetch')));
  await expect(broker.placeOrder('DEMO', order)).rejects.toBeInstanceOf(NoAnswerError);
});

it('gives up a request that takes too long, with its outcome unknown', async () => {
  const hanging = (request: Request) =>
    new Promise<Response>((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  const gateway = createDatafeedGateway({ baseUrl: 'http://test', fetch: hanging, timeoutMs: 5 }, socket);
  await expect(gateway.time()).rejects.toBeInstanceOf(NoAnswerError);
});

describe('an answer that is not of the contract', () => {
  const page = new Response('<!doctype html><title>Router</title>', {
    headers: { 'Content-Type': 'text/html' },
  });

  it.each([
    ['a page of another server', page, 'it is no JSON'],
    ['nothing', new Response('', { headers: { 'Content-Length': '0' } }), 'it is missing'],
    ['another value', json({ orders: [] }), 'it is not a list'],
    ['a part of the value', json([{ id: 'O1' }]), '[0].createTime is missing'],
  ])('is a refusal that says so: %s', async (_, response, what) => {
    const { broker } = answering(response);
    const error = await broker.orders('DEMO').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'answer-invalid', status: 200, retryable: false });
    expect(String(error)).toContain(`The answer is not of the contract: ${what}. Reload the page`);
  });

  it('leaves the outcome of a command open', async () => {
    const { broker } = answering(json({ orderId: 'O1' }, 201));
    await expect(broker.placeOrder('DEMO', order)).rejects.toMatchObject({
      name: 'NoAnswerError',
      reason: 'order is missing',
    });
  });
});

it('takes answers of a newer server, and leaves out what it does not know', async () => {
  const bars = [{ time: 1, open: 1, high: 2, low: 1, close: 2, trades: 7 }];
  const { datafeed } = answering(json({ bars, noData: false, source: 'archive' }));
  const known = { time: 1, open: 1, high: 2, low: 1, close: 2 };
  expect(await datafeed.bars({ symbol: 'A', resolution: '1', from: 1, to: 2, countBack: 1 })).toEqual({
    bars: [known],
    meta: { noData: false },
  });
});

it.each(['api-version-unknown', 'api-version-sunset'])(
  '%s says that the page is to be reloaded',
  async (code) => {
    const gone = { ...refusal, status: 410, code, detail: 'Version v1 has ended.', fields: undefined };
    const { datafeed } = answering(json(gone, 410));
    await expect(datafeed.time()).rejects.toMatchObject({
      code,
      message: 'Version v1 has ended. This page is out of date: reload it.',
      isPageOutdated: true,
    });
  },
);

it('subscribes to no bars that the contract does not have', () => {
  const refused = vi.fn();
  answering(json(1)).datafeed.streamBars('SPY', '7H', { snapshot: vi.fn(), update: vi.fn(), refused })();
  expect(refused).toHaveBeenCalledExactlyOnceWith(
    'resolution-unsupported',
    'There are no bars of resolution "7H".',
  );
  expect(socket.state().kind).toBe('idle');
});

it('asks in the words of the contract', async () => {
  const { datafeed, requests } = answering(json({ bars: [], noData: true }));
  await datafeed.bars({ symbol: 'A/B', resolution: '1D', from: 1, to: 2, countBack: 3 });
  const url = new URL(requests[0]?.url ?? '');
  expect(url.pathname).toBe('/api/v1/datafeed/bars');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    symbol: 'A/B',
    resolution: '1D',
    from_time: '1',
    to_time: '2',
    count_back: '3',
  });
});

it('sends an order as the contract has it', async () => {
  const { broker, requests } = answering(json(refusal, 422));
  await broker
    .placeOrder('DEMO', { ...order, isClose: true, duration: { type: 'day' }, clientOrderId: 'c-1' })
    .catch(vi.fn());
  expect(requests[0]?.url).toBe('http://test/api/v1/broker/orders?accountId=DEMO');
  expect(await requests[0]?.json()).toEqual({
    symbol: 'SPY',
    type: 'limit',
    side: 'buy',
    qty: 10.5,
    limitPrice: 1,
    duration: { type: 'day' },
    clientOrderId: 'c-1',
    isClose: true,
  });
});
