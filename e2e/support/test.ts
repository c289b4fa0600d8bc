/** `test` with a server of its own and a page that may neither complain nor ask another host. */
import { test as base, type ConsoleMessage } from '@playwright/test';

import { WHY_NO_TESTS } from './environment.ts';
import { Server } from './server.ts';
import { Terminal } from './terminal.ts';

interface Fixtures {
  needsBrowser: void;
  /** Options of `trading-pro serve`. */
  serverOptions: readonly string[];
  server: Server;
  terminal: Terminal;
  /** Add patterns of what the browser says while a server is away on purpose. */
  expectedComplaints: RegExp[];
}

export const test = base.extend<Fixtures>({
  needsBrowser: [
    async ({}, use, information) => {
      information.skip(WHY_NO_TESTS !== undefined, WHY_NO_TESTS ?? '');
      await use();
    },
    { auto: true },
  ],
  serverOptions: [[], { option: true }],
  expectedComplaints: async ({}, use) => use([]),
  server: async ({ serverOptions }, use) => {
    const server = new Server(serverOptions);
    await server.start();
    await use(server);
    await server.remove();
  },
  baseURL: async ({ server }, use) => use(server.url),
  terminal: async ({ page, server, expectedComplaints }, use) => {
    const complaints: string[] = [];
    page.on('console', (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const foreign: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== server.url) foreign.push(request.url());
    });
    await use(new Terminal(page));
    const unexpected = complaints.filter((text) => !expectedComplaints.some((known) => known.test(text)));
    base.expect(unexpected, 'complaints of the page').toEqual([]);
    base.expect(foreign, 'requests to other hosts').toEqual([]);
  },
});

export { expect } from '@playwright/test';
