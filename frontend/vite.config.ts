import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, URL } from 'node:url';
import vue from '@vitejs/plugin-vue';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { contractReload } from './scripts/contractReload.ts';

const api = process.env.TRADING_API_URL ?? 'http://127.0.0.1:8000';

/** The API's documentation pages take these from the terminal's folder, so that they work without internet. */
const API_DOCS_ASSETS = {
  'swagger-ui-bundle.js': 'swagger-ui-dist/swagger-ui-bundle.js',
  'swagger-ui.css': 'swagger-ui-dist/swagger-ui.css',
  'asyncapi.js': '@asyncapi/react-component/browser/standalone/index.js',
  'asyncapi.css': '@asyncapi/react-component/styles/default.min.css',
};

function apiDocsAssets(): Plugin {
  const require = createRequire(import.meta.url);
  return {
    name: 'api-docs-assets',
    apply: 'build',
    async generateBundle() {
      for (const [name, file] of Object.entries(API_DOCS_ASSETS)) {
        const source = await readFile(require.resolve(file));
        this.emitFile({ type: 'asset', fileName: `api-docs/${name}`, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [vue(), apiDocsAssets(), contractReload()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5173, proxy: { '/api': { target: api, ws: true } } },
  build: { outDir: 'dist', emptyOutDir: true },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts', 'scripts/*.test.mjs'], restoreMocks: true },
});
