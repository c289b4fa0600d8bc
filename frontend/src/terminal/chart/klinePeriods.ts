/** Resolution strings of the datafeed as periods of klinecharts. */
import type { Period } from 'klinecharts';

const UNITS = { S: 'second', D: 'day', W: 'week', M: 'month' } as const;

/** `15` is minutes, `60` an hour, `1D` a day. Throws on anything else. */
export function periodOf(resolution: string): Period {
  const match = /^(\d*)([SDWM]?)$/.exec(resolution);
  const span = match?.[1] === '' ? 1 : Number(match?.[1]);
  if (match === null || !(span > 0)) throw new Error(`resolution ${JSON.stringify(resolution)} is not known`);
  const unit = match[2];
  if (unit === 'S' || unit === 'D' || unit === 'W' || unit === 'M') return { type: UNITS[unit], span };
  if (match[1] === '') throw new Error('an empty resolution is not known');
  return span % 60 === 0 ? { type: 'hour', span: span / 60 } : { type: 'minute', span };
}

/** Daily and longer bars carry their trading day as 00:00 UTC and are written as that day. */
export function isDaily(resolution: string): boolean {
  return /[DWM]$/.test(resolution);
}
