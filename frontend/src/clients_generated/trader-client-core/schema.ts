// Made from the OpenAPI file of the module "core" by "npm run generate"; never edited.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers, since when, and which version it is */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/modules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The enabled modules and where to find them */
        get: operations["list_modules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of the API, their life, and the modules that each has */
        get: operations["list_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One version of the API. It ends when the last module that has it does. */
        ApiVersion: {
            /**
             * Format: date
             * @example 2027-06-01
             */
            deprecated?: string;
            modules: components["schemas"]["VersionedModule"][];
            /**
             * Format: date
             * @example 2026-11-21
             */
            released: string;
            /** @example deprecated */
            status: components["schemas"]["VersionStatus"];
            /**
             * Format: date
             * @example 2027-12-01
             */
            sunset?: string;
            /** @example v1 */
            version: string;
        };
        /** @description One thing wrong with one field. */
        FieldProblem: {
            /** @example quantity-step */
            code?: string;
            /**
             * @description Path of the field on the wire.
             * @example qty
             */
            field: string;
            /** @example qty must be a multiple of 1 */
            message: string;
            /**
             * @description The offending value, as text if JSON cannot hold it.
             * @example 12.5
             */
            value?: unknown;
        };
        /** @description A module answers, and since when. */
        Health: {
            /** @example core */
            module: string;
            /** @constant */
            status: "ok";
            /**
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** @example 61250 */
            uptimeMs: number;
            /** @example 0.1.0 */
            version: string;
        };
        /** @description An enabled module and where to find it. */
        ModuleInfo: {
            /** @example /api/v1/broker/ws/asyncapi.json */
            asyncapiUrl?: string;
            /** @example Paper trading: orders, positions, executions and accounts. */
            description: string;
            /** @example /api/v1/broker/docs */
            docsUrl: string;
            /** @example broker */
            name: string;
            /** @example /api/v1/broker/openapi.json */
            openapiUrl: string;
            /** @example /api/v1/broker/ws/asyncapi */
            streamsDocsUrl?: string;
            /** @example /api/v1/broker */
            url: string;
            /** @example /api/v1/broker/ws */
            wsUrl?: string;
        };
        /** @description Every error answer (RFC 9457, `application/problem+json`). */
        Problem: {
            /**
             * @description Stable, kebab-case.
             * @example symbol-unknown
             */
            code: string;
            /**
             * @description One sentence for the user, naming the offending value.
             * @example The symbol NOPE is unknown.
             */
            detail: string;
            fields?: components["schemas"]["FieldProblem"][];
            /** @example f35d4c673a6d4817a097a50704e3fab1 */
            requestId: string;
            retryable: boolean;
            /** @example 404 */
            status: number;
            /** @example Symbol unknown */
            title: string;
            /**
             * @description A URI naming the kind of problem.
             * @example urn:trading-pro:symbol-unknown
             */
            type: string;
        };
        /** @description A module as one version of the API has it. */
        VersionedModule: {
            /**
             * Format: date
             * @example 2027-06-01
             */
            deprecated?: string;
            /** @example datafeed */
            name: string;
            /**
             * Format: date
             * @example 2026-11-21
             */
            released: string;
            /** @example deprecated */
            status: components["schemas"]["VersionStatus"];
            /**
             * Format: date
             * @example 2027-12-01
             */
            sunset?: string;
            /** @example /api/v1/datafeed */
            url: string;
        };
        /**
         * @description Where a version is in its life.
         * @enum {string}
         */
        VersionStatus: "alpha" | "beta" | "stable" | "deprecated" | "sunset";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "module": "core",
                     *       "status": "ok",
                     *       "time": 1380893400000,
                     *       "uptimeMs": 61250,
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_modules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "asyncapiUrl": "/api/v1/broker/ws/asyncapi.json",
                     *         "description": "Paper trading: orders, positions, executions and accounts.",
                     *         "docsUrl": "/api/v1/broker/docs",
                     *         "name": "broker",
                     *         "openapiUrl": "/api/v1/broker/openapi.json",
                     *         "streamsDocsUrl": "/api/v1/broker/ws/asyncapi",
                     *         "url": "/api/v1/broker",
                     *         "wsUrl": "/api/v1/broker/ws"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ModuleInfo"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_versions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "deprecated": "2027-06-01",
                     *         "modules": [
                     *           {
                     *             "deprecated": "2027-06-01",
                     *             "name": "datafeed",
                     *             "released": "2026-11-21",
                     *             "status": "deprecated",
                     *             "sunset": "2027-12-01",
                     *             "url": "/api/v1/datafeed"
                     *           }
                     *         ],
                     *         "released": "2026-11-21",
                     *         "status": "deprecated",
                     *         "sunset": "2027-12-01",
                     *         "version": "v1"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ApiVersion"][];
                };
            };
            /** @description Codes: `host-not-allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Codes: `internal-error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
