import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';

import { useMarket } from '@/stores/market';
import { useWorkspace } from '@/stores/workspace';
import { forex, instrument, stock } from '@/testing/instruments';
import { mount, usePinia } from '@/testing/mounting';
import type { Outcome } from '@/terminal/commands/orderCommands';
import OrderTicket from '@/terminal/panels/OrderTicket.vue';
import type { PreOrder } from '@/trading/broker';
import { OrderType, Side } from '@/trading/constants';
import type { LibrarySymbolInfo } from '@/trading/datafeed';

const previewOrder = vi.fn();
const place = vi.fn<(order: PreOrder) => Promise<Outcome>>();
let end: () => void = () => undefined;
let element: HTMLElement;

async function open(info: LibrarySymbolInfo): Promise<void> {
  const pinia = usePinia();
  const market = useMarket();
  market.feed = { kind: 'simulated', time: 0, symbols: [] };
  market.instruments.set(info.ticker, info);
  market.applyQuotes([{ s: 'ok', n: info.ticker, v: { bid: 107.16, ask: 107.18 } }]);
  useWorkspace().show(info.ticker);
  ({ element, end } = mount(OrderTicket, { broker: { previewOrder }, orders: { place } }, pinia));
  await nextTick();
}

function field<T extends HTMLElement = HTMLInputElement>(testId: string): T {
  const found = element.querySelector<T>(`[data-testid="${testId}"]`);
  if (found === null) throw new Error(`there is no ${testId}`);
  return found;
}

async function type(testId: string, text: string): Promise<void> {
  const input = field(testId);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await nextTick();
}

async function click(testId: string): Promise<void> {
  field(testId).click();
  await nextTick();
}

async function send(): Promise<void> {
  element.querySelector('form')?.dispatchEvent(new Event('submit'));
  await nextTick();
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    callback(0);
    return 1;
  });
  previewOrder.mockReset().mockResolvedValue({ sections: [], warnings: [], errors: [] });
  place.mockReset().mockResolvedValue({ accepted: true });
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('OrderTicket', () => {
  it('sends a market order with a name of its own', async () => {
    await open(stock);
    await click('ticket-side-sell');
    await type('ticket-qty', '25');
    await send();
    const [order] = place.mock.calls[0] ?? [];
    expect(order).toMatchObject({ symbol: 'ALFA', side: Side.Sell, type: OrderType.Market, qty: 25 });
    expect(order?.clientOrderId).toMatch(/^[0-9a-f-]{36}$/);
    expect(order).not.toHaveProperty('limitPrice');
  });

  it('starts a limit at the near side of the quote', async () => {
    await open(stock);
    await click('ticket-type-limit');
    expect(field('ticket-limit-price').value).toBe('107.16');
    await send();
    expect(place.mock.calls[0]?.[0]).toMatchObject({ type: OrderType.Limit, limitPrice: 107.16 });
  });

  it('sends nothing while something is wrong, and says what', async () => {
    await open(forex);
    await type('ticket-qty', '1500');
    expect(field('ticket-error').textContent).toContain('A multiple of 1000.');
    expect(field<HTMLButtonElement>('ticket-submit').disabled).toBe(true);
    await send();
    expect(place).not.toHaveBeenCalled();
  });

  it('keeps what is typed when the broker refuses, with the reason beside it', async () => {
    const fields = [{ field: 'qty', message: 'needs more than is available' }];
    place.mockResolvedValue({ accepted: false, reason: 'refused', fields });
    await open(stock);
    await type('ticket-qty', '5000');
    await send();
    await vi.waitFor(() =>
      expect(field('ticket-error').textContent).toContain('needs more than is available'),
    );
    expect(field('ticket-qty').value).toBe('5000');
    expect(field('ticket-qty').getAttribute('aria-invalid')).toBe('true');
  });

  it('cannot be sent twice while the first is on its way', async () => {
    place.mockReturnValue(new Promise(() => undefined));
    await open(stock);
    await send();
    await send();
    expect(place).toHaveBeenCalledOnce();
    expect(field<HTMLButtonElement>('ticket-submit').disabled).toBe(true);
  });

  it('asks for one preview after typing has paused, and drops an answer that comes too late', async () => {
    await open(stock);
    await vi.advanceTimersByTimeAsync(300);
    previewOrder.mockClear();
    let answerFirst: (preview: unknown) => void = () => undefined;
    previewOrder.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
    await type('ticket-qty', '2');
    await type('ticket-qty', '20');
    await vi.advanceTimersByTimeAsync(300);
    expect(previewOrder).toHaveBeenCalledOnce();
    previewOrder.mockResolvedValueOnce({ sections: [], warnings: [], errors: [], estimatedValue: 3215.4 });
    await type('ticket-qty', '30');
    await vi.advanceTimersByTimeAsync(300);
    answerFirst({ sections: [], warnings: [], errors: [], estimatedValue: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(field('ticket-preview').textContent).toContain('3,215.40');
  });

  it('asks anew when prices have moved, once a second, and forgets a failure by that', async () => {
    previewOrder.mockRejectedValue(new Error('no answer'));
    await open(stock);
    await vi.advanceTimersByTimeAsync(300);
    expect(field('ticket-preview').textContent).toContain('no answer');
    await vi.advanceTimersByTimeAsync(1_000);
    previewOrder
      .mockClear()
      .mockResolvedValue({ sections: [], warnings: [], errors: [], estimatedValue: 1072 });
    for (const ask of [107.19, 107.2, 107.21]) {
      useMarket().applyQuotes([{ s: 'ok', n: 'ALFA', v: { bid: 107.16, ask } }]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(previewOrder).toHaveBeenCalledOnce();
    expect(field('ticket-preview').textContent).toContain('1,072');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(previewOrder).toHaveBeenCalledTimes(2);
  });

  it('offers nothing for what cannot be traded, but says why', async () => {
    await open(instrument({ trading: { tradable: false, reason: 'An index is calculated.' } }));
    expect(element.textContent).toContain('An index is calculated.');
    expect(element.querySelector('form')).toBeNull();
  });
});
