/** What the machine offers to the tests, and what to do where it does not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const CHROMIUM = process.env['CHROMIUM'] || '/usr/bin/chromium';
export const RECORDINGS = resolve(ROOT, process.env['TRADING_MARKET_DATA'] || '../shared/data');

const noBrowser = existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM} (set CHROMIUM)`;
if (noBrowser !== undefined && process.env['CI'] === 'true') throw new Error(noBrowser);

/** Why no test can run, if none can. */
export const WHY_NO_TESTS = noBrowser;

/** Why no test on recorded markets can run, if none can. */
export const WHY_NO_REPLAY = existsSync(RECORDINGS)
  ? undefined
  : `no recorded market data in ${RECORDINGS} (set TRADING_MARKET_DATA)`;
