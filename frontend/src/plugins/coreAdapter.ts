/** The core module over HTTP. */
import { createCoreClient } from '@/clients_generated/trader-client-core';
import * as shapes from '@/clients_generated/trader-client-core/shapes';
import type { CoreGateway } from '@/trading/gateways';
import { answered, clientOptions, type ApiOptions } from './apiAdapter';
import { listOf } from './contract';
import * as map from './mappers';

const VERSIONS = listOf(shapes.ApiVersion);
const MODULES = listOf(shapes.ModuleInfo);

export function createCoreGateway(options: ApiOptions): CoreGateway {
  const api = createCoreClient(clientOptions('core', options));
  return {
    async inventory() {
      const [health, versions, modules] = await Promise.all([
        answered(api.GET('/health'), shapes.Health),
        answered(api.GET('/versions'), VERSIONS),
        answered(api.GET('/modules'), MODULES),
      ]);
      return map.inventoryFromWire(health, versions, modules);
    },
  };
}
