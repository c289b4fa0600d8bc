// Made from the OpenAPI file of the module "broker" by "npm run generate"; never edited.

import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './schema';

export type { operations, paths } from './schema';

/** Every operation of the module "broker", by method and path. */
export type BrokerClient = Client<paths>;

/** `baseUrl` is the module's own, for example "/api/v1/broker". */
export function createBrokerClient(options: ClientOptions): BrokerClient {
  return createClient<paths>(options);
}

export type AccountInfo = components['schemas']['AccountInfo'];
export type AccountMetainfo = components['schemas']['AccountMetainfo'];
export type AccountOpening = components['schemas']['AccountOpening'];
export type AccountReset = components['schemas']['AccountReset'];
export type AccountTerms = components['schemas']['AccountTerms'];
export type BracketTerms = components['schemas']['BracketTerms'];
export type CancelOrdersResult = components['schemas']['CancelOrdersResult'];
export type CanceledInBatch = components['schemas']['CanceledInBatch'];
export type ChosenCommissionTerms = components['schemas']['ChosenCommissionTerms'];
export type ChosenFillTerms = components['schemas']['ChosenFillTerms'];
export type ChosenRiskTerms = components['schemas']['ChosenRiskTerms'];
export type ChosenTerms = components['schemas']['ChosenTerms'];
export type CommissionKind = components['schemas']['CommissionKind'];
export type CommissionTerms = components['schemas']['CommissionTerms'];
export type DurationType = components['schemas']['DurationType'];
export type EquityData = components['schemas']['EquityData'];
export type EquityHistory = components['schemas']['EquityHistory'];
export type EquityPoint = components['schemas']['EquityPoint'];
export type EventsPage = components['schemas']['EventsPage'];
export type Execution = components['schemas']['Execution'];
export type ExecutionsPage = components['schemas']['ExecutionsPage'];
export type ExplainedStep = components['schemas']['ExplainedStep'];
export type FieldProblem = components['schemas']['FieldProblem'];
export type FillModelKind = components['schemas']['FillModelKind'];
export type FillTerms = components['schemas']['FillTerms'];
export type JournalEvent = components['schemas']['JournalEvent'];
export type LeverageInfo = components['schemas']['LeverageInfo'];
export type LeveragePreview = components['schemas']['LeveragePreview'];
export type LeverageResult = components['schemas']['LeverageResult'];
export type LeverageSetting = components['schemas']['LeverageSetting'];
export type Liquidity = components['schemas']['Liquidity'];
export type MessageType = components['schemas']['MessageType'];
export type OrderChange = components['schemas']['OrderChange'];
export type OrderDuration = components['schemas']['OrderDuration'];
export type OrderExplanation = components['schemas']['OrderExplanation'];
export type OrderMessage = components['schemas']['OrderMessage'];
export type OrderPreview = components['schemas']['OrderPreview'];
export type OrderStatus = components['schemas']['OrderStatus'];
export type OrderType = components['schemas']['OrderType'];
export type OrdersPage = components['schemas']['OrdersPage'];
export type ParentType = components['schemas']['ParentType'];
export type PlaceOrderResult = components['schemas']['PlaceOrderResult'];
export type PlacedOrder = components['schemas']['PlacedOrder'];
export type Position = components['schemas']['Position'];
export type PositionClosing = components['schemas']['PositionClosing'];
export type PositionMode = components['schemas']['PositionMode'];
export type PositionProfit = components['schemas']['PositionProfit'];
export type PreOrder = components['schemas']['PreOrder'];
export type PreviewRow = components['schemas']['PreviewRow'];
export type PreviewSection = components['schemas']['PreviewSection'];
export type Problem = components['schemas']['Problem'];
export type RiskTerms = components['schemas']['RiskTerms'];
export type SeenMarket = components['schemas']['SeenMarket'];
export type SeenQuotes = components['schemas']['SeenQuotes'];
export type Side = components['schemas']['Side'];
export type StopType = components['schemas']['StopType'];
export type TradingState = components['schemas']['TradingState'];
export type TradingStateChange = components['schemas']['TradingStateChange'];
export type TradingStateResult = components['schemas']['TradingStateResult'];
