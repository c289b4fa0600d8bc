// Made from the OpenAPI file of the module "broker" by "npm run generate"; never edited.

import type * as types from './index';

type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}

export const CommissionTerms: Shape<types.CommissionTerms> = {
  fields: { 'kind?': 'string', 'makerRate?': 'number', 'minimum?': 'number', 'rate?': 'number' },
};

export const FillTerms: Shape<types.FillTerms> = {
  fields: {
    'latencyMs?': 'number',
    'model?': 'string',
    'respectSize?': 'boolean',
    'seed?': 'number',
    'slippageBps?': 'number',
    'slippageTicks?': 'number',
    'touchProbability?': 'number',
  },
};

export const RiskTerms: Shape<types.RiskTerms> = {
  fields: {
    'liquidationLevel?': 'number',
    'maintenanceLevel?': 'number',
    'maxOrderNotional?': 'number',
    'maxOrdersPerSecond?': 'number',
    'maxPositionNotional?': 'number',
  },
};

export const AccountTerms: Shape<types.AccountTerms> = {
  fields: {
    'allowImmediateStops?': 'boolean',
    'allowStaleQuotes?': 'boolean',
    'commission?': CommissionTerms,
    'confirmToleranceBps?': 'number',
    'fills?': FillTerms,
    'guaranteedStopPremiumBps?': 'number',
    'positionMode?': 'string',
    'risk?': RiskTerms,
  },
};

export const PositionProfit: Shape<types.PositionProfit> = {
  fields: { id: 'string', unrealizedPL: 'number' },
};

export const EquityData: Shape<types.EquityData> = {
  fields: {
    balance: 'number',
    equity: 'number',
    marginAvailable: 'number',
    'marginLevel?': 'number',
    'marginReserved?': 'number',
    marginUsed: 'number',
    positions: { item: PositionProfit },
    realizedPL: 'number',
    time: 'number',
    unrealizedPL: 'number',
  },
};

export const AccountInfo: Shape<types.AccountInfo> = {
  fields: {
    'commissions?': 'number',
    currency: 'string',
    currencySign: 'string',
    epoch: 'string',
    equity: EquityData,
    id: 'string',
    'leverage?': 'number',
    'marginWarned?': 'boolean',
    name: 'string',
    offset: 'number',
    'openingBalance?': 'number',
    'terms?': AccountTerms,
    tradingState: 'string',
    type: 'string',
  },
};

export const AccountMetainfo: Shape<types.AccountMetainfo> = {
  fields: { currency: 'string', currencySign: 'string', id: 'string', name: 'string', type: 'string' },
};

export const OrderDuration: Shape<types.OrderDuration> = {
  fields: { 'datetime?': 'number', type: 'string' },
};

export const OrderMessage: Shape<types.OrderMessage> = { fields: { text: 'string', type: 'string' } };

export const PlacedOrder: Shape<types.PlacedOrder> = {
  fields: {
    'avgPrice?': 'number',
    'clientOrderId?': 'string',
    createTime: 'number',
    duration: OrderDuration,
    filledQty: 'number',
    'guaranteedStop?': 'number',
    id: 'string',
    'isClose?': 'boolean',
    'limitPrice?': 'number',
    'message?': OrderMessage,
    offset: 'number',
    'parentId?': 'string',
    'parentType?': 'string',
    'positionId?': 'string',
    qty: 'number',
    'rejectReason?': 'string',
    side: 'string',
    status: 'string',
    'stopLoss?': 'number',
    'stopPrice?': 'number',
    'stopType?': 'string',
    symbol: 'string',
    'takeProfit?': 'number',
    'trailingAmount?': 'number',
    'trailingStopPips?': 'number',
    'triggered?': 'boolean',
    type: 'string',
    updateTime: 'number',
  },
};

export const CanceledInBatch: Shape<types.CanceledInBatch> = {
  fields: {
    'code?': 'string',
    'detail?': 'string',
    'order?': PlacedOrder,
    orderId: 'string',
    status: 'number',
  },
};

export const CancelOrdersResult: Shape<types.CancelOrdersResult> = {
  fields: { results: { item: CanceledInBatch } },
};

export const EquityPoint: Shape<types.EquityPoint> = {
  fields: {
    balance: 'number',
    equity: 'number',
    marginUsed: 'number',
    time: 'number',
    unrealizedPL: 'number',
  },
};

export const EquityHistory: Shape<types.EquityHistory> = {
  fields: { 'earlierTo?': 'number', points: { item: EquityPoint } },
};

export const JournalEvent: Shape<types.JournalEvent> = {
  fields: {
    data: 'any',
    epoch: 'string',
    'hash?': 'string',
    offset: 'number',
    time: 'number',
    type: 'string',
  },
};

export const EventsPage: Shape<types.EventsPage> = {
  fields: { epoch: 'string', events: { item: JournalEvent }, lastOffset: 'number' },
};

export const Execution: Shape<types.Execution> = {
  fields: {
    commission: 'number',
    'conversion?': 'number',
    id: 'string',
    'liquidity?': 'string',
    offset: 'number',
    orderId: 'string',
    'positionId?': 'string',
    price: 'number',
    qty: 'number',
    'realizedPL?': 'number',
    side: 'string',
    symbol: 'string',
    time: 'number',
  },
};

export const ExecutionsPage: Shape<types.ExecutionsPage> = {
  fields: { executions: { item: Execution }, 'nextCursor?': 'string' },
};

export const SeenMarket: Shape<types.SeenMarket> = {
  fields: {
    'ask?': 'number',
    'askSize?': 'number',
    'bid?': 'number',
    'bidSize?': 'number',
    'last?': 'number',
    'lastSize?': 'number',
    time: 'number',
  },
};

export const ExplainedStep: Shape<types.ExplainedStep> = {
  fields: {
    event: 'string',
    offset: 'number',
    'rule?': 'string',
    'seen?': SeenMarket,
    text: 'string',
    time: 'number',
  },
};

export const LeverageInfo: Shape<types.LeverageInfo> = {
  fields: { leverage: 'number', max: 'number', min: 'number', step: 'number', title: 'string' },
};

export const LeveragePreview: Shape<types.LeveragePreview> = {
  fields: {
    errors: { item: 'string' },
    infos: { item: 'string' },
    'marginAfter?': 'number',
    'marginBefore?': 'number',
    warnings: { item: 'string' },
  },
};

export const LeverageResult: Shape<types.LeverageResult> = { fields: { leverage: 'number' } };

export const OrderExplanation: Shape<types.OrderExplanation> = {
  fields: { order: PlacedOrder, steps: { item: ExplainedStep }, 'waitingFor?': 'string' },
};

export const PreviewRow: Shape<types.PreviewRow> = { fields: { title: 'string', value: 'string' } };

export const PreviewSection: Shape<types.PreviewSection> = {
  fields: { 'header?': 'string', rows: { item: PreviewRow } },
};

export const OrderPreview: Shape<types.OrderPreview> = {
  fields: {
    'buyingPowerAfter?': 'number',
    'commission?': 'number',
    'confirmId?': 'string',
    errors: { item: 'string' },
    'estimatedPrice?': 'number',
    'estimatedValue?': 'number',
    'marginRequired?': 'number',
    sections: { item: PreviewSection },
    warnings: { item: 'string' },
  },
};

export const OrdersPage: Shape<types.OrdersPage> = {
  fields: { 'nextCursor?': 'string', orders: { item: PlacedOrder } },
};

export const PlaceOrderResult: Shape<types.PlaceOrderResult> = {
  fields: { order: PlacedOrder, orderId: 'string' },
};

export const Position: Shape<types.Position> = {
  fields: {
    avgPrice: 'number',
    'guaranteedStop?': 'number',
    id: 'string',
    offset: 'number',
    qty: 'number',
    realizedPL: 'number',
    side: 'string',
    'stopLoss?': 'number',
    symbol: 'string',
    'takeProfit?': 'number',
    'trailingStopPips?': 'number',
    updateTime: 'number',
  },
};

export const TradingStateResult: Shape<types.TradingStateResult> = {
  fields: { canceledOrders: { item: 'string' }, tradingState: 'string' },
};
