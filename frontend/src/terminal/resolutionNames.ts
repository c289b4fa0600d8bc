/** Resolutions as traders say them. */
import type { Resolution } from '@/trading/datafeed';

export const RESOLUTION_NAMES: Record<Resolution, string> = {
  '1': '1m',
  '5': '5m',
  '15': '15m',
  '60': '1h',
  '1D': '1D',
};
