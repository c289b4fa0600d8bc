// @vitest-environment node
// What a page imports of the clients is all that it loads of them.
import { describe, expect, it, vi } from 'vitest';
import { bundled } from './bundle.mjs';

vi.setConfig({ testTimeout: 20_000 });

const DATAFEED = `
import { createDatafeedClient } from '@/clients_generated/trader-client-datafeed';
import { Bar } from '@/clients_generated/trader-client-datafeed/shapes';
import { DATAFEED_ROUTES } from '@/clients_generated/ws-types-datafeed';
export const used = [createDatafeedClient, Bar, DATAFEED_ROUTES];
`;
const BROKER = `
import { createBrokerClient } from '@/clients_generated/trader-client-broker';
import { PlacedOrder } from '@/clients_generated/trader-client-broker/shapes';
import { BROKER_ROUTES } from '@/clients_generated/ws-types-broker';
export const traded = [createBrokerClient, PlacedOrder, BROKER_ROUTES];
`;
/** Words that only the broker's code has. */
const BROKER_WORDS = /unrealizedPL|filledQty|executions|equity/g;

const brokerWordsIn = (code) => [...new Set(code.match(BROKER_WORDS) ?? [])].sort();

describe('a page that imports the datafeed', () => {
  it('has no code of the broker', async () => {
    const { code } = await bundled(DATAFEED);
    expect(code).toContain('quotes');
    expect(brokerWordsIn(code)).toEqual([]);
  });

  it('has it as soon as it imports the broker too', async () => {
    const { code } = await bundled(DATAFEED + BROKER);
    expect(brokerWordsIn(code)).toEqual(['equity', 'executions', 'filledQty', 'unrealizedPL']);
  });

  it('has no shapes that it does not use', async () => {
    const { code } = await bundled(DATAFEED);
    expect(code).toContain('market_status');
    expect(code).not.toContain('supported_resolutions');
  });
});

it('a page that imports only types loads nothing', async () => {
  const types = `import type { BrokerRoutes } from '@/clients_generated/ws-types-broker';
    export const route: keyof BrokerRoutes = 'orders';`;
  expect((await bundled(types)).code).not.toContain('journal');
});
