/** The broker adapter: what a trading host asks of a broker, and the types both speak. */
import type {
  ConnectionStatus,
  OrderStatus,
  OrderType,
  ParentType,
  Side,
  StandardFormatterName,
  StopType,
} from './constants';
import type { ReadonlyWatchedValue } from './observables';

export type DurationType = 'day' | 'gtc' | 'gtd' | 'ioc' | 'fok';

export interface OrderDuration {
  type: DurationType;
  /** End of a gtd order, in milliseconds. */
  datetime?: number;
}

/** Protection of a position: prices, and the pips by which a stop trails. */
export interface Brackets {
  takeProfit?: number;
  stopLoss?: number;
  guaranteedStop?: number;
  trailingStopPips?: number;
}

/** What a newer server says in words that this page does not know, by field: shown as it is, never acted on. */
export type UnknownWords<Field extends string> = Readonly<Partial<Record<Field, string>>>;

export interface PreOrder extends Brackets {
  symbol: string;
  type: OrderType;
  side: Side;
  qty: number;
  limitPrice?: number;
  stopPrice?: number;
  duration?: OrderDuration;
  isClose?: boolean;
  /** The caller's own name of the order; by it an order is found again when no answer came. */
  clientOrderId?: string;
  /** From a preview of the same order: it is refused if its terms have moved since. */
  confirmId?: string;
}

export interface Order extends Brackets {
  id: string;
  symbol: string;
  type: OrderType;
  side: Side;
  qty: number;
  status: OrderStatus;
  limitPrice?: number;
  stopPrice?: number;
  /** Of a stop that protects, or that follows the price. */
  stopType?: StopType;
  /** What a bracket protects. */
  parentId?: string;
  parentType?: ParentType;
  filledQty: number;
  avgPrice?: number;
  createTime: number;
  updateTime: number;
  duration: OrderDuration;
  clientOrderId?: string;
  message?: { type: 'information' | 'warning' | 'error'; text: string };
  unknown?: UnknownWords<'side' | 'type' | 'status'>;
  /** Journal offset of the last change: of two versions the larger is the newer. */
  offset: number;
}

export interface Position extends Brackets {
  id: string;
  symbol: string;
  /** Never negative; 0 is closed. */
  qty: number;
  side: Side;
  avgPrice: number;
  realizedPl: number;
  updateTime: number;
  unknown?: UnknownWords<'side'>;
  offset: number;
}

export interface Execution {
  id: string;
  orderId: string;
  symbol: string;
  side: Side;
  qty: number;
  price: number;
  time: number;
  commission: number;
  realizedPl?: number;
  unknown?: UnknownWords<'side'>;
}

export interface AccountMetainfo {
  id: string;
  name: string;
  type: string;
  currency: string;
  currencySign: string;
}

/** What the account is worth at the market's time. */
export interface Equity {
  balance: number;
  equity: number;
  unrealizedPl: number;
  realizedPl: number;
  marginUsed: number;
  marginAvailable: number;
  positions: { id: string; unrealizedPl: number }[];
  time: number;
}

export interface PlaceOrderResult {
  orderId: string;
}

export interface OrderPreviewResult {
  sections: { header?: string; rows: { title: string; value: string }[] }[];
  warnings: string[];
  errors: string[];
  estimatedPrice?: number;
  estimatedValue?: number;
  commission?: number;
  marginRequired?: number;
  buyingPowerAfter?: number;
  confirmId?: string;
}

export interface InstrumentInfo {
  qty: { min: number; max: number; step: number; default: number };
  pipValue: number;
  pipSize: number;
  minTick: number;
  description: string;
  type: string;
  currency: string;
  marginRate: number;
  bigPointValue: number;
}

export interface IsTradableResult {
  tradable: boolean;
  reason?: string;
}

export interface ActionMetaInfo {
  text: string;
  action: () => void;
  enabled?: boolean;
}

export interface TradeContext {
  symbol: string;
  /** The price under the cursor. */
  value: number | null;
  formattedValue: string;
}

export interface AccountManagerColumn {
  id: string;
  label: string;
  dataFields: string[];
  formatter: StandardFormatterName;
  alignment?: 'left' | 'right';
}

export interface AccountManagerInfo {
  accountTitle: string;
  summary: {
    text: string;
    wValue: ReadonlyWatchedValue<number | undefined>;
    formatter: StandardFormatterName;
    isDefault?: boolean;
  }[];
  orderColumns: AccountManagerColumn[];
  positionColumns: AccountManagerColumn[];
  historyColumns: AccountManagerColumn[];
  executionColumns: AccountManagerColumn[];
}

export interface BrokerApi {
  accountsMetainfo(): Promise<AccountMetainfo[]>;
  currentAccount(): string;
  connectionStatus(): ConnectionStatus;
  isTradable(symbol: string): Promise<IsTradableResult>;
  symbolInfo(symbol: string): Promise<InstrumentInfo>;
  accountManagerInfo(): AccountManagerInfo;
  chartContextMenuActions(context: TradeContext): Promise<ActionMetaInfo[]>;
  orders(): Promise<Order[]>;
  ordersHistory(): Promise<Order[]>;
  positions(): Promise<Position[]>;
  executions(symbol: string): Promise<Execution[]>;
  placeOrder(order: PreOrder, confirmId?: string): Promise<PlaceOrderResult>;
  previewOrder(order: PreOrder): Promise<OrderPreviewResult>;
  cancelOrder(orderId: string): Promise<void>;
  closePosition(positionId: string, amount?: number): Promise<void>;
  subscribeEquity(): void;
  unsubscribeEquity(): void;
}
