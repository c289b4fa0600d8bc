/** The terminal as a trader uses it. */
import { expect, type Locator, type Page } from '@playwright/test';

/** What an order is made of; a limit order has a price. */
export interface Order {
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly limit?: number;
}

/** An answer of the API, for what the page cannot show exactly. */
export type Wire = Readonly<Record<string, unknown>>;

export class Terminal {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get(testId: string | RegExp): Locator {
    return this.page.getByTestId(testId);
  }

  /** The chart with its legend. */
  get chart(): Locator {
    return this.page.getByRole('region', { name: 'Chart' });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.isLive();
    await expect(this.get('chart').locator('canvas').first()).toBeVisible();
  }

  async isLive(): Promise<void> {
    await expect(this.get('connection-state')).toContainText(/live/i, { timeout: 45_000 });
  }

  async search(text: string, description: string | RegExp): Promise<void> {
    await this.get('symbol-search').click();
    await this.get('symbol-search').fill(text);
    await this.get('symbol-search-result').filter({ hasText: description }).first().click();
  }

  async place({ side, quantity, limit }: Order): Promise<void> {
    await this.get(`ticket-side-${side}`).click();
    await this.get(limit === undefined ? 'ticket-type-market' : 'ticket-type-limit').click();
    await this.get('ticket-qty').fill(String(quantity));
    if (limit !== undefined) await this.get('ticket-limit-price').fill(String(limit));
    await expect(this.get('ticket-preview')).toContainText(/\d/);
    await this.get('ticket-submit').click();
  }

  async tab(name: 'positions' | 'orders' | 'history' | 'executions' | 'account'): Promise<void> {
    await this.get(`tab-${name}`).click();
  }

  async api<Answer = Wire>(path: string): Promise<Answer> {
    const answer = await this.page.request.get(`/api/v1/${path}`);
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Answer;
  }

  async bid(symbol: string): Promise<number> {
    const [quote] = await this.api<{ v: { bid: number } }[]>(`datafeed/quotes?symbols=${symbol}`);
    if (quote === undefined) throw new Error(`no quote of ${symbol}`);
    return quote.v.bid;
  }
}
