import prettier from 'eslint-config-prettier/flat';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Who may import whom. A layer names the folders that it must not reach; types of the wire stay in plugins/.
const wire = {
  group: ['**/clients_generated/**'],
  message: 'Wire types stay in plugins/; use trading/ types.',
};
const chart = { group: ['klinecharts'], message: 'The chart library stays behind ChartEngine.' };
const plugins = { group: ['**/plugins/*'], message: 'Use the gateways of trading/.' };
const above = {
  group: ['**/terminal/**', '**/stores/*', '**/views/*', '**/router/*', 'vue', 'pinia', 'vue-router'],
  message: 'Plugins and services know nothing of the screen.',
};
const services = { group: ['**/services/*'], message: 'This layer is below the services.' };
const business = {
  group: ['**/trading/*', '**/services/*', '**/stores/*', '**/terminal/**', '**/plugins/*'],
  message: 'ui/ knows no business words.',
};
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/**', 'src/clients_generated/**'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      ...restrict(wire, chart, plugins),
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  { files: ['src/plugins/**'], rules: restrict(chart, above, services) },
  { files: ['src/services/**'], rules: restrict(wire, chart, plugins, above) },
  { files: ['src/trading/**'], rules: restrict(wire, chart, plugins, above, services) },
  { files: ['src/ui/**'], rules: restrict(wire, chart, business) },
  { files: ['src/terminal/chart/kline*.ts'], rules: restrict(wire, plugins) },
  { files: ['src/terminal/session.ts'], rules: restrict(wire, chart) },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/**/*.test.ts', 'src/testing/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['@/testing/*', '**/testing/*'], message: 'What helps tests stays in tests.' }],
        },
      ],
    },
  },
  {
    files: ['src/**/*.test.ts'],
    rules: { 'max-lines': ['error', { max: 800 }], ...restrict(chart) },
  },
  {
    files: ['*.js', '*.ts', 'scripts/*.mjs'],
    languageOptions: { globals: { ...globals.node } },
  },
  prettier,
);
