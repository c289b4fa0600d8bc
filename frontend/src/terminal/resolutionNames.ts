/** Resolutions as traders say them. */
import { isDaily } from '@/terminal/chart/klinePeriods';
import { FAVOURITES, type Resolution } from '@/trading/datafeed';

/** `15S` is 15s, `60` an hour, `90` 90m, `3M` three months. */
export function resolutionName(resolution: Resolution): string {
  if (isDaily(resolution)) return resolution;
  if (resolution.endsWith('S')) return `${resolution.slice(0, -1)}s`;
  const minutes = Number(resolution);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** What is always in sight: the favourites that there are, and the chosen one, in the order of length. */
export function inSight(offered: readonly Resolution[], chosen: Resolution): Resolution[] {
  return offered.filter((one) => one === chosen || FAVOURITES.includes(one));
}

/** The choice if there is such a chart of the symbol; otherwise a favourite, or the first that there is. */
export function nearestOffered(offered: readonly Resolution[], chosen: Resolution): Resolution {
  if (offered.length === 0 || offered.includes(chosen)) return chosen;
  return FAVOURITES.find((one) => offered.includes(one)) ?? offered[0] ?? chosen;
}

export interface ResolutionGroup {
  title: string;
  resolutions: Resolution[];
}

/** All that are offered, by kind. */
export function grouped(offered: readonly Resolution[]): ResolutionGroup[] {
  const kinds: [string, (one: Resolution) => boolean][] = [
    ['Seconds', (one) => one.endsWith('S')],
    ['Minutes', (one) => /^\d+$/.test(one) && Number(one) % 60 !== 0],
    ['Hours', (one) => /^\d+$/.test(one) && Number(one) % 60 === 0],
    ['Days and longer', isDaily],
  ];
  return kinds
    .map(([title, belongs]) => ({ title, resolutions: offered.filter(belongs) }))
    .filter((group) => group.resolutions.length > 0);
}
