// Made from the AsyncAPI file of the module "broker" by "npm run generate"; never edited.

import type {
  BrokerConnectionStatus,
  BrokerConnectionSubscriptionRequest,
  EquityData,
  EquitySubscriptionRequest,
  Execution,
  ExecutionsSubscriptionRequest,
  OrdersSubscriptionRequest,
  PlacedOrder,
  Position,
  PositionsSubscriptionRequest,
} from './messages';
import * as shapes from './shapes';

export type * from './messages';

/** What each stream of the module "broker" is asked with, and what it brings. */
export interface BrokerRoutes {
  'broker-connection': {
    request: BrokerConnectionSubscriptionRequest;
    data: BrokerConnectionStatus;
    delivery: 'latest';
  };
  equity: { request: EquitySubscriptionRequest; data: EquityData; delivery: 'latest' };
  executions: { request: ExecutionsSubscriptionRequest; data: Execution; delivery: 'journal' };
  orders: { request: OrdersSubscriptionRequest; data: PlacedOrder; delivery: 'journal' };
  positions: { request: PositionsSubscriptionRequest; data: Position; delivery: 'journal' };
}

/** The same where types are gone: how each stream is delivered, and what its data holds at least. */
export const BROKER_ROUTES: {
  readonly [R in keyof BrokerRoutes]: {
    readonly delivery: BrokerRoutes[R]['delivery'];
    readonly shape: shapes.Shape<BrokerRoutes[R]['data']>;
  };
} = {
  'broker-connection': { delivery: 'latest', shape: shapes.BrokerConnectionStatus },
  equity: { delivery: 'latest', shape: shapes.EquityData },
  executions: { delivery: 'journal', shape: shapes.Execution },
  orders: { delivery: 'journal', shape: shapes.PlacedOrder },
  positions: { delivery: 'journal', shape: shapes.Position },
};
