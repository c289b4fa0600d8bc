/**
 * Values of the charting industry's enumerations, as own constants: adapters of any host speak the same numbers.
 * `Unknown` is ours: what a server newer than this page says in a word that the page does not know.
 */

export const Side = { Buy: 1, Sell: -1, Unknown: 0 } as const;
export type Side = (typeof Side)[keyof typeof Side];

export const OrderStatus = {
  Canceled: 1,
  Filled: 2,
  Inactive: 3,
  Placing: 4,
  Rejected: 5,
  Working: 6,
  Unknown: 0,
} as const;
export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

export const OrderType = { Limit: 1, Market: 2, Stop: 3, StopLimit: 4, Unknown: 0 } as const;
export type OrderType = (typeof OrderType)[keyof typeof OrderType];

export const StopType = { StopLoss: 0, TrailingStop: 1, GuaranteedStop: 2 } as const;
export type StopType = (typeof StopType)[keyof typeof StopType];

export const ParentType = { Order: 1, Position: 2 } as const;
export type ParentType = (typeof ParentType)[keyof typeof ParentType];

export const ConnectionStatus = { Connected: 1, Connecting: 2, Disconnected: 3, Error: 4 } as const;
export type ConnectionStatus = (typeof ConnectionStatus)[keyof typeof ConnectionStatus];

export const NotificationType = { Error: 0, Success: 1 } as const;
export type NotificationType = (typeof NotificationType)[keyof typeof NotificationType];

export const StandardFormatterName = {
  Text: 'text',
  Symbol: 'symbol',
  Side: 'side',
  PositionSide: 'positionSide',
  Type: 'type',
  Status: 'status',
  FormatPrice: 'formatPrice',
  FormatQuantity: 'formatQuantity',
  FixedInCurrency: 'fixedInCurrency',
  Profit: 'profit',
  LocalDate: 'localDate',
} as const;
export type StandardFormatterName = (typeof StandardFormatterName)[keyof typeof StandardFormatterName];

/** From these no order ever returns. */
export function isFinal(status: OrderStatus): boolean {
  return status === OrderStatus.Canceled || status === OrderStatus.Filled || status === OrderStatus.Rejected;
}

/** Whether the order may be changed or canceled; one in a state that the page does not know is left alone. */
export function isEditable(status: OrderStatus): boolean {
  return status !== OrderStatus.Unknown && !isFinal(status);
}

export function oppositeSide(side: Side): Side {
  return side === Side.Buy ? Side.Sell : Side.Buy;
}
