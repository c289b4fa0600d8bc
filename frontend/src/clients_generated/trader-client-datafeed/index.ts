// Made from the OpenAPI file of the module "datafeed" by "npm run generate"; never edited.

import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './schema';

export type { operations, paths } from './schema';

/** Every operation of the module "datafeed", by method and path. */
export type DatafeedClient = Client<paths>;

/** `baseUrl` is the module's own, for example "/api/v1/datafeed". */
export function createDatafeedClient(options: ClientOptions): DatafeedClient {
  return createClient<paths>(options);
}

export type Bar = components['schemas']['Bar'];
export type BarsPage = components['schemas']['BarsPage'];
export type DatafeedConfiguration = components['schemas']['DatafeedConfiguration'];
export type Depth = components['schemas']['Depth'];
export type DepthLevel = components['schemas']['DepthLevel'];
export type FeedStatus = components['schemas']['FeedStatus'];
export type FieldProblem = components['schemas']['FieldProblem'];
export type Mark = components['schemas']['Mark'];
export type NamedValue = components['schemas']['NamedValue'];
export type Problem = components['schemas']['Problem'];
export type QuantityRules = components['schemas']['QuantityRules'];
export type QuoteData = components['schemas']['QuoteData'];
export type QuoteValues = components['schemas']['QuoteValues'];
export type ReplayControl = components['schemas']['ReplayControl'];
export type ReplayState = components['schemas']['ReplayState'];
export type SearchResult = components['schemas']['SearchResult'];
export type SymbolInfo = components['schemas']['SymbolInfo'];
export type SymbolStatus = components['schemas']['SymbolStatus'];
export type TimescaleMark = components['schemas']['TimescaleMark'];
export type TradeData = components['schemas']['TradeData'];
export type TradingRules = components['schemas']['TradingRules'];
export type UdfBars = components['schemas']['UdfBars'];
export type UdfConfiguration = components['schemas']['UdfConfiguration'];
export type UdfError = components['schemas']['UdfError'];
export type UdfMarks = components['schemas']['UdfMarks'];
export type UdfNoData = components['schemas']['UdfNoData'];
export type UdfQuotes = components['schemas']['UdfQuotes'];
export type UdfSearchResult = components['schemas']['UdfSearchResult'];
export type UdfSymbol = components['schemas']['UdfSymbol'];
export type UdfSymbolTable = components['schemas']['UdfSymbolTable'];
