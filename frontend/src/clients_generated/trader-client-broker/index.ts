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
export type DurationType = components['schemas']['DurationType'];
export type EquityData = components['schemas']['EquityData'];
export type Execution = components['schemas']['Execution'];
export type ExecutionsPage = components['schemas']['ExecutionsPage'];
export type FieldProblem = components['schemas']['FieldProblem'];
export type OrderDuration = components['schemas']['OrderDuration'];
export type OrderPreview = components['schemas']['OrderPreview'];
export type OrderStatus = components['schemas']['OrderStatus'];
export type OrderType = components['schemas']['OrderType'];
export type OrdersPage = components['schemas']['OrdersPage'];
export type PlaceOrderResult = components['schemas']['PlaceOrderResult'];
export type PlacedOrder = components['schemas']['PlacedOrder'];
export type Position = components['schemas']['Position'];
export type PositionProfit = components['schemas']['PositionProfit'];
export type PreOrder = components['schemas']['PreOrder'];
export type PreviewRow = components['schemas']['PreviewRow'];
export type PreviewSection = components['schemas']['PreviewSection'];
export type Problem = components['schemas']['Problem'];
export type Side = components['schemas']['Side'];
