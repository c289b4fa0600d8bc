/** The core module over HTTP. */
import type { paths as Core_Paths_Api_Backend } from '@/clients_generated/trader-client-core/schema';
import type { CoreGateway } from '@/trading/gateways';
import { answered, createApiClient, type ApiOptions } from './apiAdapter';

export function createCoreGateway(options: ApiOptions): CoreGateway {
  const api = createApiClient<Core_Paths_Api_Backend>('core', options);
  return {
    async inventory() {
      const [health, versions, modules] = await Promise.all([
        answered(api.GET('/health')),
        answered(api.GET('/versions')),
        answered(api.GET('/modules')),
      ]);
      return { health, versions, modules };
    },
  };
}
