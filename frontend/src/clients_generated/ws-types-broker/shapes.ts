// Made from the AsyncAPI file of the module "broker" by "npm run generate"; never edited.

import type * as types from './messages';

type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}

export const BrokerConnectionStatus: Shape<types.BrokerConnectionStatus> = {
  fields: {
    epoch: 'string',
    marginWarned: 'boolean',
    'message?': 'string',
    status: 'string',
    time: 'number',
    tradingState: 'string',
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
