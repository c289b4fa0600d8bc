/** Reads the design tokens for what is drawn on a canvas, which no style sheet reaches. */
import type { ChartTheme } from '@/terminal/chart/ChartEngine';

export function readChartTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: token('--font-ui'),
    text: token('--text'),
    muted: token('--muted'),
    grid: token('--raised'),
    border: token('--border'),
    raised: token('--border-strong'),
    panel: token('--panel'),
    accent: token('--accent'),
    up: token('--up'),
    down: token('--down'),
    onUp: token('--on-up'),
    onDown: token('--on-down'),
  };
}
