// Made from the AsyncAPI file of the module "datafeed" by "npm run generate"; never edited.

import type {
  Bar,
  BarsSubscriptionRequest,
  DepthSubscriptionRequest,
  DepthUpdate,
  FeedStatus,
  FeedStatusSubscriptionRequest,
  MarketTick,
  QuoteData,
  QuotesSubscriptionRequest,
  TicksSubscriptionRequest,
  TradeData,
  TradesSubscriptionRequest,
} from './messages';
import * as shapes from './shapes';

export type * from './messages';

/** What each stream of the module "datafeed" is asked with, and what it brings. */
export interface DatafeedRoutes {
  bars: { request: BarsSubscriptionRequest; data: Bar; delivery: 'latest' };
  depth: { request: DepthSubscriptionRequest; data: DepthUpdate; delivery: 'book' };
  'feed-status': { request: FeedStatusSubscriptionRequest; data: FeedStatus; delivery: 'latest' };
  quotes: { request: QuotesSubscriptionRequest; data: QuoteData; delivery: 'latest' };
  ticks: { request: TicksSubscriptionRequest; data: MarketTick; delivery: 'latest' };
  trades: { request: TradesSubscriptionRequest; data: TradeData; delivery: 'latest' };
}

/** The same where types are gone: how each stream is delivered, and what its data holds at least. */
export const DATAFEED_ROUTES: {
  readonly [R in keyof DatafeedRoutes]: {
    readonly delivery: DatafeedRoutes[R]['delivery'];
    readonly shape: shapes.Shape<DatafeedRoutes[R]['data']>;
  };
} = {
  bars: { delivery: 'latest', shape: shapes.Bar },
  depth: { delivery: 'book', shape: shapes.DepthUpdate },
  'feed-status': { delivery: 'latest', shape: shapes.FeedStatus },
  quotes: { delivery: 'latest', shape: shapes.QuoteData },
  ticks: { delivery: 'latest', shape: shapes.MarketTick },
  trades: { delivery: 'latest', shape: shapes.TradeData },
};
