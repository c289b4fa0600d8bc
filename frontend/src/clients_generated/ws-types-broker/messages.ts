// Made from the AsyncAPI file of the module "broker" by "npm run generate"; never edited.

/** Whether the broker follows the market. */
export type ConnectionState = 'connected' | 'connecting' | 'disconnected' | 'error';

/** What an account may do: anything, only close what it holds, or place no orders at all. */
export type TradingState = 'active' | 'reducing' | 'halted';

/**
 * How long an order works.
 *
 * Until the session's end, until it is canceled, until a date; what fills at once, or all at once.
 */
export type DurationType = 'day' | 'gtc' | 'gtd' | 'ioc' | 'fok';

/** Whether an execution met a resting order of others, or rested itself. */
export type Liquidity = 'maker' | 'taker';

/** Direction of an order or a position. */
export type Side = 'buy' | 'sell';

/** How serious a message is. */
export type MessageType = 'information' | 'warning' | 'error';

/** Where an order is in its life; filled, canceled, rejected and expired are final. */
export type OrderStatus = 'placing' | 'inactive' | 'working' | 'filled' | 'canceled' | 'rejected' | 'expired';

/** At which price an order may fill. */
export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop';

/** What a bracket protects: an order that is still open, or a position. */
export type ParentType = 'order' | 'position';

/** Kind of a protecting stop. */
export type StopType = 'stop_loss' | 'trailing_stop' | 'guaranteed_stop';

/** State of the broker for an account, at the market's time `time`. */
export interface BrokerConnectionStatus {
  /** Another one since a reset. */
  epoch: string;
  marginWarned: boolean;
  message?: string;
  status: ConnectionState;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
  tradingState: TradingState;
}

/** State of the broker for an account, as it changes. */
export interface BrokerConnectionSubscriptionRequest {
  accountId: string;
}

/** What an account is worth at the market's time `time`. */
export interface EquityData {
  balance: number;
  equity: number;
  /** Equity less margin used and less what open orders reserve. */
  marginAvailable: number;
  /** Equity divided by margin used; absent without positions. */
  marginLevel?: number;
  /** What open orders may block at worst on top of it. */
  marginReserved?: number;
  marginUsed: number;
  positions: PositionProfit[];
  realizedPL: number;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
  unrealizedPL: number;
}

/** Open profit or loss of one position, in the account's currency; longs at the bid, shorts at the ask. */
export interface PositionProfit {
  id: string;
  unrealizedPL: number;
}

/** What an account is worth, as it changes. */
export interface EquitySubscriptionRequest {
  accountId: string;
}

/** A message of the client could not be understood; the connection stays open. */
export interface ErrorMessage {
  code: string;
  message: string;
  requestType?: string;
}

/** One fill. */
export interface Execution {
  commission: number;
  /** Units of the account's currency for one of the symbol's, if they differ. */
  conversion?: number;
  id: string;
  liquidity?: Liquidity;
  /** Journal offset of the last change. */
  offset: number;
  orderId: string;
  /** The position that it added to or reduced. */
  positionId?: string;
  price: number;
  qty: number;
  /** Of the part that closed. */
  realizedPL?: number;
  side: Side;
  symbol: string;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
}

/** Every execution of an account, or those of one symbol. */
export interface ExecutionsSubscriptionRequest {
  accountId: string;
  symbol?: string;
}

/** Time in force. */
export interface OrderDuration {
  /** End of a gtd order, in milliseconds since 1970-01-01 UTC; only for gtd. */
  datetime?: number;
  type: DurationType;
}

/** What the broker has to say about an order. */
export interface OrderMessage {
  text: string;
  type: MessageType;
}

/** Every change of an account's orders. */
export interface OrdersSubscriptionRequest {
  accountId: string;
}

/** The server's heartbeat, with the last offset of each of this connection's journal topics. */
export interface Ping {
  offsets: {
    [k: string]: number;
  };
  /** Milliseconds since 1970-01-01 UTC. */
  serverTime: number;
}

/** An order as the account knows it; the `orders` topic carries one per change. */
export interface PlacedOrder {
  avgPrice?: number;
  clientOrderId?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  createTime: number;
  duration: OrderDuration;
  filledQty: number;
  guaranteedStop?: number;
  id: string;
  isClose?: boolean;
  limitPrice?: number;
  message?: OrderMessage;
  /** Journal offset of the last change. */
  offset: number;
  /** Of a bracket: what it protects. */
  parentId?: string;
  parentType?: ParentType;
  positionId?: string;
  qty: number;
  rejectReason?: string;
  side: Side;
  status: OrderStatus;
  stopLoss?: number;
  /** Where it triggers; of a trailing stop, where that is by now. */
  stopPrice?: number;
  stopType?: StopType;
  symbol: string;
  takeProfit?: number;
  trailingAmount?: number;
  trailingStopPips?: number;
  /** Whether the stop price was reached. */
  triggered?: boolean;
  type: OrderType;
  /** Milliseconds since 1970-01-01 UTC. */
  updateTime: number;
}

/** Holding of one symbol; sent once with `qty` 0 when it is closed. */
export interface Position {
  avgPrice: number;
  guaranteedStop?: number;
  id: string;
  /** Journal offset of the last change. */
  offset: number;
  /** Never negative; 0 is closed. */
  qty: number;
  realizedPL: number;
  side: Side;
  stopLoss?: number;
  symbol: string;
  takeProfit?: number;
  trailingStopPips?: number;
  /** Milliseconds since 1970-01-01 UTC. */
  updateTime: number;
}

/** Every change of an account's positions. */
export interface PositionsSubscriptionRequest {
  accountId: string;
}

/** Where a client's knowledge of a journal topic ends. */
export interface Recover {
  epoch: string;
  offset: number;
}

/** What is about to happen to this connection. */
export interface ServerNotice {
  code: 'draining' | 'end-of-life' | 'token-expiring';
  message: string;
  retryAfterMs?: number;
}

export interface BrokerConnectionSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    /** At most so many updates a second; for topics of newest values. */
    maxRateHz?: number;
  };
  payload: BrokerConnectionSubscriptionRequest;
  type: 'broker-connection.subscribe';
}

export interface BrokerConnectionSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: BrokerConnectionStatus[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'broker-connection.subscribe.response';
}

export interface BrokerConnectionUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: BrokerConnectionSubscriptionRequest;
  type: 'broker-connection.unsubscribe';
}

export interface BrokerConnectionUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'broker-connection.unsubscribe.response';
}

export interface BrokerConnectionUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: BrokerConnectionStatus;
    topic: string;
  };
  type: 'broker-connection.update';
}

export interface ClientPingFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'ping';
}

export interface ClientPongFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'pong';
}

export interface EquitySubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    /** At most so many updates a second; for topics of newest values. */
    maxRateHz?: number;
  };
  payload: EquitySubscriptionRequest;
  type: 'equity.subscribe';
}

export interface EquitySubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: EquityData[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'equity.subscribe.response';
}

export interface EquityUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: EquitySubscriptionRequest;
  type: 'equity.unsubscribe';
}

export interface EquityUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'equity.unsubscribe.response';
}

export interface EquityUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: EquityData;
    topic: string;
  };
  type: 'equity.update';
}

export interface ErrorFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: ErrorMessage;
  type: 'error';
}

export interface ExecutionsSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    recover?: Recover;
  };
  payload: ExecutionsSubscriptionRequest;
  type: 'executions.subscribe';
}

export interface ExecutionsSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: Execution[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'executions.subscribe.response';
}

export interface ExecutionsUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: ExecutionsSubscriptionRequest;
  type: 'executions.unsubscribe';
}

export interface ExecutionsUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'executions.unsubscribe.response';
}

export interface ExecutionsUpdateFrame {
  /** One update of a topic. */
  payload: {
    offset?: number;
    payload: Execution;
    prev?: number;
    topic: string;
  };
  type: 'executions.update';
}

export interface OrdersSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    recover?: Recover;
  };
  payload: OrdersSubscriptionRequest;
  type: 'orders.subscribe';
}

export interface OrdersSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: PlacedOrder[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'orders.subscribe.response';
}

export interface OrdersUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: OrdersSubscriptionRequest;
  type: 'orders.unsubscribe';
}

export interface OrdersUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'orders.unsubscribe.response';
}

export interface OrdersUpdateFrame {
  /** One update of a topic. */
  payload: {
    offset?: number;
    payload: PlacedOrder;
    prev?: number;
    topic: string;
  };
  type: 'orders.update';
}

export interface PingFrame {
  payload: Ping;
  type: 'ping';
}

export interface PongFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'pong';
}

export interface PositionsSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    recover?: Recover;
  };
  payload: PositionsSubscriptionRequest;
  type: 'positions.subscribe';
}

export interface PositionsSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: Position[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'positions.subscribe.response';
}

export interface PositionsUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: PositionsSubscriptionRequest;
  type: 'positions.unsubscribe';
}

export interface PositionsUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'positions.unsubscribe.response';
}

export interface PositionsUpdateFrame {
  /** One update of a topic. */
  payload: {
    offset?: number;
    payload: Position;
    prev?: number;
    topic: string;
  };
  type: 'positions.update';
}

export interface ServerNoticeFrame {
  payload: ServerNotice;
  type: 'server.notice';
}
