/** The design tokens in the words of klinecharts. */
import type { DeepPartial, StateTextStyle, Styles, TextStyle } from 'klinecharts';

import type { ChartTheme } from '@/terminal/chart/ChartEngine';

const SIZE = 11;

function label(theme: ChartTheme, background: string): Partial<TextStyle> {
  return {
    color: theme.text,
    backgroundColor: background,
    borderColor: background,
    borderSize: 0,
    borderRadius: 2,
    size: SIZE,
    family: theme.font,
    paddingLeft: 5,
    paddingRight: 5,
    paddingTop: 3,
    paddingBottom: 3,
  };
}

function crosshair(theme: ChartTheme): Partial<StateTextStyle> {
  return { ...label(theme, theme.raised), show: true };
}

function axis(theme: ChartTheme): DeepPartial<Styles['xAxis']> {
  return {
    axisLine: { show: true, color: theme.border },
    tickLine: { show: false },
    tickText: { color: theme.muted, size: SIZE, family: theme.font },
  };
}

function candles(theme: ChartTheme): DeepPartial<Styles['candle']> {
  const { up, down } = theme;
  const colors = { upColor: up, downColor: down, noChangeColor: theme.muted };
  return {
    type: 'candle_solid',
    bar: {
      ...colors,
      upBorderColor: up,
      downBorderColor: down,
      noChangeBorderColor: theme.muted,
      upWickColor: up,
      downWickColor: down,
      noChangeWickColor: theme.muted,
    },
    priceMark: {
      high: { show: false },
      low: { show: false },
      last: {
        ...colors,
        line: { show: true, style: 'dashed', dashedValue: [2, 3], size: 1 },
        text: { ...label(theme, theme.panel), show: true, color: theme.onUp, weight: 600 },
      },
    },
    tooltip: { showRule: 'none' },
  };
}

/** Everything klinecharts draws, in the terminal's colours. */
export function chartStyles(theme: ChartTheme): DeepPartial<Styles> {
  const line = { color: theme.muted, style: 'dashed' as const, dashedValue: [3, 3], size: 1 };
  return {
    grid: {
      horizontal: { color: theme.grid, style: 'solid', size: 1 },
      vertical: { color: theme.grid, style: 'solid', size: 1 },
    },
    candle: candles(theme),
    indicator: {
      bars: [{ upColor: `${theme.up}66`, downColor: `${theme.down}66`, noChangeColor: `${theme.muted}66` }],
      lastValueMark: { show: false },
      tooltip: { showRule: 'none' },
    },
    xAxis: axis(theme),
    yAxis: axis(theme),
    separator: { size: 1, color: theme.border, activeBackgroundColor: `${theme.accent}22` },
    crosshair: {
      horizontal: { line, text: crosshair(theme) },
      vertical: { line, text: crosshair(theme) },
    },
  };
}
