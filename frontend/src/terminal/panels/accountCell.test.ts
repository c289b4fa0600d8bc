import { describe, expect, it } from 'vitest';

import { bond, stock } from '@/testing/instruments';
import { accountCell, type AccountRow, type CellContext } from '@/terminal/panels/accountCell';
import { OrderStatus, OrderType, Side, StandardFormatterName as Format } from '@/trading/constants';

const context: CellContext = {
  instrument: (symbol) => (symbol === 'BOND' ? bond : symbol === 'ALFA' ? stock : undefined),
  zoneOf: (zone) => zone,
};

function cell(
  formatter: Format,
  fields: Record<string, unknown>,
  symbol = 'ALFA',
): ReturnType<typeof accountCell> {
  const row: AccountRow = { id: '1', symbol, ...fields };
  return accountCell({ id: 'x', label: 'X', dataFields: Object.keys(fields), formatter }, row, context);
}

describe('accountCell', () => {
  it("writes prices in the row's own instrument", () => {
    expect(cell(Format.FormatPrice, { price: 111.5 }).text).toBe('111.50');
    expect(cell(Format.FormatPrice, { price: 111.5 }, 'BOND').text).toBe("111'16");
    expect(cell(Format.FormatPrice, { price: 111.5 }, 'NEW').text).toBe('111.5');
  });

  it('colours profits by their sign, and zero not at all', () => {
    expect(cell(Format.Profit, { pl: 12.5 })).toEqual({ text: '+12.50', tone: 'up' });
    expect(cell(Format.Profit, { pl: -3 })).toEqual({ text: '\u22123.00', tone: 'down' });
    expect(cell(Format.Profit, { pl: -0.001 })).toEqual({ text: '0.00' });
  });

  it('names sides for orders and for positions', () => {
    expect(cell(Format.Side, { side: Side.Sell }).text).toBe('Sell');
    expect(cell(Format.PositionSide, { side: Side.Buy }).text).toBe('Long');
  });

  it('shows a word that only a newer server knows as it is', () => {
    const unknown = { status: 'suspended', side: 'sell_short' };
    const status = cell(Format.Status, { status: OrderStatus.Unknown, unknown });
    expect(status).toMatchObject({ text: 'suspended', title: expect.stringContaining('reload') });
    expect(cell(Format.Side, { side: Side.Unknown, unknown }).text).toBe('sell_short');
    expect(cell(Format.Type, { type: OrderType.Limit, unknown }).text).toBe('Limit');
  });

  it('gives the reason beside the status', () => {
    const message = { type: 'error', text: 'no liquidity' };
    expect(cell(Format.Status, { status: OrderStatus.Rejected, message })).toMatchObject({
      text: 'Rejected: no liquidity',
      tone: 'down',
    });
    expect(cell(Format.Status, { status: OrderStatus.Working, message: undefined }).text).toBe('Working');
  });

  it("writes times in the exchange's zone, daylight saving included", () => {
    const summer = Date.UTC(2013, 6, 1, 13, 30);
    const winter = Date.UTC(2013, 11, 2, 14, 30);
    expect(cell(Format.LocalDate, { time: summer }).text).toContain('09:30:00');
    expect(cell(Format.LocalDate, { time: winter }).text).toContain('09:30:00');
  });

  it('writes a dash for what has no value', () => {
    expect(cell(Format.FormatPrice, { price: undefined })).toEqual({ text: '–', tone: 'muted' });
    expect(cell(Format.Text, { id: '' }).text).toBe('–');
  });
});
