/**
 * Between the wire's types and the terminal's; nothing above this folder sees a type of the wire. Fields are
 * named one by one, so that a change of the contract that the terminal does not follow does not compile.
 */
import type * as Broker_Api_Backend from '@/clients_generated/trader-client-broker';
import type * as Core_Api_Backend from '@/clients_generated/trader-client-core';
import type * as Datafeed_Api_Backend from '@/clients_generated/trader-client-datafeed';
import type * as broker from '@/trading/broker';
import { OrderStatus, OrderType, ParentType, Side, StopType } from '@/trading/constants';
import * as datafeed from '@/trading/datafeed';
import type { ServerInventory } from '@/trading/gateways';

export type PlacedOrder_Api_Backend = Broker_Api_Backend.PlacedOrder;
export type PreOrder_Api_Backend = Broker_Api_Backend.PreOrder;
export type Position_Api_Backend = Broker_Api_Backend.Position;
export type Execution_Api_Backend = Broker_Api_Backend.Execution;
export type EquityData_Api_Backend = Broker_Api_Backend.EquityData;
export type AccountMetainfo_Api_Backend = Broker_Api_Backend.AccountMetainfo;
export type OrderPreview_Api_Backend = Broker_Api_Backend.OrderPreview;
export type Bar_Api_Backend = Datafeed_Api_Backend.Bar;
export type BarsPage_Api_Backend = Datafeed_Api_Backend.BarsPage;
export type QuoteData_Api_Backend = Datafeed_Api_Backend.QuoteData;
export type SymbolInfo_Api_Backend = Datafeed_Api_Backend.SymbolInfo;
export type SearchResult_Api_Backend = Datafeed_Api_Backend.SearchResult;
export type Configuration_Api_Backend = Datafeed_Api_Backend.DatafeedConfiguration;
export type FeedStatus_Api_Backend = Datafeed_Api_Backend.FeedStatus;
export type ReplayState_Api_Backend = Datafeed_Api_Backend.ReplayState;
export type ReplayControl_Api_Backend = Datafeed_Api_Backend.ReplayControl;
export type Health_Api_Backend = Core_Api_Backend.Health;
export type ApiVersion_Api_Backend = Core_Api_Backend.ApiVersion;
export type ModuleInfo_Api_Backend = Core_Api_Backend.ModuleInfo;

const SIDES: Record<Broker_Api_Backend.Side, Side> = { buy: Side.Buy, sell: Side.Sell };
const TYPES: Record<Broker_Api_Backend.OrderType, OrderType> = {
  market: OrderType.Market,
  limit: OrderType.Limit,
  stop: OrderType.Stop,
  stop_limit: OrderType.StopLimit,
  // To the interface, a stop of the kind that trails.
  trailing_stop: OrderType.Stop,
};
const STOP_TYPES: Record<Broker_Api_Backend.StopType, StopType> = {
  stop_loss: StopType.StopLoss,
  trailing_stop: StopType.TrailingStop,
  guaranteed_stop: StopType.GuaranteedStop,
};
const PARENT_TYPES: Record<Broker_Api_Backend.ParentType, ParentType> = {
  order: ParentType.Order,
  position: ParentType.Position,
};
const STATUSES: Record<Broker_Api_Backend.OrderStatus, OrderStatus> = {
  placing: OrderStatus.Placing,
  inactive: OrderStatus.Inactive,
  working: OrderStatus.Working,
  filled: OrderStatus.Filled,
  canceled: OrderStatus.Canceled,
  rejected: OrderStatus.Rejected,
  // The interface knows no expiry: to it, an order that ran out is canceled. The message says which.
  expired: OrderStatus.Canceled,
};

/** A newer server may say a word that is not in its type here; `otherwise` stands for it. */
function meaningOf<Word extends string, T, O>(words: Record<Word, T>, word: Word, otherwise: O): T | O {
  return Object.hasOwn(words, word) ? words[word] : otherwise;
}

/** The fields among `fields` that have a value. */
function present<T extends object>(fields: T): Partial<T> {
  const kept: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}

type Brackets_Api_Backend = Pick<
  PlacedOrder_Api_Backend & Position_Api_Backend,
  'takeProfit' | 'stopLoss' | 'guaranteedStop' | 'trailingStopPips'
>;

function bracketsFromWire(item: Brackets_Api_Backend): broker.Brackets {
  const { takeProfit, stopLoss, guaranteedStop, trailingStopPips } = item;
  return present({ takeProfit, stopLoss, guaranteedStop, trailingStopPips });
}

/** What the order protects, and the kind of stop that it is. */
function kindOfStop(
  order: PlacedOrder_Api_Backend,
): Pick<broker.Order, 'parentId' | 'parentType' | 'stopType'> {
  const { type, stopType, parentId, parentType } = order;
  const trails = type === 'trailing_stop' ? StopType.TrailingStop : undefined;
  return present({
    parentId,
    parentType: parentType === undefined ? undefined : meaningOf(PARENT_TYPES, parentType, undefined),
    stopType: stopType === undefined ? trails : meaningOf(STOP_TYPES, stopType, trails),
  });
}

/** The words among `said` that this terminal does not know. */
function unknownWords<Field extends string>(
  said: Record<Field, [word: string, known: object]>,
): { unknown?: Partial<Record<Field, string>> } {
  const unknown: Partial<Record<Field, string>> = {};
  for (const field in said) {
    const [word, known] = said[field];
    if (!Object.hasOwn(known, word)) unknown[field] = word;
  }
  return Object.keys(unknown).length === 0 ? {} : { unknown };
}

export function orderFromWire(order: PlacedOrder_Api_Backend): broker.Order {
  const { id, symbol, type, side, qty, limitPrice, duration, clientOrderId, status } = order;
  const { filledQty, avgPrice, createTime, updateTime, rejectReason, offset } = order;
  return {
    id,
    symbol,
    type: meaningOf(TYPES, type, OrderType.Unknown),
    side: meaningOf(SIDES, side, Side.Unknown),
    qty,
    limitPrice,
    ...present({ stopPrice: order.stopPrice }),
    ...bracketsFromWire(order),
    ...kindOfStop(order),
    duration: { type: duration.type, ...present({ datetime: duration.datetime }) },
    clientOrderId,
    status: meaningOf(STATUSES, status, OrderStatus.Unknown),
    filledQty,
    avgPrice,
    createTime,
    updateTime,
    offset,
    ...orderMessage(status, rejectReason),
    ...unknownWords({ type: [type, TYPES], side: [side, SIDES], status: [status, STATUSES] }),
  };
}

function orderMessage(
  status: PlacedOrder_Api_Backend['status'],
  reason?: string,
): Pick<broker.Order, 'message'> {
  if (reason !== undefined) return { message: { type: 'error', text: reason } };
  if (status === 'expired') return { message: { type: 'information', text: 'Expired at its end' } };
  return {};
}

/** What is undefined is left out on the wire. */
export function preOrderToWire(order: broker.PreOrder): PreOrder_Api_Backend {
  const type = wordFor(TYPES, order.type);
  const side = wordFor(SIDES, order.side);
  if (type === undefined)
    throw new RangeError(`Orders of type ${order.type} are not offered by this broker.`);
  if (side === undefined) throw new RangeError(`An order either buys or sells; its side is ${order.side}.`);
  return {
    symbol: order.symbol,
    type,
    side,
    qty: order.qty,
    limitPrice: order.limitPrice,
    stopPrice: order.stopPrice,
    takeProfit: order.takeProfit,
    stopLoss: order.stopLoss,
    guaranteedStop: order.guaranteedStop,
    trailingStopPips: order.trailingStopPips,
    duration:
      order.duration === undefined
        ? undefined
        : { type: order.duration.type, datetime: order.duration.datetime },
    isClose: order.isClose,
    clientOrderId: order.clientOrderId,
    confirmId: order.confirmId,
  };
}

function wordFor<Word extends string, T>(words: Record<Word, T>, meaning: T): Word | undefined {
  for (const word in words) if (words[word] === meaning) return word;
  return undefined;
}

export function positionFromWire(position: Position_Api_Backend): broker.Position {
  const { id, symbol, qty, side, avgPrice, realizedPL, updateTime, offset } = position;
  return {
    id,
    symbol,
    qty,
    side: meaningOf(SIDES, side, Side.Unknown),
    avgPrice,
    realizedPl: realizedPL,
    ...bracketsFromWire(position),
    updateTime,
    offset,
    ...unknownWords({ side: [side, SIDES] }),
  };
}

export function executionFromWire(execution: Execution_Api_Backend): broker.Execution {
  const { id, orderId, symbol, side, qty, price, time, commission, realizedPL } = execution;
  return {
    id,
    orderId,
    symbol,
    side: meaningOf(SIDES, side, Side.Unknown),
    qty,
    price,
    time,
    commission,
    realizedPl: realizedPL,
    ...unknownWords({ side: [side, SIDES] }),
  };
}

export function equityFromWire(data: EquityData_Api_Backend): broker.Equity {
  const { balance, equity, unrealizedPL, realizedPL, marginUsed, marginAvailable, positions, time } = data;
  return {
    balance,
    equity,
    unrealizedPl: unrealizedPL,
    realizedPl: realizedPL,
    marginUsed,
    marginAvailable,
    positions: positions.map((position) => ({ id: position.id, unrealizedPl: position.unrealizedPL })),
    time,
  };
}

export function accountFromWire(account: AccountMetainfo_Api_Backend): broker.AccountMetainfo {
  const { id, name, type, currency, currencySign } = account;
  return { id, name, type, currency, currencySign };
}

export function previewFromWire(preview: OrderPreview_Api_Backend): broker.OrderPreviewResult {
  const { sections, warnings, errors, estimatedPrice, estimatedValue, commission } = preview;
  const { marginRequired, buyingPowerAfter, confirmId } = preview;
  return {
    sections: sections.map(({ header, rows }) => ({
      header,
      rows: rows.map(({ title, value }) => ({ title, value })),
    })),
    warnings,
    errors,
    estimatedPrice,
    estimatedValue,
    commission,
    marginRequired,
    buyingPowerAfter,
    ...present({ confirmId }),
  };
}

export function barFromWire({ time, open, high, low, close, volume }: Bar_Api_Backend): datafeed.Bar {
  return volume === undefined ? { time, open, high, low, close } : { time, open, high, low, close, volume };
}

export function barsFromWire(page: BarsPage_Api_Backend): {
  bars: datafeed.Bar[];
  meta: datafeed.HistoryMetadata;
} {
  const { bars, noData, nextTime } = page;
  return { bars: bars.map(barFromWire), meta: nextTime === undefined ? { noData } : { noData, nextTime } };
}

export function quoteFromWire({ s, n, v }: QuoteData_Api_Backend): datafeed.QuoteData {
  const values: datafeed.DatafeedQuoteValues = {
    lp: v.lp,
    ch: v.ch,
    chp: v.chp,
    prev_close_price: v.prev_close_price,
    bid: v.bid,
    ask: v.ask,
    bid_size: v.bid_size,
    ask_size: v.ask_size,
    spread: v.spread,
    open_price: v.open_price,
    high_price: v.high_price,
    low_price: v.low_price,
    volume: v.volume,
    time: v.time,
    short_name: v.short_name,
    exchange: v.exchange,
    description: v.description,
    data_kind: v.data_kind,
    market_status: v.market_status,
  };
  // Whatever a newer server says other than "ok" is no quote.
  return { s: s === 'ok' ? 'ok' : 'error', n, v: values };
}

export function symbolFromWire(info: SymbolInfo_Api_Backend): datafeed.LibrarySymbolInfo {
  const { name, ticker, description, type, session, exchange, listed_exchange, timezone, format } = info;
  const { pricescale, minmov, minmove2, fractional, has_intraday, has_daily, currency_code } = info;
  const { supported_resolutions, visible_plots_set, volume_precision, data_kind: dataKind, trading } = info;
  const { tradable, reason, qty, tickSize, pipSize, pointValue, marginRate, currency } = trading;
  const adjustment = datafeed.ADJUSTMENTS.find((known) => known === info.adjustment && known !== 'raw');
  return {
    name,
    ticker,
    description,
    type,
    session,
    exchange,
    listed_exchange,
    timezone,
    format,
    pricescale,
    minmov,
    ...(minmove2 === undefined ? {} : { minmove2 }),
    ...(fractional === undefined ? {} : { fractional }),
    has_intraday,
    has_daily,
    supported_resolutions,
    visible_plots_set,
    volume_precision,
    currency_code,
    library_custom_fields: {
      dataKind,
      ...(adjustment === undefined ? {} : { adjustment }),
      trading: {
        tradable,
        reason,
        qty: { min: qty.min, max: qty.max, step: qty.step, default: qty.default },
        tickSize,
        pipSize,
        pointValue,
        marginRate,
        currency,
      },
    },
  };
}

export function searchResultFromWire(result: SearchResult_Api_Backend): datafeed.SearchSymbolResultItem {
  const { symbol, ticker, description, exchange, type } = result;
  return { symbol, ticker, description, exchange, type };
}

export function configurationFromWire(config: Configuration_Api_Backend): datafeed.DatafeedConfiguration {
  return {
    supported_resolutions: config.supported_resolutions,
    exchanges: config.exchanges.map(({ name, value, desc }) => ({ name, value, desc: desc ?? '' })),
    symbols_types: config.symbols_types.map(({ name, value }) => ({ name, value })),
    supports_time: config.supports_time,
  };
}

export function feedStateFromWire(feed: FeedStatus_Api_Backend): datafeed.FeedState {
  const { kind, time, problem, symbols } = feed;
  return {
    kind,
    time,
    symbols: symbols.map(({ symbol, status, lastEventTime, problem: trouble }) => ({
      symbol,
      status,
      lastEventTime,
      ...(trouble === undefined ? {} : { problem: trouble }),
    })),
    ...(problem === undefined ? {} : { problem }),
  };
}

export function replayFromWire(replay: ReplayState_Api_Backend): datafeed.ReplayState {
  const { time, start, end, speed, playing, finished } = replay;
  return { time, start, end, speed, playing, finished };
}

export function replayChangeToWire({ playing, speed }: datafeed.ReplayChange): ReplayControl_Api_Backend {
  return { playing, speed };
}

export function inventoryFromWire(
  { status, version, uptimeMs, time }: Health_Api_Backend,
  versions: ApiVersion_Api_Backend[],
  modules: ModuleInfo_Api_Backend[],
): ServerInventory {
  return {
    health: { status, version, uptimeMs, time },
    versions: versions.map((each) => ({
      version: each.version,
      status: each.status,
      released: each.released,
    })),
    modules: modules.map(({ name, description, url, docsUrl, wsUrl, streamsDocsUrl }) => ({
      name,
      description,
      url,
      docsUrl,
      wsUrl,
      streamsDocsUrl,
    })),
  };
}
