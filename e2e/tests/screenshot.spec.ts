/** The picture of the README, renewed with SCREENSHOTS=1. */
import { join } from 'node:path';

import { RECORDINGS, ROOT, WHY_NO_REPLAY } from '../support/environment.ts';
import { expect, test } from '../support/test.ts';

test.use({
  viewport: { width: 1600, height: 900 },
  serverOptions: ['--market', 'replay', '--data', RECORDINGS, '--start', '2013-10-09T18:30:00Z', '--paused'],
});
test.skip(WHY_NO_REPLAY !== undefined, WHY_NO_REPLAY ?? '');

test('the terminal with a position and a working order', async ({ terminal, server, page }, information) => {
  await terminal.open(server.url);
  await terminal.search('SPY', /SPY/);
  await terminal.place({ side: 'buy', quantity: 100 });
  await terminal.place({ side: 'sell', quantity: 100, limit: 167 });
  await terminal.get('resolution-5').click();
  await terminal.tab('positions');
  await expect(terminal.get('position-row-SPY')).toBeVisible();
  await expect(terminal.get('notification')).toHaveCount(0, { timeout: 30_000 });
  const path = process.env['SCREENSHOTS']
    ? join(ROOT, 'docs/images/terminal.png')
    : information.outputPath('terminal.png');
  await page.screenshot({ path, animations: 'disabled' });
});
