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
  const { gateway } = fakeDatafeed();
  const notify = vi.fn();
  const start = () => watchMarket(new DatafeedService(gateway), gateway, useMarket(), notify);
  return { gateway, notify, start };
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
