/** Between the wire's types and the terminal's; nothing above this folder sees a type of the wire. */
import type { components as Broker_Api_Backend } from '@/clients_generated/trader-client-broker/schema';
import type { components as Datafeed_Api_Backend } from '@/clients_generated/trader-client-datafeed/schema';
import type {
  AccountMetainfo,
  Equity,
  Execution,
  Order,
  OrderPreviewResult,
  Position,
  PreOrder,
} from '@/trading/broker';
import { OrderStatus, OrderType, Side } from '@/trading/constants';
import type {
  Bar,
  DatafeedConfiguration,
  FeedState,
  HistoryMetadata,
  LibrarySymbolInfo,
  QuoteData,
  SearchSymbolResultItem,
} from '@/trading/datafeed';

type BrokerSchemas = Broker_Api_Backend['schemas'];
type DatafeedSchemas = Datafeed_Api_Backend['schemas'];

export type PlacedOrder_Api_Backend = BrokerSchemas['PlacedOrder'];
export type PreOrder_Api_Backend = BrokerSchemas['PreOrder'];
export type Position_Api_Backend = BrokerSchemas['Position'];
export type Execution_Api_Backend = BrokerSchemas['Execution'];
export type EquityData_Api_Backend = BrokerSchemas['EquityData'];
export type AccountMetainfo_Api_Backend = BrokerSchemas['AccountMetainfo'];
export type OrderPreview_Api_Backend = BrokerSchemas['OrderPreview'];
export type Bar_Api_Backend = DatafeedSchemas['Bar'];
export type BarsPage_Api_Backend = DatafeedSchemas['BarsPage'];
export type QuoteData_Api_Backend = DatafeedSchemas['QuoteData'];
export type SymbolInfo_Api_Backend = DatafeedSchemas['SymbolInfo'];
export type SearchResult_Api_Backend = DatafeedSchemas['SearchResult'];
export type Configuration_Api_Backend = DatafeedSchemas['DatafeedConfiguration'];
export type FeedStatus_Api_Backend = DatafeedSchemas['FeedStatus'];

const SIDES: Record<BrokerSchemas['Side'], Side> = { buy: Side.Buy, sell: Side.Sell };
const TYPES: Record<BrokerSchemas['OrderType'], OrderType> = {
  market: OrderType.Market,
  limit: OrderType.Limit,
};
const STATUSES: Record<BrokerSchemas['OrderStatus'], OrderStatus> = {
  placing: OrderStatus.Placing,
  inactive: OrderStatus.Inactive,
  working: OrderStatus.Working,
  filled: OrderStatus.Filled,
  canceled: OrderStatus.Canceled,
  rejected: OrderStatus.Rejected,
  // The interface knows no expiry: to it, an order that ran out is canceled. The message says which.
  expired: OrderStatus.Canceled,
};

export function orderFromWire(order: PlacedOrder_Api_Backend): Order {
  const { side, type, status, rejectReason, ...rest } = order;
  return {
    ...rest,
    side: SIDES[side],
    type: TYPES[type],
    status: STATUSES[status],
    ...orderMessage(status, rejectReason),
  };
}

function orderMessage(status: PlacedOrder_Api_Backend['status'], reason?: string): Pick<Order, 'message'> {
  if (reason !== undefined) return { message: { type: 'error', text: reason } };
  if (status === 'expired') return { message: { type: 'information', text: 'Expired with its session' } };
  return {};
}

export function preOrderToWire(order: PreOrder): PreOrder_Api_Backend {
  if (order.type !== OrderType.Market && order.type !== OrderType.Limit) {
    throw new RangeError(`Orders of type ${order.type} are not offered by this broker.`);
  }
  return {
    symbol: order.symbol,
    type: order.type === OrderType.Market ? 'market' : 'limit',
    side: order.side === Side.Buy ? 'buy' : 'sell',
    qty: order.qty,
    ...(order.limitPrice === undefined ? {} : { limitPrice: order.limitPrice }),
    ...(order.duration === undefined ? {} : { duration: { type: order.duration.type } }),
    ...(order.clientOrderId === undefined ? {} : { clientOrderId: order.clientOrderId }),
  };
}

export function positionFromWire({ realizedPL, side, ...rest }: Position_Api_Backend): Position {
  return { ...rest, side: SIDES[side], realizedPl: realizedPL };
}

export function executionFromWire(execution: Execution_Api_Backend): Execution {
  const { id, orderId, symbol, qty, price, time, commission, realizedPL } = execution;
  const realized = realizedPL === undefined ? {} : { realizedPl: realizedPL };
  return { id, orderId, symbol, side: SIDES[execution.side], qty, price, time, commission, ...realized };
}

export function equityFromWire(data: EquityData_Api_Backend): Equity {
  const { unrealizedPL, realizedPL, positions, ...rest } = data;
  return {
    ...rest,
    unrealizedPl: unrealizedPL,
    realizedPl: realizedPL,
    positions: positions.map((position) => ({ id: position.id, unrealizedPl: position.unrealizedPL })),
  };
}

export function accountFromWire(account: AccountMetainfo_Api_Backend): AccountMetainfo {
  const { id, name, type, currency, currencySign } = account;
  return { id, name, type, currency, currencySign };
}

export function previewFromWire(preview: OrderPreview_Api_Backend): OrderPreviewResult {
  return { ...preview };
}

export function barFromWire({ time, open, high, low, close, volume }: Bar_Api_Backend): Bar {
  return volume === undefined ? { time, open, high, low, close } : { time, open, high, low, close, volume };
}

export function barsFromWire(page: BarsPage_Api_Backend): { bars: Bar[]; meta: HistoryMetadata } {
  const next = page.nextTime === undefined ? {} : { nextTime: page.nextTime };
  return { bars: page.bars.map(barFromWire), meta: { noData: page.noData, ...next } };
}

export function quoteFromWire(quote: QuoteData_Api_Backend): QuoteData {
  return { s: quote.s, n: quote.n, v: quote.v };
}

export function symbolFromWire(info: SymbolInfo_Api_Backend): LibrarySymbolInfo {
  const { trading, data_kind: dataKind, ...rest } = info;
  return { ...rest, library_custom_fields: { dataKind, trading } };
}

export function searchResultFromWire(result: SearchResult_Api_Backend): SearchSymbolResultItem {
  return { ...result };
}

export function configurationFromWire(config: Configuration_Api_Backend): DatafeedConfiguration {
  return {
    supported_resolutions: config.supported_resolutions,
    exchanges: config.exchanges.map(({ name, value, desc }) => ({ name, value, desc: desc ?? '' })),
    symbols_types: config.symbols_types.map(({ name, value }) => ({ name, value })),
    supports_time: config.supports_time,
  };
}

export function feedStateFromWire({ kind, time, problem, symbols }: FeedStatus_Api_Backend): FeedState {
  return problem === undefined ? { kind, time, symbols } : { kind, time, symbols, problem };
}
