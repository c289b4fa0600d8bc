// The files of trader-client-<module>, from its OpenAPI document.
import openapiTS, { astToString } from 'openapi-typescript';
import { pascalCase, reachable, readable } from './generate-schemas.mjs';
import { shapesModule } from './generate-shapes.mjs';
import { formatted } from './generate-text.mjs';

/** Names of the schemas in answers to operations that went well. */
function answerSchemas(document) {
  const found = new Set();
  for (const operations of Object.values(document.paths)) {
    for (const { responses = {} } of Object.values(operations)) {
      for (const [status, answer] of Object.entries(responses)) {
        if (status.startsWith('2')) reachable(answer, document.components.schemas, found);
      }
    }
  }
  return found;
}

function indexModule(name, schemas) {
  const Name = pascalCase(name);
  for (const taken of [`${Name}Client`, `create${Name}Client`]) {
    if (schemas.includes(taken)) throw new Error(`no schema may be named "${taken}"`);
  }
  const aliases = schemas.map((schema) => `export type ${schema} = components['schemas']['${schema}'];\n`);
  return `import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { ${aliases.length > 0 ? 'components, ' : ''}paths } from './schema';

export type { operations, paths } from './schema';

/** Every operation of the module "${name}", by method and path. */
export type ${Name}Client = Client<paths>;

/** \`baseUrl\` is the module's own, for example "/api/v1/${name}". */
export function create${Name}Client(options: ClientOptions): ${Name}Client {
  return createClient<paths>(options);
}

${aliases.join('')}`;
}

/** Text by file name. */
export async function clientFiles(name, openapi) {
  const document = readable(openapi);
  const { schemas } = document.components;
  const types = await openapiTS(JSON.stringify(document), { defaultNonNullable: false, alphabetize: true });
  const header = `// Made from the OpenAPI file of the module "${name}" by "npm run generate"; never edited.\n\n`;
  return {
    'schema.ts': header + astToString(types),
    'index.ts': await formatted(header + indexModule(name, Object.keys(schemas))),
    'shapes.ts': await formatted(header + shapesModule(answerSchemas(document), schemas, './index')),
  };
}
