/** The market as the datafeed pushes it: instruments, quotes, the watchlist, where the data comes from. */
import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef, type ShallowRef } from 'vue';

import type {
  DatafeedConfiguration,
  DatafeedQuoteValues,
  DataKind,
  FeedState,
  LibrarySymbolInfo,
  QuoteData,
  ReplayState,
} from '@/trading/datafeed';
import { oncePerFrame } from '@/ui/oncePerFrame';
import { isText, remembered } from '@/ui/remembered';

/** The last quote of a symbol; `refused` if the datafeed does not know the symbol. */
export interface QuoteView {
  values: DatafeedQuoteValues;
  refused: boolean;
}

type Lists = Record<string, string[]>;

function isLists(value: unknown): value is Lists {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((list) => Array.isArray(list) && list.every(isText))
  );
}

export const useMarket = defineStore('market', () => {
  const configuration = shallowRef<DatafeedConfiguration>();
  const feed = shallowRef<FeedState>();
  const replay = shallowRef<ReplayState | null>(null);
  const instruments = shallowReactive(new Map<string, LibrarySymbolInfo>());
  const quotes = new Map<string, ShallowRef<QuoteView | undefined>>();
  // One list for each kind of market: the symbols of one mean nothing in the other.
  const lists = remembered<Lists>('watchlists', {}, isLists);
  const kind = computed<DataKind | undefined>(() => feed.value?.kind);
  const watchlist = computed<readonly string[] | undefined>(() =>
    kind.value === undefined ? undefined : lists.value[kind.value],
  );

  function setWatchlist(symbols: readonly string[]): void {
    if (kind.value !== undefined) lists.value = { ...lists.value, [kind.value]: [...symbols] };
  }

  function watchSymbol(ticker: string): void {
    const list = watchlist.value ?? [];
    if (!list.includes(ticker)) setWatchlist([...list, ticker]);
  }

  function unwatchSymbol(ticker: string): void {
    setWatchlist((watchlist.value ?? []).filter((other) => other !== ticker));
  }

  function quoteOf(ticker: string): ShallowRef<QuoteView | undefined> {
    let quote = quotes.get(ticker);
    if (quote === undefined) {
      quote = shallowRef<QuoteView>();
      quotes.set(ticker, quote);
    }
    return quote;
  }

  const waiting = new Map<string, QuoteData>();
  const paint = oncePerFrame(() => {
    for (const { s, n, v } of waiting.values()) quoteOf(n).value = { values: v, refused: s === 'error' };
    waiting.clear();
  });

  function applyQuotes(updates: readonly QuoteData[]): void {
    for (const update of updates) waiting.set(update.n, update);
    paint();
  }

  return {
    configuration,
    feed,
    replay,
    instruments,
    kind,
    watchlist,
    setWatchlist,
    watchSymbol,
    unwatchSymbol,
    quoteOf,
    applyQuotes,
  };
});
