/** Keeps the market store current: configuration, the feed's state, the replay's clock, the watched quotes. */
import { watch } from 'vue';

import type { useMarket } from '@/stores/market';
import { useAccount } from '@/stores/account';
import type { useNotifications } from '@/stores/notifications';
import { useWorkspace } from '@/stores/workspace';
import { ApiError, reasonOf } from '@/trading/apiError';
import type { DatafeedApi, FeedState, ReplayChange } from '@/trading/datafeed';
import type { DatafeedGateway } from '@/trading/gateways';

const REPLAY_EVERY_MS = 1000;
const STATE_EVERY_MS = 5000;
const LISTENER = 'terminal';
const QUIET: ReadonlySet<string> = new Set(['closed', 'waiting']);

type MarketGateway = Pick<DatafeedGateway, 'state' | 'streamState' | 'replay' | 'changeReplay'>;

/** Starts it all; the result changes the replay. */
export function watchMarket(
  datafeed: DatafeedApi,
  gateway: MarketGateway,
  market: ReturnType<typeof useMarket>,
  notify: ReturnType<typeof useNotifications>['notify'],
): (change: ReplayChange) => Promise<void> {
  const workspace = useWorkspace();
  const account = useAccount();

  async function askState(): Promise<void> {
    try {
      const feed = await gateway.state();
      if (feed.problem !== undefined && feed.problem !== market.feed?.problem) {
        notify('error', 'No more market data', feed.problem);
      }
      market.feed = feed;
      if (market.watchlist === undefined) beginWatchlist(feed);
      if (feed.kind === 'replayed' && market.replay === null) void askReplay();
    } catch (error) {
      // Of an unreachable server the connection's state in the header tells, but not of one that has moved on.
      if (error instanceof ApiError && error.isPageOutdated) {
        notify('error', 'Reload this page', error.message);
        return;
      }
    }
    setTimeout(() => void askState(), STATE_EVERY_MS);
  }

  /** What is streamed is of the followed symbols alone; of the others the last answer stands. */
  function applyState(streamed: FeedState): void {
    if (market.feed === undefined) return;
    const told = new Set(streamed.symbols.map(({ symbol }) => symbol));
    const others = market.feed.symbols.filter(({ symbol }) => !told.has(symbol));
    market.feed = { ...streamed, symbols: [...others, ...streamed.symbols] };
  }

  /** The first visit to a market watches all that it has, and shows the first symbol that trades now. */
  function beginWatchlist({ symbols }: FeedState): void {
    datafeed.searchSymbols('', '', '', (found) => {
      if (found.length === 0) return;
      const tickers = found.map(({ ticker }) => ticker);
      const quiet = new Set(symbols.filter(({ status }) => QUIET.has(status)).map(({ symbol }) => symbol));
      workspace.show(tickers.find((ticker) => !quiet.has(ticker)) ?? tickers[0] ?? '');
      market.setWatchlist(tickers);
    });
  }

  async function askReplay(): Promise<void> {
    try {
      market.replay = await gateway.replay();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'replay-unavailable') return;
    }
    setTimeout(() => void askReplay(), REPLAY_EVERY_MS);
  }

  async function changeReplay(change: ReplayChange): Promise<void> {
    try {
      market.replay = await gateway.changeReplay(change);
    } catch (error) {
      notify('error', 'The replay is unchanged', reasonOf(error));
    }
  }

  datafeed.onReady((configuration) => (market.configuration = configuration));
  void askState();
  gateway.streamState({
    snapshot: (states) => states.forEach(applyState),
    update: applyState,
  });

  watch(
    () => {
      const held = account.open.map(({ symbol }) => symbol);
      const shown = workspace.symbol === null ? [] : [workspace.symbol];
      return [...new Set([...(market.watchlist ?? []), ...shown, ...held])].sort().join();
    },
    (symbols) => {
      if (symbols === '') datafeed.unsubscribeQuotes(LISTENER);
      else datafeed.subscribeQuotes([], symbols.split(','), market.applyQuotes, LISTENER);
    },
    { immediate: true },
  );

  return changeReplay;
}
