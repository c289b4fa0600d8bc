/** Writes the cells of the account manager by the standard formatter that a column names. */
import { formatOf } from '@/terminal/instrumentFormat';
import type { AccountManagerColumn } from '@/trading/broker';
import { OrderStatus, OrderType, Side, StandardFormatterName as Format } from '@/trading/constants';
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import { formatMoney, formatProfit, formatQuantity } from '@/ui/formats/numbers';
import { NO_VALUE } from '@/ui/formats/price';
import { formatDateTime } from '@/ui/formats/time';

/** A row of any table: its id, its symbol, and whatever fields its columns name. */
export type AccountRow = Readonly<Record<string, unknown>> & { readonly id: string; readonly symbol: string };

export interface Cell {
  text: string;
  tone?: 'up' | 'down' | 'muted';
  /** More than fits, for the tooltip. */
  title?: string;
}

/** What a cell may need beyond its row. */
export interface CellContext {
  instrument: (symbol: string) => LibrarySymbolInfo | undefined;
  zoneOf: (exchangeZone: string | undefined) => string | undefined;
}

const STATUS: Record<OrderStatus, Cell> = {
  [OrderStatus.Canceled]: { text: 'Canceled', tone: 'muted' },
  [OrderStatus.Filled]: { text: 'Filled', tone: 'up' },
  [OrderStatus.Inactive]: { text: 'Inactive', tone: 'muted' },
  [OrderStatus.Placing]: { text: 'Placing' },
  [OrderStatus.Rejected]: { text: 'Rejected', tone: 'down' },
  [OrderStatus.Working]: { text: 'Working' },
  [OrderStatus.Unknown]: { text: NO_VALUE, tone: 'muted' },
};

const TYPE: Record<OrderType, string> = {
  [OrderType.Limit]: 'Limit',
  [OrderType.Market]: 'Market',
  [OrderType.Stop]: 'Stop',
  [OrderType.StopLimit]: 'Stop limit',
  [OrderType.Unknown]: NO_VALUE,
};

const UNKNOWN_TITLE = 'The server is newer than this page; reload it.';
const EMPTY: Cell = { text: NO_VALUE, tone: 'muted' };

function nameIn<T extends number>(names: Record<T, string>, value: unknown): string | undefined {
  for (const key in names) if (Number(key) === value) return names[key];
  return undefined;
}

function statusCell(status: unknown, message: unknown): Cell {
  const known = Object.entries(STATUS).find(([key]) => Number(key) === status)?.[1] ?? EMPTY;
  const hasText = typeof message === 'object' && message !== null && 'text' in message;
  if (!hasText || typeof message.text !== 'string') return known;
  return { ...known, text: `${known.text}: ${message.text}`, title: message.text };
}

function sideCell(value: unknown, words: readonly [string, string]): Cell {
  return value === Side.Buy ? { text: words[0], tone: 'up' } : { text: words[1], tone: 'down' };
}

function profitCell(value: number): Cell {
  const text = formatProfit(value);
  if (Math.abs(value) < 0.005) return { text };
  return { text, tone: value > 0 ? 'up' : 'down' };
}

/** What a newer server says of this field in a word of its own, if it does. */
function unknownCell(row: AccountRow, field: string | undefined): Cell | undefined {
  const { unknown } = row;
  if (typeof unknown !== 'object' || unknown === null || field === undefined) return undefined;
  const word = Object.entries(unknown).find(([name]) => name === field)?.[1];
  return typeof word === 'string' ? { text: word, tone: 'muted', title: UNKNOWN_TITLE } : undefined;
}

function numberCell(column: AccountManagerColumn, value: number, info: LibrarySymbolInfo | undefined): Cell {
  switch (column.formatter) {
    case Format.FormatPrice:
      return { text: info === undefined ? String(value) : formatOf(info).price(value) };
    case Format.FormatQuantity:
      return { text: formatQuantity(value) };
    case Format.FixedInCurrency:
      return { text: formatMoney(value) };
    case Format.Profit:
      return profitCell(value);
    default:
      return { text: String(value) };
  }
}

/** The cell of `column` in `row`; what has no value is a dash. */
export function accountCell(column: AccountManagerColumn, row: AccountRow, context: CellContext): Cell {
  const [first, second] = column.dataFields;
  const value = first === undefined ? undefined : row[first];
  const info = context.instrument(row.symbol);
  const unknown = unknownCell(row, first);
  if (unknown !== undefined) return unknown;
  switch (column.formatter) {
    case Format.Side:
      return sideCell(value, ['Buy', 'Sell']);
    case Format.PositionSide:
      return sideCell(value, ['Long', 'Short']);
    case Format.Type:
      return { text: nameIn(TYPE, value) ?? NO_VALUE };
    case Format.Status:
      return statusCell(value, second === undefined ? undefined : row[second]);
    case Format.LocalDate:
      return typeof value === 'number'
        ? { text: formatDateTime(value, context.zoneOf(info?.timezone)), tone: 'muted' }
        : EMPTY;
    default:
      if (typeof value === 'number') return numberCell(column, value, info);
      return typeof value === 'string' && value !== '' ? { text: value } : EMPTY;
  }
}
