// Made from the OpenAPI file of the module "core" by "npm run generate"; never edited.

import type * as types from './index';

type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}

export const VersionedModule: Shape<types.VersionedModule> = {
  fields: {
    'deprecated?': 'string',
    name: 'string',
    released: 'string',
    status: 'string',
    'sunset?': 'string',
    url: 'string',
  },
};

export const ApiVersion: Shape<types.ApiVersion> = {
  fields: {
    'deprecated?': 'string',
    modules: { item: VersionedModule },
    released: 'string',
    status: 'string',
    'sunset?': 'string',
    version: 'string',
  },
};

export const Health: Shape<types.Health> = {
  fields: { module: 'string', status: 'string', time: 'number', uptimeMs: 'number', version: 'string' },
};

export const ModuleInfo: Shape<types.ModuleInfo> = {
  fields: {
    'asyncapiUrl?': 'string',
    description: 'string',
    docsUrl: 'string',
    name: 'string',
    openapiUrl: 'string',
    'streamsDocsUrl?': 'string',
    url: 'string',
    'wsUrl?': 'string',
  },
};
