/** The pages of the API's documents: readable without internet, and linked with each other. */
import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../support/test.ts';

const API = '/api/v1';
const STREAMING = {
  broker: ['orders', 'positions', 'executions', 'equity'],
  datafeed: ['bars', 'quotes', 'ticks'],
};
const OPERATIONS = { core: 'get_health', broker: 'place_order', datafeed: 'search' };

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string }>>;
}

/** The text where it can be seen: a menu that is folded away names every operation too. */
function shown(page: Page, text: string): Locator {
  return page.getByText(text, { exact: true }).filter({ visible: true }).first();
}

async function operationIds(page: Page, path: string): Promise<string[]> {
  const answer = await page.request.get(`${path}/openapi.json`);
  const { paths } = (await answer.json()) as OpenApi;
  return Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
}

test('the page of all operations shows every one of them', async ({ terminal, page }) => {
  await terminal.page.goto(`${API}/docs`);
  const ids = await operationIds(page, API);
  expect(ids.length).toBeGreaterThan(15);
  for (const id of ids) await expect(page.locator(`[id$="-${id}"]`)).toBeVisible();
});

for (const [module, operation] of Object.entries(OPERATIONS)) {
  test(`the page of ${module}'s operations shows what one takes and refuses`, async ({ terminal, page }) => {
    await terminal.page.goto(`${API}/${module}/docs`);
    const block = page.locator(`[id$="-${operation}"]`);
    await block.locator('.opblock-summary-control').click();
    await expect(block.getByText('internal-error').first()).toBeVisible();
    for (const id of await operationIds(page, `${API}/${module}`)) {
      await expect(page.locator(`[id$="-${id}"]`)).toBeVisible();
    }
  });
}

for (const [module, routes] of Object.entries(STREAMING)) {
  test(`the page of ${module}'s streams shows every route`, async ({ terminal, page }) => {
    await terminal.page.goto(`${API}/${module}/ws/asyncapi`);
    await expect(page.locator('#introduction').getByText(`Trading Pro ${module} streams`)).toBeVisible();
    for (const route of routes) {
      await expect(shown(page, `${route}.subscribe`)).toBeVisible();
      await expect(shown(page, `${route}.update`)).toBeVisible();
    }
  });
}

test('the page of all streams shows every route of every module', async ({ terminal, page }) => {
  await terminal.page.goto(`${API}/ws/asyncapi`);
  for (const [module, routes] of Object.entries(STREAMING)) {
    await expect(page.getByText(`${API}/${module}/ws`).first()).toBeVisible();
    for (const route of routes) {
      await expect(shown(page, `${route}.update`)).toBeVisible();
    }
  }
});

test('the status page leads to the operations, and from there to the streams and back', async ({
  terminal,
  page,
}) => {
  await terminal.page.goto('/status');
  await page.getByRole('link', { name: 'Operations of broker' }).click();
  await expect(page.locator('[id$="-place_order"]')).toBeVisible();
  const documents = page.getByRole('navigation', { name: 'Documents' });
  await documents.getByRole('link', { name: 'streams' }).first().click();
  await expect(page).toHaveURL(`${API}/ws/asyncapi`);
  await documents.getByRole('link', { name: 'operations' }).first().click();
  await expect(page).toHaveURL(`${API}/docs`);
  await page.goto('/status');
  await page.getByRole('link', { name: 'Streams of datafeed' }).click();
  await expect(shown(page, 'bars.update')).toBeVisible();
});
