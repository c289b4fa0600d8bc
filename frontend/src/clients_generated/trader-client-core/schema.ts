// Made from the OpenAPI file of the module "core" by "npm run generate"; never edited.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Health
         * @description Whether the server answers, since when, and which version it is.
         */
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
        /**
         * List Modules
         * @description The enabled modules and where to find them.
         */
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
        /**
         * List Versions
         * @description Versions of the API and their life.
         */
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
        /**
         * ApiVersion
         * @description One version of the HTTP API.
         */
        ApiVersion: {
            /**
             * Deprecated
             * Format: date
             */
            deprecated?: string;
            /**
             * Released
             * Format: date
             */
            released: string;
            status: components["schemas"]["VersionStatus"];
            /**
             * Sunset
             * Format: date
             */
            sunset?: string;
            /** Version */
            version: string;
        };
        /**
         * FieldProblem
         * @description One thing wrong with one field.
         */
        FieldProblem: {
            /**
             * Code
             * @example quantity-step
             */
            code?: string;
            /**
             * Field
             * @description Path of the field on the wire.
             * @example qty
             */
            field: string;
            /**
             * Message
             * @example qty must be a multiple of 1
             */
            message: string;
            /**
             * Value
             * @description The offending value, as text if JSON cannot hold it.
             */
            value?: unknown;
        };
        /**
         * Health
         * @description A module answers, and since when.
         */
        Health: {
            /** Module */
            module: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Time
             * @description Milliseconds since 1970-01-01 UTC.
             * @example 1380893400000
             */
            time: number;
            /** Uptimems */
            uptimeMs: number;
            /** Version */
            version: string;
        };
        /**
         * ModuleInfo
         * @description An enabled module and where to find it.
         */
        ModuleInfo: {
            /** Description */
            description: string;
            /** Docsurl */
            docsUrl: string;
            /** Name */
            name: string;
            /** Openapiurl */
            openapiUrl: string;
            /** Url */
            url: string;
            /** Wsurl */
            wsUrl?: string;
        };
        /**
         * Problem
         * @description Every error answer (RFC 9457, `application/problem+json`).
         */
        Problem: {
            /**
             * Code
             * @description Stable, kebab-case.
             * @example symbol-unknown
             */
            code: string;
            /**
             * Detail
             * @description One sentence for the user, naming the offending value.
             */
            detail: string;
            /** Fields */
            fields?: components["schemas"]["FieldProblem"][];
            /** Requestid */
            requestId: string;
            /** Retryable */
            retryable: boolean;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @description A URI naming the kind of problem.
             * @example urn:trading-pro:symbol-unknown
             */
            type: string;
        };
        /**
         * VersionStatus
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
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
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
                    "application/json": components["schemas"]["ModuleInfo"][];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
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
                    "application/json": components["schemas"]["ApiVersion"][];
                };
            };
            /** @description Codes: `validation-failed` */
            422: {
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
