/** What the account manager shows: its columns, and the values of its summary. */
import type { AccountManagerColumn, AccountManagerInfo, Equity } from '@/trading/broker';
import { StandardFormatterName as Format } from '@/trading/constants';
import type { HostFactory } from '@/trading/host';
import type { WatchedValue } from '@/trading/observables';

type Amount = Exclude<keyof Equity, 'positions' | 'time'>;

const SUMMARY: { text: string; amount: Amount; isDefault: boolean; profit?: true }[] = [
  { text: 'Equity', amount: 'equity', isDefault: true },
  { text: 'Balance', amount: 'balance', isDefault: true },
  { text: 'Open P/L', amount: 'unrealizedPl', isDefault: true, profit: true },
  { text: 'Realized P/L', amount: 'realizedPl', isDefault: true, profit: true },
  { text: 'Margin used', amount: 'marginUsed', isDefault: false },
  { text: 'Margin available', amount: 'marginAvailable', isDefault: false },
];

function column(
  id: string,
  label: string,
  formatter: AccountManagerColumn['formatter'],
  dataFields: string[] = [id],
): AccountManagerColumn {
  const numeric: AccountManagerColumn['formatter'][] = [
    Format.FormatPrice,
    Format.FormatQuantity,
    Format.FixedInCurrency,
    Format.Profit,
  ];
  return { id, label, formatter, dataFields, alignment: numeric.includes(formatter) ? 'right' : 'left' };
}

const symbol = column('symbol', 'Symbol', Format.Symbol);
const side = column('side', 'Side', Format.Side);
const qty = column('qty', 'Quantity', Format.FormatQuantity);

const ORDER_COLUMNS = [
  symbol,
  side,
  column('type', 'Type', Format.Type),
  qty,
  column('filledQty', 'Filled', Format.FormatQuantity),
  column('limitPrice', 'Limit price', Format.FormatPrice),
  column('stopPrice', 'Stop price', Format.FormatPrice),
  column('avgPrice', 'Average fill', Format.FormatPrice),
  column('status', 'Status', Format.Status, ['status', 'message']),
  column('duration', 'Duration', Format.Text),
  column('updateTime', 'Updated', Format.LocalDate),
  column('id', 'Order', Format.Text),
];

const POSITION_COLUMNS = [
  symbol,
  column('side', 'Side', Format.PositionSide),
  qty,
  column('avgPrice', 'Average price', Format.FormatPrice),
  column('last', 'Last price', Format.FormatPrice),
  column('pl', 'Open P/L', Format.Profit),
  column('realizedPl', 'Realized P/L', Format.Profit),
  column('updateTime', 'Updated', Format.LocalDate),
];

const EXECUTION_COLUMNS = [
  column('time', 'Time', Format.LocalDate),
  symbol,
  side,
  qty,
  column('price', 'Price', Format.FormatPrice),
  column('commission', 'Commission', Format.FixedInCurrency),
  column('realizedPl', 'Realized P/L', Format.Profit),
  column('orderId', 'Order', Format.Text),
  column('id', 'Execution', Format.Text),
];

/** The account's amounts as observable values, set by each message of the equity stream. */
export class AccountSummary {
  private readonly values: Record<Amount, WatchedValue<number | undefined>>;

  constructor(factory: HostFactory) {
    const unknown = (): WatchedValue<number | undefined> => factory.createWatchedValue(undefined);
    this.values = {
      balance: unknown(),
      equity: unknown(),
      unrealizedPl: unknown(),
      realizedPl: unknown(),
      marginUsed: unknown(),
      marginAvailable: unknown(),
    };
  }

  take(equity: Equity): void {
    for (const { amount } of SUMMARY) this.values[amount].setValue(equity[amount]);
  }

  info(accountTitle: string): AccountManagerInfo {
    return {
      accountTitle,
      summary: SUMMARY.map(({ text, amount, isDefault, profit }) => ({
        text,
        isDefault,
        wValue: this.values[amount],
        formatter: profit ? Format.Profit : Format.FixedInCurrency,
      })),
      orderColumns: ORDER_COLUMNS,
      positionColumns: POSITION_COLUMNS,
      historyColumns: ORDER_COLUMNS,
      executionColumns: EXECUTION_COLUMNS,
    };
  }
}
