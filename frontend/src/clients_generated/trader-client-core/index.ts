// Made from the OpenAPI file of the module "core" by "npm run generate"; never edited.

import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './schema';

export type { operations, paths } from './schema';

/** Every operation of the module "core", by method and path. */
export type CoreClient = Client<paths>;

/** `baseUrl` is the module's own, for example "/api/v1/core". */
export function createCoreClient(options: ClientOptions): CoreClient {
  return createClient<paths>(options);
}

export type ApiVersion = components['schemas']['ApiVersion'];
export type FieldProblem = components['schemas']['FieldProblem'];
export type Health = components['schemas']['Health'];
export type ModuleInfo = components['schemas']['ModuleInfo'];
export type Problem = components['schemas']['Problem'];
export type VersionStatus = components['schemas']['VersionStatus'];
export type VersionedModule = components['schemas']['VersionedModule'];
