import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { DatafeedService } from '@/services/datafeedService';
import { useMarket } from '@/stores/market';
import { fakeDatafeed } from '@/testing/fakeGateways';
import { usePinia } from '@/testing/mounting';
import { watchMarket } from '@/terminal/watchMarket';
import { ApiError, NoAnswerError } from '@/trading/apiError';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched() {
  usePinia();
  const { gateway, states } = fakeDatafeed();
  const notify = vi.fn();
  const start = () => watchMarket(new DatafeedService(gateway), gateway, useMarket(), notify);
  return { gateway, states, notify, start };
}

it('tells once to reload a page that the server has outgrown, and asks no more', async () => {
  const { gateway, notify, start } = watched();
  gateway.state.mockRejectedValue(new ApiError('api-version-sunset', 'Version v1 has ended.', 410));
  start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(notify).toHaveBeenCalledExactlyOnceWith(
    'error',
    'Reload this page',
    'Version v1 has ended. This page is out of date: reload it.',
  );
  expect(gateway.state).toHaveBeenCalledOnce();
});

it('goes on asking a server that does not answer, without a word', async () => {
  const { gateway, notify, start } = watched();
  gateway.state.mockRejectedValue(new NoAnswerError('connection refused'));
  start();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(gateway.state).toHaveBeenCalledTimes(3);
  expect(notify).not.toHaveBeenCalled();
});

it('shows at once what the feed says of a symbol, and keeps what it knows of the others', async () => {
  const { gateway, states, start } = watched();
  const symbols = [
    { symbol: 'SPY', status: 'live' },
    { symbol: 'IBM', status: 'idle' },
  ];
  states.snapshot({ kind: 'live', time: 1, symbols });
  gateway.search.mockResolvedValue([]);
  gateway.configuration.mockResolvedValue({
    supported_resolutions: [],
    exchanges: [],
    symbols_types: [],
    supports_time: true,
  });
  gateway.state.mockResolvedValue({ kind: 'live', time: 2, symbols });
  start();
  states.update({ kind: 'live', time: 2, symbols: [] });
  expect(useMarket().feed).toBeUndefined(); // the whole has not been answered yet
  await vi.advanceTimersByTimeAsync(100);
  states.update({ kind: 'live', time: 3, symbols: [{ symbol: 'SPY', status: 'stale' }] });
  expect(useMarket().feed?.symbols).toEqual([
    { symbol: 'IBM', status: 'idle' },
    { symbol: 'SPY', status: 'stale' },
  ]);
});
