/** `make dev-cycle`: a measurement, apart from the tests. */
import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig(tests, { testDir: 'measurements', timeout: 180_000, reporter: [['line']] });
