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

export const PositionProfit: Shape<types.PositionProfit> = {
  fields: { id: 'string', unrealizedPL: 'number' },
};

export const EquityData: Shape<types.EquityData> = {
  fields: {
    balance: 'number',
    equity: 'number',
    marginAvailable: 'number',
    marginUsed: 'number',
    positions: { item: PositionProfit },
    realizedPL: 'number',
    time: 'number',
    unrealizedPL: 'number',
  },
};

export const AccountInfo: Shape<types.AccountInfo> = {
  fields: {
    currency: 'string',
    currencySign: 'string',
    epoch: 'string',
    equity: EquityData,
    id: 'string',
    name: 'string',
    offset: 'number',
    tradingState: 'string',
    type: 'string',
  },
};

export const AccountMetainfo: Shape<types.AccountMetainfo> = {
  fields: { currency: 'string', currencySign: 'string', id: 'string', name: 'string', type: 'string' },
};

export const Execution: Shape<types.Execution> = {
  fields: {
    commission: 'number',
    id: 'string',
    offset: 'number',
    orderId: 'string',
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

export const OrderDuration: Shape<types.OrderDuration> = { fields: { type: 'string' } };

export const PreviewRow: Shape<types.PreviewRow> = { fields: { title: 'string', value: 'string' } };

export const PreviewSection: Shape<types.PreviewSection> = {
  fields: { 'header?': 'string', rows: { item: PreviewRow } },
};

export const OrderPreview: Shape<types.OrderPreview> = {
  fields: {
    'buyingPowerAfter?': 'number',
    'commission?': 'number',
    errors: { item: 'string' },
    'estimatedPrice?': 'number',
    'estimatedValue?': 'number',
    'marginRequired?': 'number',
    sections: { item: PreviewSection },
    warnings: { item: 'string' },
  },
};

export const PlacedOrder: Shape<types.PlacedOrder> = {
  fields: {
    'avgPrice?': 'number',
    'clientOrderId?': 'string',
    createTime: 'number',
    duration: OrderDuration,
    filledQty: 'number',
    id: 'string',
    'limitPrice?': 'number',
    offset: 'number',
    qty: 'number',
    'rejectReason?': 'string',
    side: 'string',
    status: 'string',
    symbol: 'string',
    type: 'string',
    updateTime: 'number',
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
    id: 'string',
    offset: 'number',
    qty: 'number',
    realizedPL: 'number',
    side: 'string',
    symbol: 'string',
    updateTime: 'number',
  },
};
