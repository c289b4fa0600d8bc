/** The datafeed adapter of the charting industry's shape, over a gateway. Callbacks always come asynchronously. */
import { reasonOf } from '@/trading/apiError';
import type { Bar, DatafeedApi, LibrarySymbolInfo, QuoteData } from '@/trading/datafeed';
import type { DatafeedGateway, StreamListener, Unsubscribe } from '@/trading/gateways';

const DAY_SECONDS = 86_400;

export class DatafeedService implements DatafeedApi {
  private readonly barListeners = new Map<string, Unsubscribe>();
  private readonly quoteListeners = new Map<string, Unsubscribe>();
  private readonly resolved = new Map<string, Promise<LibrarySymbolInfo>>();

  constructor(
    private readonly gateway: DatafeedGateway,
    private readonly nowMs: () => number = Date.now,
  ) {}

  onReady: DatafeedApi['onReady'] = (callback) => {
    const nothing = { supported_resolutions: [], exchanges: [], symbols_types: [], supports_time: false };
    this.gateway.configuration().then(callback, () => callback(nothing));
  };

  searchSymbols: DatafeedApi['searchSymbols'] = (userInput, exchange, symbolType, onResult) => {
    this.gateway.search(userInput, exchange, symbolType).then(onResult, () => onResult([]));
  };

  resolveSymbol: DatafeedApi['resolveSymbol'] = (symbolName, onResolve, onError) => {
    this.info(symbolName).then(onResolve, (error: unknown) => onError(reasonOf(error)));
  };

  /** Facts of a symbol do not change while the terminal is open, so each is asked for once. */
  info(symbol: string): Promise<LibrarySymbolInfo> {
    const known = this.resolved.get(symbol);
    if (known !== undefined) return known;
    const asked = this.gateway.resolve(symbol);
    this.resolved.set(symbol, asked);
    asked.catch(() => this.resolved.delete(symbol));
    return asked;
  }

  /** For the first request `to` is the browser's guess; a day is added so that no clock hides the newest bars. */
  getBars: DatafeedApi['getBars'] = (symbolInfo, resolution, period, onResult, onError) => {
    const { from, to, countBack, firstDataRequest } = period;
    const end = firstDataRequest ? Math.max(to, Math.ceil(this.nowMs() / 1000) + DAY_SECONDS) : to;
    this.gateway
      .bars({
        symbol: symbolInfo.ticker,
        resolution,
        from: Math.min(from, end),
        to: end,
        countBack,
        adjustment: symbolInfo.library_custom_fields.adjustment,
      })
      .then(
        ({ bars, meta }) => onResult(bars, meta),
        (error: unknown) => onError(reasonOf(error)),
      );
  };

  /** After a lost connection whole bars may be missing between the last one seen and the new snapshot. */
  subscribeBars: DatafeedApi['subscribeBars'] = (
    symbolInfo,
    resolution,
    onTick,
    guid,
    onResetCacheNeeded,
  ) => {
    this.unsubscribeBars(guid);
    let last: number | undefined;
    const tick = (bar: Bar): void => {
      if (last !== undefined && bar.time < last) return;
      last = bar.time;
      onTick(bar);
    };
    const listener: StreamListener<Bar> = {
      snapshot(bars) {
        const newest = bars.at(-1);
        if (newest === undefined) return;
        if (last !== undefined && newest.time !== last) onResetCacheNeeded();
        tick(newest);
      },
      update: tick,
    };
    const { adjustment } = symbolInfo.library_custom_fields;
    const stop = this.gateway.streamBars(symbolInfo.ticker, resolution, listener, adjustment);
    this.barListeners.set(guid, stop);
  };

  unsubscribeBars: DatafeedApi['unsubscribeBars'] = (guid) => {
    this.barListeners.get(guid)?.();
    this.barListeners.delete(guid);
  };

  getQuotes: DatafeedApi['getQuotes'] = (symbols, onData, onError) => {
    this.gateway.quotes(symbols).then(onData, (error: unknown) => onError(reasonOf(error)));
  };

  /**
   * Quotes are pushed as they change, so slow and fast symbols are served alike. What was already subscribed
   * for `guid` and is in its new list stays subscribed throughout.
   */
  subscribeQuotes: DatafeedApi['subscribeQuotes'] = (symbols, fastSymbols, onRealtime, guid) => {
    const before = this.quoteListeners.get(guid);
    const one = (quote: QuoteData): void => onRealtime([quote]);
    const stops = [...new Set([...symbols, ...fastSymbols])].map((symbol) =>
      this.gateway.streamQuotes(symbol, {
        snapshot: (quotes) => quotes.forEach(one),
        update: one,
        refused: () => one({ s: 'error', n: symbol, v: {} }),
      }),
    );
    this.quoteListeners.set(guid, () => stops.forEach((stop) => stop()));
    before?.();
  };

  unsubscribeQuotes: DatafeedApi['unsubscribeQuotes'] = (guid) => {
    this.quoteListeners.get(guid)?.();
    this.quoteListeners.delete(guid);
  };

  /** A failure is silent: the countdown that wants the time goes on with the old one. */
  getServerTime: DatafeedApi['getServerTime'] = (callback) => {
    this.gateway.time().then(callback, () => undefined);
  };
}
