/** The whole way on the simulated market: from the search to the filled order. */
import { expect, test } from '../support/test.ts';

const WITHIN_A_SECOND = { timeout: 1_000 };

test('the market is labelled simulated and its quotes move', async ({ terminal, server }) => {
  await terminal.open(server.url);
  await expect(terminal.get('data-kind').first()).toContainText(/simulated/i);
  const row = terminal.get(/^watchlist-row-/).first();
  const before = await row.innerText();
  await expect(row).not.toHaveText(before);
});

test('a symbol is found and shown at every resolution', async ({ terminal, server, page }) => {
  await terminal.open(server.url);
  await terminal.search('futr', /Index future/);
  await expect(terminal.chart).toContainText('FUTR');
  for (const resolution of ['5', '15', '60', '1D', '1']) {
    const bars = page.waitForResponse(
      (answer) => answer.url().includes('/bars') && answer.url().includes(`resolution=${resolution}&`),
    );
    await terminal.get(`resolution-${resolution}`).click();
    const { bars: shown } = (await (await bars).json()) as { bars: unknown[] };
    expect(shown.length).toBeGreaterThan(10);
  }
});

test('a market order fills and everything shows within a second', async ({ terminal, server }) => {
  await terminal.open(server.url);
  await terminal.search('ALFA', /Alfa Industries/);
  const equity = await terminal.get('equity').innerText();
  await terminal.tab('positions');
  await terminal.place({ side: 'buy', quantity: 250 });
  await expect(terminal.get('position-row-ALFA')).toBeVisible(WITHIN_A_SECOND);
  await expect(terminal.get('notification').first()).toContainText(/ALFA/, WITHIN_A_SECOND);
  await expect(terminal.get('equity')).not.toHaveText(equity, { timeout: 2_000 });
  await expect(terminal.get('position-row-ALFA')).toContainText('250');

  const [position] = await terminal.api<{ avgPrice: number }[]>('broker/positions');
  const { executions } = await terminal.api<{ executions: { price: number; id: string; orderId: string }[] }>(
    'broker/executions',
  );
  const execution = executions[0];
  expect(execution?.price).toBe(position?.avgPrice);
  await terminal.tab('executions');
  await expect(terminal.get(`execution-row-${execution?.id}`)).toContainText(String(execution?.price));
  await terminal.tab('history');
  await expect(terminal.get(`history-row-${execution?.orderId}`)).toContainText(/filled/i);
  await terminal.tab('account');
  await expect(terminal.page.getByText(/buying power|available/i).first()).toBeVisible();
});

test('a limit order away from the market works and is canceled', async ({ terminal, server }) => {
  await terminal.open(server.url);
  await terminal.search('ALFA', /Alfa Industries/);
  await terminal.tab('orders');
  await terminal.place({ side: 'buy', quantity: 10, limit: Math.floor(await terminal.bid('ALFA')) - 5 });
  const row = terminal.get(/^order-row-/);
  await expect(row).toContainText('ALFA', WITHIN_A_SECOND);
  await terminal.get(/^order-cancel-/).click();
  await expect(row).toHaveCount(0, WITHIN_A_SECOND);
  await terminal.tab('history');
  await expect(terminal.get(/^history-row-/)).toContainText(/cancell?ed/i);
});

test('a refusal stands beside its field and nothing is placed', async ({
  terminal,
  server,
  expectedComplaints,
}) => {
  expectedComplaints.push(/status of 422/);
  await terminal.open(server.url);
  await terminal.search('ALFA', /Alfa Industries/);
  await terminal.get('ticket-side-buy').click();
  await terminal.get('ticket-type-market').click();
  await terminal.get('ticket-qty').fill('1000000');
  const submit = terminal.get('ticket-submit');
  if (await submit.isEnabled()) await submit.click();
  await expect(terminal.get('ticket-error').first()).toContainText(/not enough buying power/);
  await expect(terminal.get('ticket-qty')).toHaveValue(/1.?000.?000/);
  expect(await terminal.api('broker/orders')).toEqual([]);
});
