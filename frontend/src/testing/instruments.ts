/** Instruments for tests, one of each price format. */
import type { InstrumentRules, LibrarySymbolInfo } from '@/trading/datafeed';

type Overrides = Partial<Omit<LibrarySymbolInfo, 'library_custom_fields'>> & {
  trading?: Partial<InstrumentRules>;
};

export function instrument({ trading, ...rest }: Overrides = {}): LibrarySymbolInfo {
  return {
    name: 'ALFA',
    ticker: 'ALFA',
    description: 'A stock',
    type: 'stock',
    session: '24x7',
    exchange: 'SIM',
    listed_exchange: 'SIM',
    timezone: 'America/New_York',
    format: 'price',
    pricescale: 100,
    minmov: 1,
    has_intraday: true,
    has_daily: true,
    supported_resolutions: ['1', '1D'],
    visible_plots_set: 'ohlcv',
    volume_precision: 0,
    currency_code: 'USD',
    ...rest,
    library_custom_fields: {
      dataKind: 'simulated',
      trading: {
        tradable: true,
        qty: { min: 1, max: 10_000, step: 1, default: 100 },
        tickSize: 0.01,
        pipSize: 0.01,
        pointValue: 1,
        marginRate: 1,
        currency: 'USD',
        ...trading,
      },
    },
  };
}

export const stock = instrument();

/** A recorded fund whose contracts are worth 50 a point. */
export function aSymbol(changes: Overrides = {}): LibrarySymbolInfo {
  return instrument({
    name: 'SPY',
    ticker: 'SPY',
    type: 'fund',
    session: '0930-1600',
    exchange: 'NYSE',
    listed_exchange: 'NYSE',
    trading: { qty: { min: 1, max: 1_000, step: 1, default: 100 }, pointValue: 50 },
    ...changes,
  });
}

export const bond = instrument({
  name: 'BOND',
  ticker: 'BOND',
  type: 'bond',
  pricescale: 32,
  fractional: true,
  trading: { tickSize: 1 / 32, pipSize: 1 / 32 },
});

export const forex = instrument({
  name: 'EURUSD',
  ticker: 'EURUSD',
  type: 'forex',
  pricescale: 100_000,
  minmove2: 10,
  visible_plots_set: 'ohlc',
  trading: {
    tickSize: 0.00001,
    pipSize: 0.0001,
    qty: { min: 1000, max: 1_000_000, step: 1000, default: 1000 },
  },
});
