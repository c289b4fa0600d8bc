/** The whole way on a recorded market: SPY on 4 October 2013. */
import { RECORDINGS, WHY_NO_REPLAY } from '../support/environment.ts';
import { expect, test } from '../support/test.ts';

const START = '2013-10-04T13:35:00Z';

test.use({
  serverOptions: ['--market', 'replay', '--data', RECORDINGS, '--start', START, '--speed', '60', '--paused'],
});
test.skip(WHY_NO_REPLAY !== undefined, WHY_NO_REPLAY ?? '');

test('orders fill as the recorded market reaches them', async ({ terminal, server }) => {
  await terminal.open(server.url);
  await expect(terminal.get('data-kind').first()).toContainText(/replay/i);
  await terminal.search('SPY', /SPY/);
  await expect(terminal.chart).toContainText('SPY');

  await terminal.tab('orders');
  await terminal.place({ side: 'buy', quantity: 100, limit: 167.6 });
  const row = terminal.get(/^order-row-/);
  await expect(row).toContainText('167.6');
  await terminal.get('replay-pause').click();
  await expect(row).toHaveCount(0, { timeout: 30_000 });
  await terminal.get('replay-pause').click();

  await terminal.tab('positions');
  await expect(terminal.get('position-row-SPY')).toContainText('100');
  const { executions } = await terminal.api<{ executions: { price: number; time: number }[] }>(
    'broker/executions',
  );
  expect(executions.map(({ price }) => price)).toEqual([167.6]);
  const minute = new Date(executions[0]?.time ?? 0).toISOString().slice(0, 16);
  expect(minute).toBe('2013-10-04T13:39');
});

test('the speed is chosen on the page', async ({ terminal, server }) => {
  await terminal.open(server.url);
  await terminal.get('replay-speed').selectOption('1000');
  await terminal.get('replay-pause').click();
  await expect
    .poll(async () => terminal.api('datafeed/replay'))
    .toMatchObject({ speed: 1000, playing: true, finished: false });
});
