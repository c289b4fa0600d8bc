/** A server that is killed and started again: the page comes back by itself and shows the same. */
import { expect, test } from '../support/test.ts';

test('the page reconnects and shows what it showed', async ({ terminal, server, expectedComplaints }) => {
  expectedComplaints.push(
    /ERR_CONNECTION_REFUSED|WebSocket connection to .* failed|ERR_EMPTY_RESPONSE|ERR_SOCKET/,
  );
  await terminal.open(server.url);
  await terminal.search('ALFA', /Alfa Industries/);
  await terminal.tab('positions');
  await terminal.place({ side: 'sell', quantity: 40 });
  await expect(terminal.get('position-row-ALFA')).toBeVisible();
  await terminal.tab('orders');
  await terminal.place({ side: 'sell', quantity: 7, limit: Math.ceil(await terminal.bid('ALFA')) + 5 });
  const order = terminal.get(/^order-row-/);
  await expect(order).toHaveCount(1);
  const before = await order.textContent();
  const stored = await Promise.all(
    ['broker/orders', 'broker/positions', 'broker/executions'].map((path) => terminal.api(path)),
  );

  await server.kill();
  await expect(terminal.get('connection-state')).not.toContainText(/^\s*live/i);
  await server.start();
  await terminal.isLive();

  await expect(order).toHaveText(before ?? '');
  const restored = await Promise.all(
    ['broker/orders', 'broker/positions', 'broker/executions'].map((path) => terminal.api(path)),
  );
  expect(restored).toEqual(stored);
  await terminal.place({ side: 'buy', quantity: 40 });
  await terminal.tab('positions');
  await expect(terminal.get('position-row-ALFA')).toHaveCount(0);
});
